"""Hints on a stored draft: for its author alone, dismissed for good, forgotten in the end."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from audit.models import Event
from privacy.erasure import BLANK, erase_candidate
from scorecards import drafts, services
from scorecards.draft_hints import dismiss_hint, draft_hints
from scorecards.models import DismissedHint, Scorecard


@pytest.fixture
def panelist(unscored_application):
    return unscored_application.interviews.first().panelists.get()


@pytest.fixture
def card(panelist):
    return drafts.open_scorecard(panelist)


@pytest.fixture
def write(panelist):
    """Save these fields; the card as it is stored then."""

    def save(**fields) -> Scorecard:
        card = Scorecard.objects.get(panelist=panelist)
        return drafts.save_draft(card, fields, edit=card.edit, by=panelist.user)

    return save


def words(card) -> list[tuple[int | None, str]]:
    """Where a hint on words leads, and the words."""
    return [(hint.dimension_id, hint.places[0].words) for hint in draft_hints(card) if hint.key]


def dismiss(card, at=0) -> None:
    hint = [hint for hint in draft_hints(card) if hint.key][at]
    dismiss_hint(card, hint.key, by=card.panelist.user)


def test_a_dismissed_hint_stays_away_while_the_text_goes_on(card, write):
    draft = write(summary="Spoke of her pregnancy")
    dismiss(draft)

    assert words(write(summary="Spoke of her pregnancy and of the index")) == []
    assert words(write(summary="Measured first. Spoke of her pregnancy")) == []


def test_the_same_words_elsewhere_are_told_again(card, write):
    dismiss(write(summary="Spoke of her pregnancy at length"))

    assert words(write(summary="Spoke of her pregnancy at length. The pregnancy worries me")) == [(None, "pregnancy")]


def test_it_is_dismissed_in_its_own_field_alone(card, write):
    dimension = card.panelist.interview.round.dimensions.first()
    draft = write(**{f"evidence_{dimension.pk}": "A burnout", "summary": "A burnout"})

    dismiss(draft)

    assert words(draft) == [(None, "burnout")]


def test_other_words_of_the_field_stay(card, write):
    draft = write(summary="A burnout and a divorce")

    dismiss(draft)

    assert words(draft) == [(None, "divorce")]


def test_an_unknown_key_dismisses_nothing(card, write):
    draft = write(summary="A burnout")

    dismiss_hint(draft, "", by=draft.panelist.user)
    dismiss_hint(draft, "0123456789abcdef", by=draft.panelist.user)

    assert words(draft) == [(None, "burnout")]


def test_nobody_else_dismisses_it(card, write, person):
    draft = write(summary="A burnout")

    with pytest.raises(PermissionDenied):
        dismiss_hint(draft, draft_hints(draft)[0].key, by=person("admin"))


def test_names_of_those_who_take_part_are_spared(card, write):
    candidate = card.panelist.interview.application.candidate
    candidate.name = "Jude Abbott"
    candidate.save()

    assert words(write(summary="Jude war gut vorbereitet")) == []
    assert words(write(summary="Judit ist Jüdin")) != []


def test_in_an_anonymous_opening_a_name_tells_nothing(card, write):
    application = card.panelist.interview.application
    application.candidate.name = "Jude Abbott"
    application.candidate.save()
    application.opening.anonymous = True
    application.opening.save()

    assert words(write(summary="Jude war gut vorbereitet")) == [(None, "Jude")]


def test_no_event_names_a_hint(card, write):
    draft = write(summary="A burnout")
    before = Event.objects.count()

    dismiss(draft)

    assert Event.objects.count() == before


def test_they_go_when_the_scorecard_is_submitted(card, write, complete_answers):
    draft = write(**complete_answers(card.panelist) | {"summary": "A burnout"})
    dismiss(draft)

    services.submit_scorecard(draft, by=card.panelist.user)

    assert not DismissedHint.objects.exists()
    with pytest.raises(drafts.Finished):
        dismiss_hint(draft, "x", by=card.panelist.user)


def test_they_go_when_it_is_declined(card, write):
    draft = write(summary="A burnout")
    dismiss(draft)

    services.decline_scorecard(draft, reason="Fell ill", by=card.panelist.user)

    assert not DismissedHint.objects.exists()


def test_an_erasure_blanks_them(card, write, person):
    dismiss(write(summary="Spoke of a burnout once"))

    erase_candidate(card.panelist.interview.application.candidate, by=person("admin"), reason="asked")

    [row] = DismissedHint.objects.all()
    assert (row.words, row.before, row.after) == (BLANK, BLANK, BLANK)


def test_the_page_dismisses_and_says_so(card, write, client_of):
    write(summary="A burnout and a divorce")
    url = reverse("scorecard_hints", args=[card.panelist_id])
    client = client_of("interviewer")
    shown = client.get(url).context["hints"]

    after = client.post(url, {"hint": shown[0][1].key})

    assert [hint.places[0].words for _, hint in after.context["hints"]] == ["divorce"]
    assert [hint.places[0].words for _, hint in client_of("interviewer").get(url).context["hints"]] == ["divorce"]
    last = client.post(url, {"hint": after.context["hints"][0][1].key})
    assert "There are no more hints." in last.content.decode()


def test_a_finished_scorecard_has_nothing_to_dismiss(card, client_of):
    services.decline_scorecard(card, reason="Fell ill", by=card.panelist.user)

    assert client_of("interviewer").post(reverse("scorecard_hints", args=[card.panelist_id])).status_code == 200
