"""Who recorded a decision, as the database's own history tells it."""

from debriefs import meetings
from debriefs.changes import decision_changes


def test_each_decision_of_the_application_is_told_newest_first(scored_application, unscored_application, person):
    manager = person("manager")
    meetings.record_decision(scored_application, by=manager, outcome="hold", rationale="Not yet.")
    meetings.reopen_debrief(scored_application, reason="Budget is there.", by=manager)
    meetings.record_decision(scored_application, by=manager, outcome="hire", rationale="Clear evidence.")

    told = [line for change in decision_changes(scored_application) for line in change.what]

    assert told == ["added decision: Hire", "added decision: Hold"]
    assert decision_changes(unscored_application) == []


def test_a_decision_tells_who_recorded_it(scored_application, two_panelists, hand_in, client_of):
    hand_in(two_panelists[1])
    client = client_of("manager")
    client.post(
        f"/applications/{scored_application.pk}/debrief/decision/",
        {"outcome": "hold", "rationale": "More evidence is needed"},
    )

    shown = client.get(f"/applications/{scored_application.pk}/debrief/changes/").content.decode()

    assert "added decision: Hold" in shown
    assert "More evidence" not in shown
