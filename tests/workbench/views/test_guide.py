"""The guide is open to everybody, and each page's foot leads to what its reader needs."""

import pytest
from django.urls import reverse

from tests.pages import html_of


def foot(answer) -> str:
    return html_of(answer).partition("<footer")[2]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("interviewer", "interviewers"),
        ("recruiter", "recruiters"),
        ("manager", "hiring-managers"),
        ("admin", "administrators"),
    ],
)
def test_the_foot_of_a_page_leads_to_the_guide_for_its_readers_role(client_of, name, page):
    answer = client_of(name).get(reverse("home"))

    assert f'href="{reverse("guide_page", args=[page])}"' in foot(answer)


def test_whoever_is_not_signed_in_is_led_to_the_beginning_and_may_read_it(sample, client):
    sign_in = client.get(reverse("account_login"))

    assert f'href="{reverse("guide")}"' in foot(sign_in)
    assert client.get(reverse("guide")).status_code == 200


def test_a_page_names_its_sections_and_the_other_pages(sample, client):
    html = html_of(client.get(reverse("guide_page", args=["recruiters"])))

    assert "<h1>Recruiters</h1>" in html
    assert '<a href="#every-day">Every day</a>' in html
    assert '<h2 id="every-day">Every day</h2>' in html
    assert f'href="{reverse("guide_page", args=["exporting"])}"' in html


def test_a_page_that_there_is_not_answers_404(sample, client):
    assert client.get("/guide/nowhere/").status_code == 404
