"""The import page: a preview that stores nothing, the document beside it, what is stored, and refusals in words."""

import hashlib
import json
import re
import time

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from audit.models import Event
from rubrics.export import rubric_json
from rubrics.forms import UPLOAD_LIMIT
from rubrics.models import Blueprint, RememberedReading, Rubric, RubricVersion
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
        (b"\xffwords", "the file is not UTF-8 text (byte 0): save it again in the encoding UTF-8"),
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

    assert "document" not in response.context
    assert 'id="document"' not in html_of(response)


# --- telling what the parts are ---


CARD = (
    "<h1>Interview scorecard: {}</h1><table><tr><th>Criterion</th><th>Meh</th><th>Wow</th></tr>"
    "<tr><td>Tact</td><td>Shouts</td><td>Listens</td></tr></table><h2>Mornings</h2><p>Plan one.</p>"
)
TOLD = {"told-1-1": "level-2", "told-1-2": "level-5", "told-2": "exercise"}


def previewed(client: Client, role: str = "Gardener") -> HttpResponse:
    return upload(client, CARD.format(role).encode(), f"{role}.html")


def tell(client: Client, preview: HttpResponse, fields: dict[str, str], *button: str, **headers: str) -> HttpResponse:
    """Send the preview back with these fields; its `again` button is pressed where no other is named."""
    pressed = dict.fromkeys(button, "1")
    sent = {"signed": preview.context["signed"], "language": "en"} | fields | pressed
    return client.post(reverse("blueprint_import"), sent, headers=headers)


def facts(response: HttpResponse) -> tuple[list[dict[int, str]], list[str]]:
    """The levels of each dimension, and the exercises."""
    found = response.context["plan"]
    return [row.anchors for row in found.dimensions], [row.title for row in found.exercises]


def test_what_is_told_is_read_at_once_and_stays_told(recruiter):
    preview = previewed(recruiter)

    again = tell(recruiter, preview, TOLD, "again")

    assert facts(preview) == ([{}], [])
    assert facts(again) == ([{2: "Shouts", 5: "Listens"}], ["Mornings"])
    page = LexborHTMLParser(html_of(again))
    chosen = [node.attributes["value"] for node in page.css(".eh-told option[selected]")]
    assert chosen == ["level-2", "level-5", "exercise"]
    assert not RubricVersion.objects.filter(rubric__title__contains="Gardener").exists()


def test_a_piece_of_the_page_is_read_again_and_says_so(recruiter):
    piece = tell(recruiter, previewed(recruiter), TOLD, HX_Request="true")

    text = html_of(piece)
    assert "<html" not in text
    assert "Read again: 1 dimension, 1 exercise, " in text


def test_what_was_told_is_stored_and_used_for_the_next_document_of_the_shape(recruiter, person):
    stored = tell(recruiter, previewed(recruiter), TOLD)
    version = RubricVersion.objects.latest("pk")

    assert stored["location"] == reverse("rubric_version", args=[version.pk])
    assert [anchor.level for anchor in version.dimensions.get().anchors.all()] == [2, 5]
    next_one = previewed(recruiter, "Shepherd")
    assert facts(next_one) == ([{2: "Shouts", 5: "Listens"}], ["Mornings"])
    words = " ".join(html_of(next_one).split())
    assert f"Read as {person('recruiter').display_name} told for “Interview scorecard: Gardener” on" in words
    assert facts(tell(recruiter, next_one, TOLD, "untold")) == ([{}], [])
    [event] = Event.objects.filter(kind="reading.remembered")
    assert (event.actor_id, event.detail) == (person("recruiter").pk, {"rubric": version.rubric_id})


def test_nothing_of_a_document_is_remembered_in_words(recruiter):
    tell(recruiter, previewed(recruiter), TOLD)

    reading = RememberedReading.objects.get()
    assert reading.directions == {"blocks": {"2": "exercise"}, "columns": {"1-1": "level-2", "1-2": "level-5"}}
    assert re.fullmatch("[0-9a-f]{64}", reading.fingerprint)


def test_another_shape_is_read_by_the_rules(recruiter):
    tell(recruiter, previewed(recruiter), TOLD)

    other = upload(recruiter, CARD.format("x").replace("Meh", "So so").encode())

    assert other.context["recalled"] is None
    assert facts(other) == ([{}], [])


def test_what_is_told_anew_takes_the_place_of_what_was_told(recruiter):
    tell(recruiter, previewed(recruiter), TOLD)
    tell(recruiter, previewed(recruiter, "Shepherd"), TOLD)
    tell(recruiter, previewed(recruiter, "Baker"), {"told-2": "nothing"})

    assert RememberedReading.objects.get().directions == {"blocks": {"2": "nothing"}, "columns": {}}
    assert Event.objects.filter(kind="reading.remembered").count() == 2


def test_what_was_told_can_be_forgotten_and_the_preview_stays_as_it_was(recruiter):
    tell(recruiter, previewed(recruiter), TOLD)
    preview = previewed(recruiter, "Shepherd")
    address = reverse("reading_forget", args=[preview.context["recalled"].pk])

    after = recruiter.post(address, {"signed": preview.context["signed"], **TOLD})

    assert facts(after) == ([{2: "Shouts", 5: "Listens"}], ["Mornings"])
    assert not RememberedReading.objects.exists()
    assert Event.objects.filter(kind="reading.forgotten").count() == 1
    assert facts(previewed(recruiter, "Baker")) == ([{}], [])
    assert recruiter.post(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "telling", "words"),
    [
        ("told-99", "exercise", "a heading or table that this document does not have"),
        ("told-1-9", "name", "a column that its table does not have"),
        ("told-2", "level-1", "“level-1” is nothing that this part of the document can be"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_else_is_lost(recruiter, name, telling, words):
    told = {name: telling} | TOLD if name not in TOLD else TOLD | {name: telling}

    for button in ((), ("again",)):
        response = tell(recruiter, previewed(recruiter), told, *button)

        assert response.status_code == 422
        assert words in html_of(response)
        assert facts(response)[0] == [{2: "Shouts", 5: "Listens"}]
    assert not RubricVersion.objects.filter(rubric__title__contains="Gardener").exists()


def test_what_has_no_control_on_the_page_is_told_again(recruiter):
    response = tell(recruiter, previewed(recruiter), TOLD | {"told-1": "nothing"}, "again")

    assert facts(response)[0] == []
    assert response.context["hidden"] == {"told-1-1": "level-2", "told-1-2": "level-5"}


def test_a_document_that_is_not_recognised_can_be_told(recruiter):
    markup = "<h2>Weeding</h2><p>Weed the bed.</p><h2>Pruning</h2><p>Prune it.</p>"
    preview = upload(recruiter, markup.encode())

    assert "Evenhand does not recognise a rubric here." in html_of(preview)
    refused = tell(recruiter, preview, {})
    assert (refused.status_code, refused.context["refusals"]) == (
        422,
        ("Nothing was read from this document yet, so there is nothing to save.",),
    )
    told = tell(recruiter, preview, {"told-0": "dimension"}, "again")
    assert [row.name for row in told.context["plan"].dimensions] == ["Weeding"]


def test_who_imported_the_file_before_learns_that_the_telling_was_not_used(recruiter):
    store(recruiter, previewed(recruiter).context["signed"])

    sent = {"signed": previewed(recruiter).context["signed"], "language": "en"} | TOLD
    response = recruiter.post(reverse("blueprint_import"), sent, follow=True)

    assert messages_of(response) == [
        "You have already imported this file. What you told this time was not used: discard the draft first, and import"
        " the file again."
    ]


@pytest.mark.parametrize("name", ["manager", "interviewer"])
def test_who_does_not_manage_rubrics_forgets_nothing(client_of, recruiter, name):
    tell(recruiter, previewed(recruiter), TOLD)
    address = reverse("reading_forget", args=[RememberedReading.objects.get().pk])

    assert client_of(name).post(address).status_code == 403
    assert RememberedReading.objects.exists()


def test_what_was_told_is_forgotten_without_a_preview_too(recruiter):
    tell(recruiter, previewed(recruiter), TOLD)

    response = recruiter.post(reverse("reading_forget", args=[RememberedReading.objects.get().pk]))

    assert (response.status_code, response["location"]) == (302, reverse("blueprint_import"))
    assert not RememberedReading.objects.exists()


def test_a_piece_of_a_preview_that_has_expired_leads_the_whole_page_to_the_import(recruiter):
    sent = {"signed": "x", "language": "en", **TOLD}

    answer = recruiter.post(reverse("blueprint_import"), sent, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("blueprint_import")
