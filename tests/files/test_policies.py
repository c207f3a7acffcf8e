"""Who is shown a candidate's files: the opening says, and an anonymous one hides them until submission."""

import pytest

from candidates.models import Opening, Panelist
from files.policies import may_add, shown_to_panelist, shown_to_panelists, with_files
from privacy.erasure import erase_candidate
from scorecards import drafts, services


@pytest.fixture
def shown(two_panelists):
    """How many files each of the two panelists is shown, alone and among others: the first has submitted, the second
    owes."""

    def count() -> list[int]:
        rows = with_files(Panelist.objects.select_related("user", "scorecard", "interview__application__opening"))
        found = [rows.get(pk=panelist.pk) for panelist in two_panelists]
        alone = [list(shown_to_panelist(panelist, panelist.user)) for panelist in found]
        among = [shown_to_panelists([panelist], panelist.user).get(panelist.pk, []) for panelist in found]
        assert alone == among
        return [len(materials) for materials in alone]

    return count


def test_the_opening_says_whether_interviewers_see_files(added, shown, scored_application):
    added()

    assert shown() == [1, 1]
    Opening.objects.filter(pk=scored_application.opening_id).update(files_for_panel=False)
    assert shown() == [0, 0]


def test_an_anonymous_opening_hides_files_until_submission(added, shown, scored_application, two_panelists, hand_in):
    added()
    Opening.objects.filter(pk=scored_application.opening_id).update(anonymous=True)

    assert shown() == [1, 0]
    hand_in(two_panelists[1])
    assert shown() == [1, 1]


def test_whoever_declined_is_shown_none(added, shown, two_panelists):
    added()
    second = two_panelists[1]
    services.decline_scorecard(drafts.open_scorecard(second), reason="Was ill", by=second.user)

    assert shown() == [1, 0]


def test_those_who_run_the_opening_add_until_the_candidate_is_erased(scored_application, person):
    recruiter = person("recruiter")

    assert may_add(recruiter, scored_application)
    assert not may_add(person("admin"), scored_application)
    erase_candidate(scored_application.candidate, by=person("admin"), reason="asked")
    scored_application.candidate.refresh_from_db()
    assert not may_add(recruiter, scored_application)
