"""Every form that can be refused says so at the top of its page, with links to where it is mended.

The forms are those of docs/permissions.md: each page that takes a POST with anything in it is sent nonsense.
"""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from accounts.models import User
from tests.architecture.permission_world import World
from tests.architecture.test_permissions import ROWS

# What a page sends besides what its user fills in.
KEPT = {"edit", "key"}
NONSENSE = "nonsense\x00"
FORMS = [row for row in ROWS if row.does.startswith("POST") and {"302"} & set(row.answers.values())]
SIGN_IN = ["account_login", "account_reset_password"]
OWN_ACCOUNT = ["account_change_password", "account_reauthenticate", "mfa_activate_totp"]


def told(response) -> LexborHTMLParser:
    """The page, which has one summary above its heading: each line in it, links leading somewhere."""
    html = response.content.decode()
    page = LexborHTMLParser(html)
    [summary] = page.css("main .eh-error-summary")
    lines = [" ".join(line.text().split()) for line in summary.css("li")]
    targets = [link.attributes["href"].removeprefix("#") for link in summary.css("a")]
    errors = [error for error in page.css(".invalid-feedback p, .eh-field-error") if error.parent.tag != "noscript"]
    beside = [" ".join(error.text().split()) for error in errors]
    assert html.index("eh-error-summary") < html.index("<h1")
    assert (summary.attributes["role"], summary.attributes["tabindex"]) == ("alert", "-1")
    assert lines
    assert targets
    assert [target for target in targets if page.css_first(f"[id='{target}']") is None] == []
    assert [text for text in beside if not any(text in line for line in lines)] == []
    assert len(page.css(".alert-danger")) == 1
    return page


def bodies(world: World, row, person: str, kind: str) -> list[dict[str, object]]:
    """The form's own fields left empty, and filled with nonsense."""
    valid = world.data(row.name, person, kind, does=row.does)
    kept = {name: value for name, value in valid.items() if name in KEPT}
    fields = [name for name in valid if name not in KEPT]
    return [kept | dict.fromkeys(fields, ""), kept | dict.fromkeys(fields, NONSENSE)]


def refusals(world: World, row, heading: str) -> int:
    """How many of the bodies are refused to this person, each told as it should be."""
    person, _, kind = heading.partition(", ")
    kind = kind or "open"
    found = 0
    with world.brought_about(row.on, kind):
        for body in bodies(world, row, person, kind):
            response = world.clients[person].post(world.address(row.name, person, row.on, kind), body)
            if response.status_code != 302:
                assert response.status_code == 422
                told(response)
                found += 1
    return found


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_a_refused_form_is_told_at_the_top_of_its_page(world: World, row):
    headings = [heading for heading, answer in row.answers.items() if answer == "302"]
    if not world.data(row.name, headings[0].partition(", ")[0], does=row.does):
        pytest.skip("a button without a form")

    assert any(refusals(world, row, heading) for heading in headings)


def test_an_upload_without_a_file_is_told_at_the_top(world: World):
    response = world.clients["recruiter"].post(reverse("blueprint_import"))

    assert response.status_code == 422
    told(response)


@pytest.mark.parametrize("name", SIGN_IN)
def test_a_refused_sign_in_page_is_told_at_the_top(client, db, name):
    told(client.post(reverse(name), {"login": "", "password": "", "email": ""}))


@pytest.mark.parametrize("name", OWN_ACCOUNT)
def test_a_refused_page_of_ones_account_is_told_at_the_top(world: World, name):
    user = User.objects.get(pk=world.users["stranger"].pk)
    user.set_password("a long pass phrase")
    user.save()
    client = world.clients["stranger"]
    client.force_login(user)
    if name == "mfa_activate_totp":
        client.post(reverse("account_reauthenticate"), {"password": "a long pass phrase"})
        client.get(reverse(name))

    told(client.post(reverse(name), {}))


def test_a_message_of_what_was_refused_takes_the_focus_too(world: World):
    manager = world.clients["hiring manager"]

    response = manager.post(reverse("rubric_publish", args=[world.published.pk]))

    assert response.status_code == 403
    response = world.clients["recruiter"].post(reverse("rubric_publish", args=[world.published.pk]), follow=True)
    [message] = LexborHTMLParser(response.content.decode()).css("main .alert-danger")
    assert (message.attributes["role"], message.attributes["tabindex"]) == ("alert", "-1")
