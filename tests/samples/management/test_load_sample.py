"""manage.py load_sample: five people, one opening and three candidates, each at another step; once and for all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.published import PASSWORD
from candidates.models import Application, Candidate, Opening, Panelist
from rubrics.models import RubricVersion
from scorecards.models import Rating, Scorecard, SignalMark

ROLES = ("is_administrator", "is_recruiter", "is_hiring_manager")


def states_of(name: str) -> list[str]:
    """How far the scorecards of this candidate are, by interview; empty where none was begun."""
    panelists = Panelist.objects.filter(interview__application__candidate__name=name).order_by("pk")
    return [state or "" for state in panelists.values_list("scorecard__state", flat=True)]


def test_each_person_of_the_contract_signs_in_with_the_published_password(sample):
    roles = {row["email"]: [role for role in ROLES if row[role]] for row in User.objects.values("email", *ROLES)}

    assert roles == {
        "interviewer@example.com": [],
        "interviewer2@example.com": [],
        "recruiter@example.com": ["is_recruiter"],
        "manager@example.com": ["is_hiring_manager"],
        "admin@example.com": ["is_administrator"],
    }
    user = User.objects.get(email="recruiter@example.com")
    assert user.check_password(PASSWORD)


def test_the_three_candidates_are_at_three_steps(sample):
    assert states_of("Noor Haddad") == ["", ""]
    assert states_of("Elias Okafor") == ["submitted", ""]
    assert states_of("Sunniva Berg") == ["submitted", "submitted"]


def test_the_ready_one_shows_both_opinions_and_a_red_flag(sample):
    cards = Scorecard.objects.filter(panelist__interview__application__candidate__name="Sunniva Berg")

    assert set(cards.values_list("recommendation", flat=True)) == {"yes", "no"}
    assert SignalMark.objects.filter(scorecard__in=cards, signal__kind="red_flag", seen=True).exists()


def test_rounds_share_a_dimension_and_cover_the_rubric(sample):
    opening = Opening.objects.get()
    first, second = (set(step.dimensions.all()) for step in opening.rounds.all())

    assert opening.rubric_version.state == RubricVersion.State.PUBLISHED
    assert first | second == set(opening.rubric_version.dimensions.all())
    assert first & second


def test_a_second_load_changes_nothing(sample):
    before = (User.objects.count(), Candidate.objects.count(), Application.objects.count(), Rating.objects.count())

    call_command("load_sample", stdout=StringIO())

    after = (User.objects.count(), Candidate.objects.count(), Application.objects.count(), Rating.objects.count())
    assert after == before


def test_in_production_it_is_refused_and_stores_nobody(db, settings):
    settings.TESTING = settings.DEBUG = settings.DEMO = False

    with pytest.raises(CommandError, match="EVENHAND_DEMO=1"):
        call_command("load_sample")

    assert not User.objects.exists()
