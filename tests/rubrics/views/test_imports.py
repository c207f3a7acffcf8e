"""The import page: a preview that stores nothing, the document beside it, what is stored, and refusals in words."""

import hashlib
import json
import time

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from rubrics.export import rubric_json
from rubrics.forms import UPLOAD_LIMIT
from rubrics.models import Blueprint, Rubric, RubricVersion
from tests.pages import html_of
from tests.rubrics.role_documents import SAMPLE

SUPPORT = SAMPLE.with_name("customer-support-lead.html")


def messages_of(response: HttpResponse) -> list[str]:
    """What the page that a form led to says at its top."""
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def recruiter(client_of) -> Client:
    return client_of("recruiter")


def upload(client: Client, data: bytes, name: str = "role.html") -> HttpResponse:
    return client.post(reverse("blueprint_import"), {"file": SimpleUploadedFile(name, data)})


def store(client: Client, signed: str) -> HttpResponse:
    return client.post(reverse("blueprint_import"), {"signed": signed}, follow=True)


@pytest.fixture
def signed_preview(recruiter) -> str:
    """What the preview of the support lead's document holds of it, to be sent back."""
    return upload(recruiter, SUPPORT.read_bytes(), SUPPORT.name).context["signed"]


def test_a_preview_shows_what_was_found_and_stores_nothing(recruiter):
    response = upload(recruiter, SUPPORT.read_bytes(), SUPPORT.name)

    text = html_of(response)
    assert response.status_code == 200
    assert "<h1>Customer Support Lead</h1>" in text
    assert f"This is what Evenhand found in {SUPPORT.name}. Nothing has been saved yet." in text
    assert "No soft skills were found." in text
    assert not Rubric.objects.filter(title="Customer Support Lead").exists()


def test_a_preview_of_a_newer_document_says_what_differs(recruiter, published_version):
    newer = SAMPLE.read_bytes().replace(b"Triage, communication, follow-up", b"Triage and communication")

    text = html_of(upload(recruiter, newer, SAMPLE.name))

    assert "What differs from version 1, published now" in text
    assert "</ins>" in text
    assert "Incident practice" in text


def test_a_preview_says_where_levels_are_our_reading(recruiter):
    card = "<table><tr><th>Dimension</th><th>{}</th></tr><tr><td>Care</td><td>x</td></tr></table>"
    document = "<h2>1) Role</h2><h2>2) Hiring</h2><h3>Scorecard</h3>" + card

    worded = html_of(upload(recruiter, document.format("Meets bar").encode()))
    numbered = html_of(upload(recruiter, document.format("3").encode()))

    assert "We read “meets the bar”" in worded
    assert "We read “meets the bar”" not in numbered


def test_what_was_previewed_is_stored_as_a_draft(recruiter, signed_preview, person):
    response = store(recruiter, signed_preview)

    version = RubricVersion.objects.get(rubric__title="Customer Support Lead")
    assert messages_of(response) == ["Draft saved. Review it, then publish it."]
    assert response.redirect_chain == [(reverse("rubric_version", args=[version.pk]), 302)]
    assert (version.state, version.created_by) == ("draft", person("recruiter"))
    assert version.blueprint is not None
    assert version.blueprint.filename == SUPPORT.name


GERMAN = """<title>Schäferin</title><h2>1) Role</h2><p>Hütet die Herde und kennt die Wege, auf denen sie zieht.</p>
<h2>2) Hiring</h2><h3>Scorecard</h3><table><tr><th>Dimension</th><th>3</th></tr>
<tr><td>Sorgfalt</td><td>Zählt die Tiere und merkt, wenn eines fehlt, bevor es dunkel wird.</td></tr></table>"""


def test_the_language_is_guessed_and_asked(recruiter):
    preview = upload(recruiter, GERMAN.encode())

    assert '<option value="de" selected>German</option>' in html_of(preview)
    sent = {"signed": preview.context["signed"]}
    recruiter.post(reverse("blueprint_import"), sent | {"language": "nl"})
    assert RubricVersion.objects.latest("pk").language == "nl"


def test_a_language_that_was_not_offered_is_refused_with_the_preview(recruiter, signed_preview):
    sent = {"signed": signed_preview, "language": "tlh"}

    response = recruiter.post(reverse("blueprint_import"), sent)

    assert response.status_code == 422
    assert "tlh is not one of the available choices" in html_of(response)
    assert not Rubric.objects.filter(title="Customer Support Lead").exists()
    assert store(recruiter, response.context["signed"]).status_code == 200


def test_the_same_preview_sent_twice_is_stored_once(recruiter, signed_preview):
    store(recruiter, signed_preview)

    response = store(recruiter, signed_preview)

    assert messages_of(response) == ["You have already imported this file."]
    assert RubricVersion.objects.filter(rubric__title="Customer Support Lead").count() == 1


def test_a_preview_that_was_changed_on_its_way_stores_nothing(recruiter, signed_preview):
    before = Blueprint.objects.count()

    response = store(recruiter, "x" + signed_preview)

    assert response.redirect_chain == [(reverse("blueprint_import"), 302)]
    assert "nothing was saved." in messages_of(response)[0]
    assert Blueprint.objects.count() == before


def test_a_preview_older_than_an_hour_stores_nothing(recruiter, signed_preview, monkeypatch):
    later = time.time() + 3601
    monkeypatch.setattr(signing.time, "time", lambda: later)

    response = store(recruiter, signed_preview)

    assert messages_of(response) == ["This preview has expired and nothing was saved. Upload the file again."]


def test_a_second_draft_of_a_rubric_is_refused_in_words(recruiter, signed_preview):
    store(recruiter, signed_preview)
    changed = upload(recruiter, SUPPORT.read_bytes() + b"\n").context["signed"]

    response = store(recruiter, changed)

    assert response.redirect_chain == [(reverse("rubric_list"), 302)]
    assert "already has an unpublished draft" in messages_of(response)[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<p>Dear diary</p>", "this is not a role blueprint: it has no section headings"),
        (b"{", "the file looks like JSON but cannot be parsed"),
        (b"\xffwords", "the file is not UTF-8 text (byte 0)"),
        (b"", "The submitted file is empty."),
        (b"x" * (UPLOAD_LIMIT + 1), "This file has 8,388,609 bytes; the limit is 8,388,608."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field(recruiter, data, words):
    response = upload(recruiter, data)

    assert response.status_code == 422
    assert response.context["form"].errors == {"file": [words]}


def test_an_upload_without_a_file_is_refused(recruiter):
    assert recruiter.post(reverse("blueprint_import"), {"file": ""}).status_code == 422


PASTED = "Skill\t1\t5\r\nCare\tasks nobody\tasks early\r\n"


def test_what_was_pasted_is_previewed_and_stored_as_a_file_would_be(recruiter):
    preview = recruiter.post(reverse("blueprint_import"), {"pasted": PASTED})
    store(recruiter, preview.context["signed"])

    assert "This is what Evenhand found in what you pasted." in " ".join(html_of(preview).split())
    blueprint = Blueprint.objects.latest("pk")
    assert blueprint.sha256 == hashlib.sha256(PASTED.replace("\r", "").encode()).hexdigest()
    assert [row.name for row in blueprint.versions.get().dimensions.all()] == ["Care"]


def test_what_was_pasted_and_cannot_be_used_is_refused_beside_its_field(recruiter):
    response = recruiter.post(reverse("blueprint_import"), {"pasted": "Dear diary", "pasted_html": ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {"pasted": ["this is not a role blueprint: it has no section headings"]}


@pytest.mark.parametrize("name", ["manager", "interviewer"])
def test_who_does_not_manage_rubrics_stores_nothing(client_of, signed_preview, name):
    response = client_of(name).post(reverse("blueprint_import"), {"signed": signed_preview})

    assert response.status_code == 403
    assert not Rubric.objects.filter(title="Customer Support Lead").exists()


def test_each_fact_leads_to_its_place_in_the_document(recruiter):
    page = LexborHTMLParser(html_of(upload(recruiter, SUPPORT.read_bytes(), SUPPORT.name)))

    targets = {link.attributes["href"] for link in page.css("a.eh-place, .eh-block-note a")}
    missing = [target for target in targets if target and page.css_first(f"[id='{target[1:]}']") is None]

    assert len(targets) > 20
    assert missing == []


def test_the_document_is_shown_as_text_of_ours(recruiter):
    markup = (
        "<h1>Interview scorecard</h1><table><tr><th>Criterion</th><th>3</th></tr>"
        "<tr><td>Tact</td><td><a href='https://elsewhere.example/'>Listens</a> &lt;b&gt;</td></tr></table>"
        "<p onclick='x()'>See <img src='https://elsewhere.example/p.png'> <i>this</i></p>"
    )

    shown = LexborHTMLParser(html_of(upload(recruiter, markup.encode()))).css_first("#document")

    assert shown.text().count("Listens <b>") == 1
    assert {node.tag for node in shown.css("img, i, b, [onclick]")} == set()
    assert [a.attributes["href"] for a in shown.css("a") if not (a.attributes["href"] or "").startswith("#")] == []


def test_a_rubric_s_own_json_has_no_document_beside_it(recruiter, sample):
    version = RubricVersion.objects.get()

    response = upload(recruiter, json.dumps(rubric_json(version)).encode(), "rubric.json")

    assert response.context["document"] is None
    assert 'id="document"' not in html_of(response)
