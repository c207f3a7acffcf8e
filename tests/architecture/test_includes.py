"""Every template that another includes or extends is there."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path("templates")
NAMED = re.compile(r'{%\s*(?:include|extends)\s+"([^"]+)"')


@pytest.mark.parametrize("page", sorted(TEMPLATES.rglob("*.html")), ids=str)
def test_templates_that_it_names_exist(page):
    for name in NAMED.findall(page.read_text()):
        get_template(name)
