"""The scoring page over HTTP: what it stores, what it refuses, and that nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from debriefs import meetings
from rubrics.models import Rubric
from scorecards import drafts, services
from scorecards.models import Scorecard
from tests.queries import queries_in, queries_of

HOSTILE = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"


@pytest.fixture
def panelist(unscored_application):
    return unscored_application.interviews.first().panelists.get()


@pytest.fixture
def client(client_of):
    return client_of("interviewer")


@pytest.fixture
def page(panelist):
    return reverse("scorecard", args=[panelist.pk])


@pytest.fixture
def autosave(panelist):
    return reverse("scorecard_draft", args=[panelist.pk])


def stored(panelist):
    return drafts.draft_values(Scorecard.objects.get(panelist=panelist))


def test_saving_stores_the_draft_and_comes_back_to_it(client, page, panelist, complete_answers):
    response = client.post(page, complete_answers(panelist) | {"edit": "0", "save": "1"}, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert "Draft saved." in response.content.decode()
    assert complete_answers(panelist).items() <= stored(panelist).items()


def test_incomplete_submission_names_the_fields_and_keeps_the_text(client, page, panelist):
    response = client.post(page, {"edit": "0", "submit": "1", "summary": "half a thought"})

    body = response.content.decode()
    assert response.status_code == 422
    assert "Choose a recommendation." in body
    assert "half a thought" in body
    assert stored(panelist)["summary"] == "half a thought"
    assert Scorecard.objects.get(panelist=panelist).is_writable


def words_of(response):
    """The page's text on single spaces."""
    return " ".join(response.content.decode().split())


def test_until_when_a_scorecard_can_be_amended_is_said_before_and_after_submitting(
    client, page, panelist, complete_answers
):
    before = words_of(client.get(page))

    after = words_of(client.post(page, complete_answers(panelist) | {"edit": "0", "submit": "1"}, follow=True))

    assert "Once submitted, you can amend the scorecard for as long as the debrief has not opened." in before
    assert "Scorecard submitted. Thank you. You can amend it until the debrief opens." in after
    assert "Amend scorecard" in after
    assert "no longer be" not in after


def test_a_scorecard_that_comes_after_the_debrief_opened_is_final_and_says_so_once_submitted(
    client_of, scored_application, two_panelists, person, complete_answers
):
    meetings.open_debrief(scored_application, by=person("manager"))
    late, url = client_of("interviewer2"), reverse("scorecard", args=[two_panelists[1].pk])

    before = words_of(late.get(url))
    after = words_of(late.post(url, complete_answers(two_panelists[1]) | {"edit": "0", "submit": "1"}, follow=True))

    assert "for as long as the debrief has not opened" in before
    assert "It can no longer be changed, because the debrief has opened." in after
    assert "Amend scorecard" not in after
    assert "until the debrief opens" not in before + after


def test_the_draft_is_called_saved_only_where_it_was(client, page, panelist):
    saved = words_of(client.post(page, {"edit": "0", "submit": "1", "summary": "half a thought"}))
    stale = words_of(client.post(page, {"edit": "0", "submit": "1", "summary": "another one"}))

    assert "<h2> Not submitted yet </h2> <p>Your draft is saved. Please check the following:</p>" in saved
    assert "<h2> Not submitted yet </h2>" in stale
    assert "Your draft is saved" not in stale


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_a_refused_note_for_the_next_interviewers_keeps_its_words(client, page, panelist, hand_in, state):
    if state == "submitted":
        hand_in(panelist)

    response = client.post(reverse("handoff", args=[panelist.pk]), {"kind": "covered", "text": "x" * 1001})

    assert response.status_code == 422
    assert "x" * 1001 in response.content.decode()
    assert 'href="#id_handoff_text"' in response.content.decode()


def test_what_is_missing_leads_to_its_control_and_so_does_a_hint(client, page, panelist):
    """A field of radio buttons has no control of its own name, only one for each choice."""
    first, second = panelist.interview.round.dimensions.all()[:2]
    sent = {f"score_{first.pk}": "4", f"evidence_{first.pk}": "", "recommendation": "no"}

    missing = client.post(page, {"edit": "0", "submit": "1"}).content.decode()
    client.post(page, sent | {"edit": "0", "save": "1"})
    hints = client.get(reverse("scorecard_hints", args=[panelist.pk])).content.decode()

    led = [*re.findall(r'href="#(id_[^"]+)"', missing), *re.findall(r'href="#(id_[^"]+)"', hints)]
    assert {f"id_score_{second.pk}_1", "id_recommendation_0"} <= set(led)
    assert f"id_evidence_{first.pk}" in led
    assert all(f'id="{control}"' in missing for control in led)


def test_double_click_on_submit_submits_once(client, page, panelist, complete_answers):
    sent = complete_answers(panelist) | {"edit": "0", "submit": "1"}

    answers = [client.post(page, sent, follow=True) for _ in range(2)]

    assert "Scorecard submitted. Thank you." in answers[0].content.decode()
    assert "already finished, so nothing was changed" in answers[1].content.decode()
    card = Scorecard.objects.get(panelist=panelist)
    assert card.state == "submitted"
    assert Event.objects.filter(kind="scorecard.submitted", subject_id=card.pk).count() == 1


@pytest.mark.parametrize("token", [None, "x" * 64])
def test_expired_form_is_told_and_leaves_the_draft(panelist, person, page, autosave, token):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("interviewer"))
    drafts.save_draft(drafts.open_scorecard(panelist), {"summary": "kept"}, edit=0, by=panelist.user)
    sent = {"edit": "1", "summary": "lost?"} | ({"csrfmiddlewaretoken": token} if token else {})

    answers = [strict.post(url, sent) for url in (page, autosave, reverse("scorecard_decline", args=[panelist.pk]))]

    assert {answer.status_code for answer in answers} == {403}
    assert all("This form has expired" in answer.content.decode() for answer in answers)
    assert stored(panelist)["summary"] == "kept"


def test_stale_form_shows_both_texts_and_stores_neither_silently(client, page, panelist):
    drafts.save_draft(drafts.open_scorecard(panelist), {"summary": "from the phone"}, edit=0, by=panelist.user)

    response = client.post(page, {"edit": "0", "save": "1", "summary": "from the laptop"})

    body = response.content.decode()
    assert response.status_code == 409
    assert "from the phone" in body
    assert "from the laptop" in body
    assert stored(panelist)["summary"] == "from the phone"


@pytest.mark.parametrize("edit", ["²", "-5", "", "9" * 30, "x"])
def test_an_edit_count_that_is_none_counts_as_stale(client, autosave, panelist, edit):
    drafts.save_draft(drafts.open_scorecard(panelist), {"summary": "kept"}, edit=0, by=panelist.user)

    response = client.post(autosave, {"edit": edit, "summary": "other"})

    assert response.status_code == 409
    assert stored(panelist)["summary"] == "kept"


def test_autosave_answers_the_new_count(client, autosave, panelist):
    response = client.post(autosave, {"edit": "0", "summary": "so far"})

    answer = response.json()
    assert response.status_code == 200
    assert (answer["ok"], answer["edit"]) == (True, 1)
    assert answer["saved_at"] == Scorecard.objects.get(panelist=panelist).saved_at.isoformat()


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
def test_autosave_of_what_cannot_be_stored_says_why(client, autosave, panelist, sent):
    client.post(autosave, {"edit": "0", "summary": "kept"})

    response = client.post(autosave, {"edit": "1", "recommendation": "yes"} | sent)

    assert response.status_code == 422
    assert response.json()["message"]
    assert stored(panelist) == {"recommendation": "", "summary": "kept"}


@pytest.fixture
def foreign(panelist):
    """Field names of another rubric's dimension and signal, and of a number that does not exist."""
    other = Rubric.objects.create(slug="other", title="Other").versions.create(number=1)
    dimension = other.dimensions.create(key="other", name="Other", order=1)
    signal = other.signals.create(kind="strong", text="Other", order=1)
    return [f"score_{dimension.pk}", f"evidence_{dimension.pk}", f"note_{signal.pk}", "score_99999999", "look_1_999"]


def test_forged_fields_store_nothing_and_say_what_to_do(client, autosave, panelist, foreign):
    drafts.open_scorecard(panelist)
    for field in foreign:
        response = client.post(autosave, {"edit": "0", field: "3", "summary": "beside it"})

        assert response.status_code == 422
        assert "Reload it; what you wrote is kept on this device." in response.json()["message"]
    assert stored(panelist) == {"recommendation": "", "summary": ""}


def test_words_for_a_field_that_is_gone_are_shown_and_the_rest_is_stored(
    client, page, panelist, complete_answers, foreign
):
    sent = complete_answers(panelist) | {foreign[1]: "words without a place", "edit": "0", "submit": "1"}

    response = client.post(page, sent)

    assert response.status_code == 422
    assert "“words without a place”" in response.content.decode()
    assert complete_answers(panelist).items() <= stored(panelist).items()
    assert Scorecard.objects.get(panelist=panelist).is_writable


def test_a_page_that_lacks_fields_clears_none_of_them(client, page, panelist, complete_answers):
    drafts.save_draft(drafts.open_scorecard(panelist), complete_answers(panelist), edit=0, by=panelist.user)

    client.post(page, {"edit": "1", "save": "1", "summary": "only this"})

    assert stored(panelist) == drafts_with(panelist, complete_answers(panelist) | {"summary": "only this"})


def drafts_with(panelist, values):
    """The values as the draft holds them, with the reasons that nobody gave."""
    reasons = {f"reason_{row.pk}": "" for row in panelist.interview.round.dimensions.all()}
    return reasons | values


def test_other_as_a_reason_asks_for_the_words(client, page, panelist, complete_answers):
    first = panelist.interview.round.dimensions.first().pk
    sent = complete_answers(panelist) | {f"score_{first}": "na", f"reason_{first}": "other", "edit": "0", "submit": "1"}

    refused = client.post(page, sent | {f"evidence_{first}": "  "})
    done = client.post(page, sent | {"edit": "1"}, follow=True)

    assert refused.status_code == 422
    assert "You chose “Other”. Say here why this was not assessed." in refused.content.decode()
    assert "Scorecard submitted. Thank you" in done.content.decode()


def test_autosave_after_submission_says_finished(client, autosave, panelist, hand_in):
    hand_in(panelist)

    response = client.post(autosave, {"edit": "1", "summary": "late"})

    assert response.status_code == 409
    assert response.json()["finished"] is True


def test_autosave_of_somebody_signed_out_goes_to_the_login_page(autosave, panelist):
    response = Client().post(autosave, {"edit": "0", "summary": "lost session"})

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert not Scorecard.objects.filter(panelist=panelist).exists()


def test_evidence_is_shown_as_text(client, page, panelist, hand_in):
    before = client.post(page, {"edit": "0", "save": "1", "summary": HOSTILE}, follow=True)
    Scorecard.objects.filter(panelist=panelist).delete()
    hand_in(panelist, words=HOSTILE)

    after = client.get(page)

    for response in (before, after):
        assert "<script>alert(1)" not in response.content.decode()
        assert "&lt;script&gt;alert(1)" in response.content.decode()


@pytest.mark.parametrize("ended", ["submitted", "declined"])
def test_a_finished_scorecard_cannot_be_declined_and_its_page_says_so(client, panelist, hand_in, ended):
    if ended == "submitted":
        hand_in(panelist)
    else:
        services.decline_scorecard(drafts.open_scorecard(panelist), reason="Was ill", by=panelist.user)

    body = client.get(reverse("scorecard_decline", args=[panelist.pk])).content.decode()

    assert f"This scorecard is already {ended}" in body
    assert "<textarea" not in body


def test_somebody_who_declined_is_told_why_there_is_no_debrief(client, panelist):
    debrief = reverse("debrief", args=[panelist.interview.application_id])
    before = client.get(debrief)
    services.decline_scorecard(drafts.open_scorecard(panelist), reason="Was ill", by=panelist.user)

    after = client.get(debrief)

    assert (before.status_code, after.status_code) == (403, 403)
    assert "Submit your own scorecard first" in before.content.decode()
    assert "You declined yours" in after.content.decode()
    assert "Submit your own scorecard first" not in after.content.decode()


def test_what_declining_leads_to_is_said_before(client, panelist):
    body = words_of(client.get(reverse("scorecard_decline", args=[panelist.pk])))

    assert "You can take it back until the debrief opens." in body
    assert 'aria-describedby="decline-follows"' in body


def test_declining_asks_for_a_reason_and_keeps_what_was_typed(client, panelist):
    url = reverse("scorecard_decline", args=[panelist.pk])

    empty = client.post(url, {"decline_reason": "\x00"})
    done = client.post(url, {"decline_reason": "They did not come."}, follow=True)

    assert (empty.status_code, done.status_code) == (422, 200)
    assert "They did not come." in done.content.decode()
    assert Scorecard.objects.get(panelist=panelist).state == "declined"


@pytest.mark.parametrize("name", ["scorecard", "scorecard_draft", "scorecard_decline", "kit_blueprint"])
def test_unknown_and_foreign_panelists_are_not_found(client_of, panelist, name):
    post = name == "scorecard_draft"
    urls = [reverse(name, args=[pk]) for pk in (panelist.pk, 10**15)]

    for role in ("interviewer2", "recruiter", "manager", "admin"):
        client = client_of(role)
        assert {(client.post if post else client.get)(url).status_code for url in urls} == {404}


def test_scoring_page_takes_few_queries_whatever_is_written(client, page, panelist, complete_answers):
    empty = queries_of(client, page)
    drafts.save_draft(Scorecard.objects.get(panelist=panelist), complete_answers(panelist), edit=0, by=panelist.user)

    assert queries_of(client, page) == empty
    assert empty <= 14


def test_autosave_of_any_field_takes_at_most_six_queries(client, autosave, panelist):
    """Session, person, the locked scorecard, what is stored of the row, the row, the scorecard."""
    round_ = panelist.interview.round
    dimension, signal = round_.dimensions.first(), round_.opening.rubric_version.signals.first()
    drafts.open_scorecard(panelist)
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
    client.get(reverse("home"))  # a process asks once whether anybody is there

    taken = [
        queries_in(lambda sent={name: value, "edit": "99"}: client.post(autosave, sent))
        for name, value in [*fields.items(), *again.items()]
    ]

    assert max(taken) <= 6
    assert again.items() <= stored(panelist).items()


def test_evidence_sent_twice_is_one_edit(client, autosave, panelist):
    field = f"evidence_{panelist.interview.round.dimensions.first().pk}"

    edits = [
        client.post(autosave, {field: text, "edit": str(edit)}).json()["edit"]
        for edit, text in enumerate(["first words", "other words", "other words"])
    ]

    assert edits == [1, 2, 2]
