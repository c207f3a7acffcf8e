"""The scoring page over HTTP: what it stores, what it refuses, and that nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from rubrics.models import Rubric
from scorecards import drafts, services
from scorecards.models import Scorecard
from tests.queries import queries_in, queries_of

HOSTILE = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"


@pytest.fixture
def seat(fresh):
    return fresh.interviews.first().panelists.get()


@pytest.fixture
def client(as_):
    return as_("interviewer")


@pytest.fixture
def page(seat):
    return reverse("scorecard", args=[seat.pk])


@pytest.fixture
def autosave(seat):
    return reverse("scorecard_draft", args=[seat.pk])


def stored(seat):
    return drafts.draft_values(Scorecard.objects.get(panelist=seat))


def test_saving_stores_the_draft_and_comes_back_to_it(client, page, seat, complete_draft):
    response = client.post(page, complete_draft(seat) | {"edit": "0", "save": "1"}, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert "Draft saved." in response.content.decode()
    assert complete_draft(seat).items() <= stored(seat).items()


def test_incomplete_submission_names_the_fields_and_keeps_the_text(client, page, seat):
    response = client.post(page, {"edit": "0", "submit": "1", "summary": "half a thought"})

    body = response.content.decode()
    assert response.status_code == 422
    assert "Choose a recommendation." in body
    assert "half a thought" in body
    assert stored(seat)["summary"] == "half a thought"
    assert Scorecard.objects.get(panelist=seat).is_draft


def test_double_click_on_submit_submits_once(client, page, seat, complete_draft):
    sent = complete_draft(seat) | {"edit": "0", "submit": "1"}

    answers = [client.post(page, sent, follow=True) for _ in range(2)]

    assert "Submitted. Thank you." in answers[0].content.decode()
    assert "finished already; nothing was changed" in answers[1].content.decode()
    card = Scorecard.objects.get(panelist=seat)
    assert card.state == "submitted"
    assert Event.objects.filter(kind="scorecard.submitted", subject_id=card.pk).count() == 1


@pytest.mark.parametrize("token", [None, "x" * 64])
def test_expired_form_is_told_and_leaves_the_draft(seat, person, page, autosave, token):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("interviewer"))
    drafts.save_draft(drafts.open_scorecard(seat), {"summary": "kept"}, edit=0, by=seat.user)
    sent = {"edit": "1", "summary": "lost?"} | ({"csrfmiddlewaretoken": token} if token else {})

    answers = [strict.post(url, sent) for url in (page, autosave, reverse("scorecard_decline", args=[seat.pk]))]

    assert {answer.status_code for answer in answers} == {403}
    assert all("This form has expired" in answer.content.decode() for answer in answers)
    assert stored(seat)["summary"] == "kept"


def test_stale_form_shows_both_texts_and_stores_neither_silently(client, page, seat):
    drafts.save_draft(drafts.open_scorecard(seat), {"summary": "from the phone"}, edit=0, by=seat.user)

    response = client.post(page, {"edit": "0", "save": "1", "summary": "from the laptop"})

    body = response.content.decode()
    assert response.status_code == 409
    assert "from the phone" in body
    assert "from the laptop" in body
    assert stored(seat)["summary"] == "from the phone"


@pytest.mark.parametrize("edit", ["²", "-5", "", "9" * 30, "x"])
def test_an_edit_count_that_is_none_counts_as_stale(client, autosave, seat, edit):
    drafts.save_draft(drafts.open_scorecard(seat), {"summary": "kept"}, edit=0, by=seat.user)

    response = client.post(autosave, {"edit": edit, "summary": "other"})

    assert response.status_code == 409
    assert stored(seat)["summary"] == "kept"


def test_autosave_answers_the_new_count(client, autosave, seat):
    response = client.post(autosave, {"edit": "0", "summary": "so far"})

    answer = response.json()
    assert response.status_code == 200
    assert (answer["ok"], answer["edit"]) == (True, 1)
    assert answer["saved_at"] == Scorecard.objects.get(panelist=seat).saved_at.isoformat()


def test_autosave_conflict_carries_both_texts(client, autosave):
    client.post(autosave, {"edit": "0", "summary": "theirs"})

    response = client.post(autosave, {"edit": "0", "summary": "mine"})

    assert response.status_code == 409
    assert response.json() == {
        "ok": False,
        "edit": 1,
        "conflicts": {"summary": {"mine": "mine", "theirs": "theirs"}},
        "others": {},
    }


@pytest.mark.parametrize("sent", [{"score_²": "3"}, {"colour": "red"}, {"summary": "x" * 20_001}])
def test_autosave_of_what_cannot_be_stored_says_why(client, autosave, seat, sent):
    client.post(autosave, {"edit": "0", "summary": "kept"})

    response = client.post(autosave, {"edit": "1", "recommendation": "yes"} | sent)

    assert response.status_code == 422
    assert response.json()["message"]
    assert stored(seat) == {"recommendation": "", "summary": "kept"}


@pytest.fixture
def foreign(seat):
    """Field names of another rubric's dimension and signal, and of a number that does not exist."""
    other = Rubric.objects.create(slug="other", title="Other").versions.create(number=1)
    dimension = other.dimensions.create(key="other", name="Other", order=1)
    signal = other.signals.create(kind="strong", text="Other", order=1)
    return [f"score_{dimension.pk}", f"evidence_{dimension.pk}", f"note_{signal.pk}", "score_99999999", "look_1_999"]


def test_forged_fields_store_nothing_and_say_what_to_do(client, autosave, seat, foreign):
    drafts.open_scorecard(seat)
    for field in foreign:
        response = client.post(autosave, {"edit": "0", field: "3", "summary": "beside it"})

        assert response.status_code == 422
        assert "reload it. What you wrote is kept on this device." in response.json()["message"]
    assert stored(seat) == {"recommendation": "", "summary": ""}


def test_words_for_a_field_that_is_gone_are_shown_and_the_rest_is_stored(client, page, seat, complete_draft, foreign):
    sent = complete_draft(seat) | {foreign[1]: "words without a place", "edit": "0", "submit": "1"}

    response = client.post(page, sent)

    assert response.status_code == 422
    assert "“words without a place”" in response.content.decode()
    assert complete_draft(seat).items() <= stored(seat).items()
    assert Scorecard.objects.get(panelist=seat).is_draft


def test_a_page_that_lacks_fields_clears_none_of_them(client, page, seat, complete_draft):
    drafts.save_draft(drafts.open_scorecard(seat), complete_draft(seat), edit=0, by=seat.user)

    client.post(page, {"edit": "1", "save": "1", "summary": "only this"})

    assert stored(seat) == drafts_with(seat, complete_draft(seat) | {"summary": "only this"})


def drafts_with(seat, values):
    """The values as the draft holds them, with the reasons that nobody gave."""
    reasons = {f"reason_{row.pk}": "" for row in seat.interview.round.dimensions.all()}
    return reasons | values


def test_other_as_a_reason_asks_for_the_words(client, page, seat, complete_draft):
    first = seat.interview.round.dimensions.first().pk
    sent = complete_draft(seat) | {f"score_{first}": "na", f"reason_{first}": "other", "edit": "0", "submit": "1"}

    refused = client.post(page, sent | {f"evidence_{first}": "  "})
    done = client.post(page, sent | {"edit": "1"}, follow=True)

    assert refused.status_code == 422
    assert "You chose “Other”: say here why this was not assessed." in refused.content.decode()
    assert "Submitted. Thank you" in done.content.decode()


def test_autosave_after_submission_says_finished(client, autosave, seat, submitted):
    submitted(seat)

    response = client.post(autosave, {"edit": "1", "summary": "late"})

    assert response.status_code == 409
    assert response.json()["finished"] is True


def test_autosave_of_somebody_signed_out_goes_to_the_login_page(autosave, seat):
    response = Client().post(autosave, {"edit": "0", "summary": "lost session"})

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert not Scorecard.objects.filter(panelist=seat).exists()


def test_evidence_is_shown_as_text(client, page, seat, submitted):
    before = client.post(page, {"edit": "0", "save": "1", "summary": HOSTILE}, follow=True)
    Scorecard.objects.filter(panelist=seat).delete()
    submitted(seat, words=HOSTILE)

    after = client.get(page)

    for response in (before, after):
        assert "<script>alert(1)" not in response.content.decode()
        assert "&lt;script&gt;alert(1)" in response.content.decode()


@pytest.mark.parametrize("ended", ["submitted", "declined"])
def test_a_finished_scorecard_cannot_be_declined_and_its_page_says_so(client, seat, submitted, ended):
    if ended == "submitted":
        submitted(seat)
    else:
        services.decline_scorecard(drafts.open_scorecard(seat), reason="Was ill", by=seat.user)

    body = client.get(reverse("scorecard_decline", args=[seat.pk])).content.decode()

    assert f"This scorecard is {ended} already" in body
    assert "<textarea" not in body


def test_somebody_who_declined_is_told_why_there_is_no_debrief(client, seat):
    debrief = reverse("debrief", args=[seat.interview.application_id])
    before = client.get(debrief)
    services.decline_scorecard(drafts.open_scorecard(seat), reason="Was ill", by=seat.user)

    after = client.get(debrief)

    assert (before.status_code, after.status_code) == (403, 403)
    assert "Submit your own scorecard first" in before.content.decode()
    assert "You declined yours" in after.content.decode()
    assert "Submit your own scorecard first" not in after.content.decode()


def test_declining_asks_for_a_reason_and_keeps_what_was_typed(client, seat):
    url = reverse("scorecard_decline", args=[seat.pk])

    empty = client.post(url, {"decline_reason": "\x00"})
    done = client.post(url, {"decline_reason": "They did not come."}, follow=True)

    assert (empty.status_code, done.status_code) == (422, 200)
    assert "They did not come." in done.content.decode()
    assert Scorecard.objects.get(panelist=seat).state == "declined"


@pytest.mark.parametrize("name", ["scorecard", "scorecard_draft", "scorecard_decline", "kit_blueprint"])
def test_unknown_and_foreign_seats_are_not_found(as_, seat, name):
    post = name == "scorecard_draft"
    urls = [reverse(name, args=[pk]) for pk in (seat.pk, 10**15)]

    for role in ("interviewer2", "recruiter", "manager", "admin"):
        client = as_(role)
        assert {(client.post if post else client.get)(url).status_code for url in urls} == {404}


def test_scoring_page_takes_few_queries_whatever_is_written(client, page, seat, complete_draft):
    empty = queries_of(client, page)
    drafts.save_draft(Scorecard.objects.get(panelist=seat), complete_draft(seat), edit=0, by=seat.user)

    assert queries_of(client, page) == empty
    assert empty <= 12


def test_autosave_of_any_field_takes_at_most_six_queries(client, autosave, seat):
    """Session, person, the locked scorecard, what is stored of the row, the row, the scorecard."""
    round_ = seat.interview.round
    dimension, signal = round_.dimensions.first(), round_.opening.rubric_version.signals.first()
    drafts.open_scorecard(seat)
    fields = {
        f"evidence_{dimension.pk}": "first words",
        f"score_{dimension.pk}": "4",
        f"reason_{dimension.pk}": "other",
        f"signal_{signal.pk}": "on",
        f"note_{signal.pk}": "heard twice",
        f"look_{round_.exercise_id}_0": "seen",
        "recommendation": "yes",
        "summary": "a first thought",
    }
    again = fields | {f"evidence_{dimension.pk}": "other words", f"look_{round_.exercise_id}_0": "missed"}

    taken = [
        queries_in(lambda sent={name: value, "edit": "99"}: client.post(autosave, sent))
        for name, value in [*fields.items(), *again.items()]
    ]

    assert max(taken) <= 6
    assert again.items() <= stored(seat).items()


def test_evidence_sent_twice_is_one_edit(client, autosave, seat):
    field = f"evidence_{seat.interview.round.dimensions.first().pk}"

    edits = [
        client.post(autosave, {field: text, "edit": str(edit)}).json()["edit"]
        for edit, text in enumerate(["first words", "other words", "other words"])
    ]

    assert edits == [1, 2, 2]
