"""The links at the top lead where this reader may go, whether by company-wide role or by one on an opening."""

import pytest
from django.urls import reverse

from accounts.models import User
from candidates.models import OpeningMember


def links(client) -> set[str]:
    return {item.url for item in client.get("/").context["nav_items"]}


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("interviewer", {"home", "rubric_list"}),
        ("recruiter", {"home", "rubric_list", "opening_list", "candidate_list", "retention_list"}),
        ("manager", {"home", "rubric_list", "opening_list", "candidate_list"}),
        (
            "admin",
            {
                "home",
                "rubric_list",
                "opening_list",
                "candidate_list",
                "retention_list",
                "people",
                "mail_list",
                "audit_trail",
                "word_lists",
                "status",
            },
        ),
    ],
)
def test_every_link_leads_to_a_page_for_its_reader(client_of, sample, name, pages):
    client = client_of(name)

    found = links(client)

    assert found == {reverse(page) for page in pages}
    assert {client.get(url).status_code for url in found} == {200}


def test_role_on_one_opening_is_enough(client_of, unscored_application, person):
    OpeningMember.objects.create(
        opening=unscored_application.opening, user=person("interviewer2"), role="hiring_manager"
    )
    client = client_of("interviewer2")

    home = client.get("/").content.decode()

    assert reverse("opening_list") in links(client)
    assert "Late scorecards" in home
    assert unscored_application.opening.title in client.get(reverse("opening_list")).content.decode()


def test_hiring_manager_without_an_opening_finds_an_empty_list(client_of, unscored_application, person):
    User.objects.filter(email="interviewer@example.com").update(is_hiring_manager=True)

    response = client_of("interviewer").get(reverse("opening_list"))

    assert response.status_code == 200
    assert unscored_application.opening.title not in response.content.decode()
