"""Every template that another includes or extends is there."""

import re
from pathlib import Path

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

TEMPLATES = Path("templates")
NAMED = re.compile(r'{%\s*(?:include|extends)\s+"([^"]+)"')


def is_missing(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return True
    return False


def test_templates_that_others_name_exist():
    pages = sorted(TEMPLATES.rglob("*.html"))
    named = {(str(page), name) for page in pages for name in NAMED.findall(page.read_text())}

    assert len(pages) > 300
    assert [(page, name) for page, name in sorted(named) if is_missing(name)] == []
