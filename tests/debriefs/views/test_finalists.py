"""Finalists over HTTP: who is shown, what is kept of the look, and nothing of whom the reader is blind to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from candidates.models import Application, Opening, Panelist, Round
from candidates.services import add_candidate, plan_interview, save_round
from debriefs.meetings import open_debrief, re_rate, record_decision, reopen_debrief
from rubrics.rows import remove_row
from rubrics.services import fork_version, publish_version
from scorecards.models import Sighting
from scorecards.services import grant_override
from tests.pages import html_of
from tests.queries import queries_of
from tests.rubrics.drafting import reword


@pytest.fixture
def opening(sample):
    return Opening.objects.get()


@pytest.fixture
def finalist(opening, person, hand_in):
    """A further application with one submitted scorecard on the opening's first round."""

    def made(name, *, score="4", words="seen", round_=None, leads=None):
        email = f"{name.lower().replace(' ', '.')}@example.org"
        application = add_candidate(opening, name=name, email=email, by=person("recruiter"))
        now = timezone.now()
        people = leads or [User.objects.create_user(f"of.{email}", name=f"Interviewer of {name}")]
        interview = plan_interview(
            application,
            round=round_ or opening.rounds.first(),
            starts_at=now - timedelta(hours=3),
            due_at=now,
            leads=people,
            shadows=[],
            by=person("recruiter"),
        )
        hand_in(Panelist.objects.filter(interview=interview).first(), score=score, words=words)
        return application

    return made


@pytest.fixture
def pair(finalist):
    return [finalist("Bea Two", score="2", words="by the second"), finalist("Abe One", words="by the first")]


def address(opening, *applications, order=""):
    chosen = "&".join(f"application={getattr(row, 'pk', row)}" for row in applications)
    return f"{reverse('finalists', args=[opening.pk])}?{chosen}&order={order}"


def shown(client, opening, *applications, order=""):
    response = client.get(address(opening, *applications, order=order))
    assert response.status_code == 200
    return html_of(response)


def test_opening_page_offers_to_tick_finalists(client_of, opening, pair):
    body = html_of(client_of("manager").get(reverse("opening", args=[opening.pk])))

    assert f'action="{reverse("finalists", args=[opening.pk])}"' in body
    assert f'type="checkbox" name="application" value="{pair[0].pk}" aria-label="Choose Bea Two"' in body


def test_finalists_stand_side_by_side_by_name_with_their_evidence(client_of, opening, pair, person):
    record_decision(pair[1], by=person("manager"), outcome="hold", rationale="One more talk.")

    body = shown(client_of("manager"), opening, *pair)

    assert body.index("Abe One") < body.index("Bea Two")
    assert "By name. No ranking." in body
    assert "evidence by the first" in body
    assert "evidence by the second" in body
    assert "n&nbsp;=&nbsp;1, one rating only" in body
    assert "Strong no 0 · No 0 · Yes 1 · Strong yes 0" in body
    assert "Hold" in body
    assert "All were judged by Platform Reliability Engineer, version 1." in body
    assert f'href="{reverse("debrief", args=[pair[0].pk])}"' in body


def test_re_ratings_stand_beside_the_first_figures(client_of, opening, pair, person):
    open_debrief(pair[1], by=person("manager"))
    card = pair[1].interviews.get().panelists.get().scorecard
    dimension = card.ratings.first().dimension
    re_rate(card, dimension, answer="2", kind="reread", reason="I reread my notes", by=card.panelist.user)

    body = shown(client_of("manager"), opening, *pair)

    assert "after re-ratings mean 2.0, range 2" in body
    assert "Re-rated 2" in body
    assert "I reread my notes" in body
    assert body.count("after re-ratings 3") == 1


def test_a_decision_that_was_reopened_stands_no_longer(client_of, opening, pair, person):
    record_decision(pair[1], by=person("manager"), outcome="hold", rationale="One more talk.")
    reopen_debrief(pair[1], reason="The talk was held", by=person("manager"))

    assert "Hold" not in shown(client_of("manager"), opening, *pair)


def test_an_order_is_shown_only_where_it_was_asked_for(client_of, opening, pair):
    body = shown(client_of("manager"), opening, *pair, order="composite")

    assert "By composite, highest first: " in body
    assert '<option value="composite" selected>Composite</option>' in body


@pytest.mark.parametrize("numbers", [[], ["0"], ["x"], ["²"], ["9" * 30], ["-1"]])
def test_less_than_two_leads_to_the_list_to_choose_from(client_of, opening, pair, numbers):
    body = shown(client_of("manager"), opening, *numbers)

    assert "Choose two to four candidates." in body
    assert "evidence by" not in body
    assert f'value="{pair[0].pk}" id=' in body
    assert not Event.objects.filter(kind="debrief.viewed").exists()


def test_more_than_four_are_refused_with_the_choice_kept(client_of, opening, pair, finalist):
    five = [*pair, *(finalist(f"More {n}") for n in range(3))]

    body = shown(client_of("manager"), opening, *five)

    assert f'<a href="#application_{pair[1].pk}">You chose 5. Choose at most four.</a>' in body
    assert body.index("eh-error-summary") < body.index("<h1")
    assert body.count(" checked>") == 5


def test_the_look_is_recorded_and_seen_as_on_each_debrief(client_of, opening, pair, person):
    shown(client_of("manager"), opening, *pair)
    shown(client_of("manager"), opening, *pair)

    seen = Sighting.objects.filter(user=person("manager"))
    events = Event.objects.filter(kind="debrief.viewed", actor_id=person("manager").pk)
    assert {row.scorecard.panelist.interview.application for row in seen} == set(pair)
    assert list(seen.values_list("way", flat=True)) == ["finalists", "finalists"]
    assert sorted(events.values_list("subject_type", "subject_id")) == sorted(
        [("application", row.pk) for row in pair] * 2
    )


@pytest.fixture
def owing(pair, person, opening):
    """The manager owes a scorecard for the first of the pair."""
    now = timezone.now()
    interview = plan_interview(
        pair[0],
        round=opening.rounds.last(),
        starts_at=now,
        due_at=now + timedelta(days=1),
        leads=[person("manager")],
        shadows=[],
        by=person("recruiter"),
    )
    return Panelist.objects.get(interview=interview)


def test_whom_the_reader_owes_a_scorecard_is_left_out_and_nothing_of_them_is_told(
    client_of, opening, pair, owing, finalist
):
    third = finalist("Cem Three", words="by the third")

    body = shown(client_of("manager"), opening, *pair, third)

    assert "You still need to submit a scorecard for Bea Two" in body
    assert "by the second" not in body
    assert "Interviewer of Bea Two" not in body
    assert "by the first" in body
    assert "by the third" in body
    assert not Sighting.objects.filter(scorecard__panelist__interview__application=pair[0]).exists()
    assert not Event.objects.filter(kind="debrief.viewed", subject_id=pair[0].pk).exists()


def test_one_that_is_left_over_is_not_shown_alone(client_of, opening, pair, owing):
    body = shown(client_of("manager"), opening, *pair)

    assert "Choose at least two." in body
    assert "You still need to submit a scorecard for Bea Two" in body
    assert "evidence by" not in body
    assert f'id="application_{pair[0].pk}"' not in body
    assert not Sighting.objects.exists()


def test_an_override_shows_them_and_keeps_that_it_did(client_of, opening, pair, owing, person, hand_in):
    grant_override(pair[0], person("manager"), reason="Builds on the first round", by=person("recruiter"))

    body = shown(client_of("manager"), opening, *pair)
    card = hand_in(owing)

    assert "by the second" in body
    assert card.saw_others_first


def test_numbers_of_other_openings_and_of_nobody_read_alike(client_of, opening, pair, person):
    elsewhere = Opening.objects.create(
        slug="elsewhere", title="Elsewhere", rubric_version=opening.rubric_version, confidential=True
    )
    hidden = add_candidate(elsewhere, name="Hidden Person", email="hidden@example.org", by=None)

    there = shown(client_of("recruiter"), opening, *pair, hidden)
    nowhere = shown(client_of("recruiter"), opening, *pair, 2_000_000_000)

    for body in (there, nowhere):
        assert "You chose a candidate you cannot see on this opening." in body
        assert "Hidden Person" not in body
    assert client_of("recruiter").get(address(elsewhere, *pair)).status_code == 404


def test_nobody_meets_themselves_among_the_finalists(client_of, opening, pair, person):
    Application.objects.get(pk=pair[0].pk).candidate.__class__.objects.filter(pk=pair[0].candidate_id).update(
        email="RECRUITER@example.com"
    )

    body = shown(client_of("recruiter"), opening, *pair)

    assert "Bea Two" not in body
    assert "You chose a candidate you cannot see" in body


def test_text_is_shown_as_text_never_as_html(client_of, opening, finalist):
    hostile = "<script>alert(1)</script>"
    pair = [finalist("Ann One", words=hostile), finalist("Ben Two", words=hostile)]
    pair[0].candidate.__class__.objects.filter(pk=pair[0].candidate_id).update(name=hostile)

    body = shown(client_of("manager"), opening, *pair)

    assert hostile not in body
    assert body.count("&lt;script&gt;alert(1)") > 5


@pytest.fixture
def other_version(opening, pair, person, finalist):
    """One more finalist, judged after the opening was pinned to a new version: a dimension fewer, one reworded."""
    by = person("recruiter")
    draft = fork_version(opening.rubric_version, by=by)
    first, second = draft.dimensions.all()[:2]
    remove_row(draft, "dimension", first.pk, by=by)
    reword(second, by=by, level_3="Worded anew in version two")
    version = publish_version(draft, by=by)
    Opening.objects.filter(pk=opening.pk).update(rubric_version=version)
    opening.refresh_from_db()
    unsaved = Round(opening=opening, order=9, name="Under the new version")
    round_ = save_round(unsaved, dimensions=list(version.dimensions.all()[:2]), by=by)
    return finalist("Cem Three", round_=round_, words="by the third")


def test_versions_that_differ_are_shown_as_such(client_of, opening, pair, other_version):
    gone, reworded = pair[0].interviews.get().round.dimensions.all()[:2]

    body = shown(client_of("manager"), opening, pair[0], other_version, order="composite")

    assert "They were judged by different versions of the rubric." in body
    assert "<bdi>Bea Two</bdi>: Platform Reliability Engineer, version 1" in body
    assert "<bdi>Cem Three</bdi>: Platform Reliability Engineer, version 2" in body
    assert "Not judged: Platform Reliability Engineer, version 2 does not have this dimension." in body
    assert "Worded anew in version two" in body
    assert reworded.anchors.get(level=3).text in body
    assert gone.name in body
    assert "By name. No ranking." in body
    assert '<option value="composite"' not in body
    assert "evidence by the second" in body


def test_old_scorecards_keep_their_version_when_the_opening_gets_another(client_of, opening, pair, other_version):
    body = shown(client_of("manager"), opening, *pair)

    assert "All were judged by Platform Reliability Engineer, version 1." in body


def test_page_takes_the_same_queries_for_two_and_for_four(client_of, opening, pair, finalist):
    four = [*pair, finalist("Cem Three"), finalist("Dee Four")]
    client = client_of("manager")

    few = queries_of(client, address(opening, *pair))

    assert queries_of(client, address(opening, *four)) == few
    assert few <= 15
