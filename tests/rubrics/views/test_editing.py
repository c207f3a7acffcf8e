"""The editor's pages: starting, copying, saving by hand and at each pause, and what its buttons do."""

import html
import json

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rubrics.models import RubricVersion
from rubrics.rows import add_row
from rubrics.services import publish_version
from tests.pages import html_of
from tests.rubrics.drafting import reword, write


@pytest.fixture
def recruiter(client_of) -> Client:
    return client_of("recruiter")


def post(client: Client, version: RubricVersion, **sent: str) -> HttpResponse:
    return client.post(reverse("rubric_edit", args=[version.pk]), {"edit": "0", **sent}, follow=True)


def messages_of(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def autosave(client: Client, version: RubricVersion, **sent: str) -> tuple[int, dict]:
    response = client.post(reverse("rubric_draft", args=[version.pk]), {"edit": "0", **sent})
    return response.status_code, json.loads(response.content)


# --- starting ---


def test_an_empty_rubric_leads_to_its_editor(recruiter, db):
    response = recruiter.post(reverse("rubric_new"), {"title": "Beekeeper", "language": "cs"}, follow=True)

    version = RubricVersion.objects.get(rubric__title="Beekeeper")
    assert response.redirect_chain == [(reverse("rubric_edit", args=[version.pk]), 302)]
    assert version.language == "cs"


def test_a_title_that_is_taken_is_refused_beside_its_field(recruiter, published_version):
    sent = {"title": published_version.rubric.title.upper(), "language": "en"}

    for address in (reverse("rubric_new"), reverse("rubric_copy", args=[published_version.pk])):
        response = recruiter.post(address, sent)

        assert response.status_code == 422
        assert "already a rubric with this title" in response.context["form"].errors["title"][0]


def test_a_copy_leads_to_its_editor(recruiter, published_version):
    response = recruiter.post(reverse("rubric_copy", args=[published_version.pk]), {"title": "Beekeeper"}, follow=True)

    copy = RubricVersion.objects.get(rubric__title="Beekeeper")
    assert response.redirect_chain == [(reverse("rubric_edit", args=[copy.pk]), 302)]
    assert copy.dimensions.count() == published_version.dimensions.count()


# --- the page ---


def test_the_editor_has_a_control_for_every_field(recruiter, draft_version, person):
    add_row(draft_version, "question", among=str(draft_version.dimensions.first().pk), by=person("recruiter"))
    response = recruiter.get(reverse("rubric_edit", args=[draft_version.pk]))

    text = html_of(response)
    names = set(response.context["editor"].contents.texts()) - {"title"}
    assert [name for name in names if f'name="{name}"' not in text] == []
    assert 'name="title"' not in text


def test_a_level_without_wording_shows_the_plain_meaning(recruiter, draft_version):
    text = html.unescape(html_of(recruiter.get(reverse("rubric_edit", args=[draft_version.pk]))))

    assert 'placeholder="Clearly lacks what the role needs here"' in text


def test_what_was_published_leads_to_its_page(recruiter, published_version):
    response = recruiter.get(reverse("rubric_edit", args=[published_version.pk]), follow=True)

    assert response.redirect_chain == [(reverse("rubric_version", args=[published_version.pk]), 302)]
    assert "Start a new draft from it" in messages_of(response)[0]


def test_words_for_what_was_published_meanwhile_are_told(recruiter, draft_version, person):
    publish_version(draft_version, by=person("admin"))

    response = post(recruiter, draft_version, summary="My words", language="en")

    assert response.status_code == 409
    assert messages_of(response)[0].endswith("Not saved: “My words”")


# --- saving by hand ---


def test_fields_are_saved_without_a_button(recruiter, draft_version):
    response = post(recruiter, draft_version, summary="Keeps bees.")

    draft_version.refresh_from_db()
    assert draft_version.summary == "Keeps bees."
    assert messages_of(response) == ["Draft saved."]


def test_what_is_refused_stands_beside_its_field_with_what_was_typed(recruiter, draft_version):
    name = f"dimension_{draft_version.dimensions.first().pk}_weight"

    response = post(recruiter, draft_version, **{name: "much", "summary": "Keeps bees."})

    text = html_of(response)
    assert response.status_code == 422
    assert f'id="id_{name}_error"' in text
    assert 'value="much"' in text
    assert "Keeps bees." in text
    draft_version.refresh_from_db()
    assert draft_version.summary != "Keeps bees."


def test_what_another_tab_saved_is_shown_and_not_overwritten(recruiter, draft_version, person):
    write(draft_version, {"summary": "Theirs"}, by=person("admin"))

    response = post(recruiter, draft_version, summary="Mine")

    text = html_of(response)
    assert response.status_code == 409
    assert "Saved elsewhere: Theirs" in text
    assert "Mine</textarea>" in text
    assert post(recruiter, draft_version, summary="Mine", edit="1").status_code == 200


def test_words_whose_part_was_removed_are_told(recruiter, draft_version, person):
    pk = draft_version.dimensions.first().pk
    post(recruiter, draft_version, do=f"remove dimension {pk}")

    response = post(recruiter, draft_version, **{f"dimension_{pk}_name": "My words", "summary": "Kept", "edit": "1"})

    assert "“My words”" in messages_of(response)[0]
    draft_version.refresh_from_db()
    assert draft_version.summary == "Kept"


# --- buttons ---


def test_buttons_add_move_remove_and_put_back(recruiter, draft_version):
    first, second = draft_version.dimensions.all()[:2]
    order = lambda: [row.pk for row in draft_version.dimensions.all()]  # noqa: E731 - asked after each button
    before = order()

    added = post(recruiter, draft_version, do="add dimension")
    moved = post(recruiter, draft_version, do=f"down dimension {first.pk}")
    after_move = order()
    post(recruiter, draft_version, do=f"up dimension {first.pk}")
    removed = post(recruiter, draft_version, do=f"remove dimension {second.pk}")
    undone = post(recruiter, draft_version, do="undo")

    new = draft_version.dimensions.last()
    assert added.redirect_chain[0][0].endswith(f"#id_dimension_{new.pk}_name")
    assert moved.redirect_chain[0][0].endswith(f"#down_dimension_{first.pk}")
    assert after_move[:2] == [second.pk, first.pk]
    assert messages_of(removed)[0].startswith(f"Removed: the dimension “{second.name}”.")
    assert messages_of(undone) == [f"Put back: the dimension “{second.name}”."]
    assert order() == [*before, new.pk]


def test_a_dragged_row_is_put_at_its_place(recruiter, draft_version):
    last = draft_version.exercises.last()

    response = post(recruiter, draft_version, do=f"place exercise {last.pk} 0")

    assert draft_version.exercises.first() == last
    assert response.redirect_chain[0][0].endswith(f"#exercise_{last.pk}")


def test_a_button_saves_what_was_typed_first(recruiter, draft_version):
    post(recruiter, draft_version, summary="Keeps bees.", do="add area")

    draft_version.refresh_from_db()
    assert draft_version.summary == "Keeps bees."
    assert draft_version.edit == 2


@pytest.mark.parametrize(
    "do",
    [
        *["fly", "add", "add nothing", "remove dimension", "remove dimension 0", "up dimension x", "place exercise 1"],
        *["settle", "settle 99", "undo", "<b>", "remove  dimension 1"],
    ],
)
def test_a_button_that_cannot_act_says_so(recruiter, draft_version, do):
    response = post(recruiter, draft_version, do=do)

    assert response.status_code == 200
    assert len(messages_of(response)) == 1
    assert RubricVersion.objects.get(pk=draft_version.pk).edit == 0


def test_a_warning_is_settled(recruiter, draft_version):
    RubricVersion.objects.filter(pk=draft_version.pk).update(warnings=[{"code": "a", "message": "Not read"}])

    text = html_of(post(recruiter, draft_version, do="settle 0"))

    assert "Not read" not in text
    assert RubricVersion.objects.get(pk=draft_version.pk).warnings == []


def test_the_last_button_leads_to_the_checklist(recruiter, draft_version):
    response = post(recruiter, draft_version, do="publish")

    assert response.redirect_chain == [(reverse("rubric_publish", args=[draft_version.pk]), 302)]


# --- at each pause ---


def test_a_pause_is_answered_with_shares_and_outline(recruiter, draft_version):
    first = draft_version.dimensions.first()

    status, answer = autosave(recruiter, draft_version, **{f"dimension_{first.pk}_weight": "30"})

    assert (status, answer["ok"], answer["edit"]) == (200, True, 1)
    assert answer["shares"][str(first.pk)] == "30 %"
    assert "share the remaining 70 % equally" in answer["weighing"]
    page = recruiter.get(reverse("rubric_edit", args=[draft_version.pk]))
    assert answer["outline"] == page.context["editor"].outline


def test_a_pause_that_cannot_be_stored_stores_nothing(recruiter, draft_version):
    first = draft_version.dimensions.first()

    status, answer = autosave(recruiter, draft_version, summary="x", **{f"dimension_{first.pk}_weight": "much"})

    assert (status, answer["ok"]) == (422, False)
    assert "number of percent" in answer["message"]
    assert RubricVersion.objects.get(pk=draft_version.pk).edit == 0


def test_a_pause_tells_what_another_tab_stored(recruiter, draft_version, person):
    reword(draft_version.dimensions.first(), name="Theirs", by=person("admin"))
    name = f"dimension_{draft_version.dimensions.first().pk}_name"

    merged = autosave(recruiter, draft_version, summary="Mine")
    collided = autosave(recruiter, draft_version, **{name: "Mine"})

    assert (merged[0], merged[1]["others"]) == (200, {name: "Theirs"})
    assert collided[0] == 409
    assert collided[1]["conflicts"] == {name: {"mine": "Mine", "theirs": "Theirs"}}


def test_a_draft_that_was_published_takes_no_pause(recruiter, draft_version, person):
    publish_version(draft_version, by=person("admin"))

    assert autosave(recruiter, draft_version, summary="x")[1]["finished"] is True


def test_a_pause_says_nothing_of_rows_that_its_writer_knows(recruiter, draft_version, person):
    alone = autosave(recruiter, draft_version, summary="one")
    add_row(draft_version, "dimension", by=person("admin"))

    beside = autosave(recruiter, draft_version, summary="two", edit="1")

    page = recruiter.get(reverse("rubric_edit", args=[draft_version.pk]))
    assert alone[1].keys().isdisjoint({"shares", "weighing", "outline"})
    assert beside[1]["outline"] == page.context["editor"].outline
    assert len(beside[1]["shares"]) == draft_version.dimensions.count()


def test_a_pause_of_a_draft_that_is_gone_is_not_found(recruiter, draft_version):
    pk = draft_version.pk
    draft_version.delete()

    response = recruiter.post(reverse("rubric_draft", args=[pk]), {"edit": "0", "summary": "x"})

    assert response.status_code == 404


def test_a_pause_that_is_refused_takes_back_what_it_had_stored(client_of, draft_version):
    first = draft_version.dimensions.first()
    sent = {f"dimension_{first.pk}_name": "Care", "title": " "}

    status, _ = autosave(client_of("recruiter"), draft_version, **sent)

    stored = RubricVersion.objects.get(pk=draft_version.pk)
    assert status == 422
    assert stored.edit == 0
    assert stored.dimensions.first().name == first.name


def test_a_button_on_a_draft_that_was_published_meanwhile_tells_the_words(recruiter, draft_version, person):
    publish_version(draft_version, by=person("admin"))

    response = post(recruiter, draft_version, summary="My words", do="add area")

    assert response.status_code == 409
    assert "My words" in messages_of(response)[0]
    assert draft_version.focus_areas.count() == RubricVersion.objects.get(pk=draft_version.pk).focus_areas.count()


# --- a page that was signed out meanwhile ---


def test_whoever_is_back_gets_a_token_and_the_count_of_saves(recruiter, draft_version):
    autosave(recruiter, draft_version, summary="x")

    answer = recruiter.get(reverse("rubric_draft", args=[draft_version.pk])).json()

    assert (answer["edit"], answer["finished"]) == (1, False)
    assert answer["csrf"]


def test_whoever_is_back_learns_that_it_was_published(recruiter, draft_version, person):
    publish_version(draft_version, by=person("admin"))

    assert recruiter.get(reverse("rubric_draft", args=[draft_version.pk])).json()["finished"] is True


@pytest.mark.parametrize(("name", "status"), [("manager", 404), ("interviewer", 404)])
def test_who_manages_no_rubrics_learns_of_no_draft(client_of, draft_version, name, status):
    address = reverse("rubric_draft", args=[draft_version.pk])

    assert client_of(name).get(address).status_code == status
    assert client_of(name).post(address, {"edit": "0", "summary": "x"}).status_code == status
