"""Two weeks of a busy opening with the clock moved: every mail in order, as its receivers read it.

The weeks lie ahead of today, so that moments which the database's defaults keep are past.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from candidates import services
from candidates.models import Interview, Panelist, ReminderRule
from debriefs import meetings
from notices import outbox
from notices.models import Mail
from scorecards import chasing, panels, telling
from scorecards import services as cards

EXPECTED = """
 1 Mon 09:00 interviewer2: Interview: Design and collaboration with Mira Field
 1 Mon 09:00 interviewer: Interview: Systems deep dive with Mira Field
 2 Tue 11:00 interviewer2: Changed interview: Design and collaboration with Mira Field
 3 Wed 12:00 interviewer2: Hand-off note for your interview: Design and collaboration with Mira Field
 5 Fri 17:00 interviewer2: Your recommendation is due: Design and collaboration with Mira Field
 8 Mon 08:00 interviewer2: Your scorecard is late: Design and collaboration with Mira Field
 8 Mon 08:00 recruiter: Late scorecard: Tomas Brandt, Design and collaboration
 8 Mon 13:00 interviewer2: Your scorecard is late: Design and collaboration with Mira Field
 8 Mon 15:00 manager: Late scorecard: Tomas Brandt, Design and collaboration
 9 Tue 08:00 interviewer2: Your scorecard is late: Design and collaboration with Mira Field
 9 Tue 10:00 manager: All scorecards are in: Mira Field, Platform Reliability Engineer
 9 Tue 10:00 recruiter: All scorecards are in: Mira Field, Platform Reliability Engineer
10 Wed 09:00 interviewer2: Decision recorded: Mira Field, Platform Reliability Engineer
10 Wed 09:00 interviewer: Decision recorded: Mira Field, Platform Reliability Engineer
10 Wed 09:00 recruiter: Decision recorded: Mira Field, Platform Reliability Engineer
11 Thu 09:00 admin: Interview: Systems deep dive with Mira Field
12 Fri 09:00 admin: Cancelled interview: Systems deep dive with Mira Field
"""


# What the product asks the database for the time with; found before PostgreSQL's own.
CLOCK = """
CREATE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
AS $$ SELECT current_setting('play.now')::timestamptz $$;
SET LOCAL search_path = public, pg_catalog
"""


class Play:
    """A clock, the database's too, that runs through two weeks by the hour, and what happens at some of its hours."""

    def __init__(self, monkeypatch) -> None:
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        self.start = today + timedelta(days=14 - today.weekday())  # a Monday
        self.now = self.start
        self.acts: dict[datetime, Callable[[], object]] = {}
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        with connection.cursor() as cursor:
            cursor.execute(CLOCK)

    def at(self, day: int, hour: int) -> datetime:
        """Day 1 is the first Monday."""
        return self.start + timedelta(days=day - 1, hours=hour)

    def run(self) -> None:
        while self.now < self.at(15, 0):
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('play.now', %s, true)", [self.now.isoformat()])
            act = self.acts.get(self.now)
            if act is not None:
                act()
            telling.remind(self.now)
            outbox.send_due()
            self.now += timedelta(hours=1)

    def transcript(self) -> str:
        """Each mail: when it was sent, to whom, its subject; of one hour by receiver."""
        lines = []
        for mail in Mail.objects.filter(state="sent").order_by("sent_at", "receiver__email").select_related("receiver"):
            day = (mail.sent_at - self.start).days + 1
            name = mail.receiver.email.partition("@")[0]
            lines.append(f"{day:2} {mail.sent_at:%a %H:%M} {name}: {mail.subject}")
        return "\n".join(lines)


@pytest.fixture
def play(monkeypatch, sample) -> Play:
    Interview.objects.update(
        starts_at=timezone.now() - timedelta(days=400), due_at=timezone.now() - timedelta(days=399)
    )
    Mail.objects.all().delete()
    return Play(monkeypatch)


def test_two_weeks_of_a_busy_opening(play, mail_server, unscored_application, person, hand_in):
    opening, recruiter = unscored_application.opening, person("recruiter")
    first, second = opening.rounds.all()[:2]
    ReminderRule.objects.create(opening=opening, times=3, recruiter_hours=24, manager_hours=48)
    application = services.add_candidate(opening, name="Mira Field", email="mira@example.org", by=recruiter)
    planned: dict[str, Interview] = {}

    def plan(round_, name: str, day: int, hour: int) -> None:
        starts = play.at(day, hour)
        due = starts + timedelta(minutes=round_.minutes, hours=round_.scorecard_hours)
        panel = {"leads": [person(name)], "shadows": [], "by": recruiter}
        planned[name] = services.plan_interview(application, round=round_, starts_at=starts, due_at=due, **panel)

    def plan_both() -> None:
        plan(first, "interviewer", 3, 10)
        plan(second, "interviewer2", 4, 14)

    def panelist(name: str) -> Panelist:
        return Panelist.objects.select_related("interview__application__opening", "user").get(interview=planned[name])

    def move() -> None:
        interview = planned["interviewer2"]
        later = {"starts_at": interview.starts_at + timedelta(days=1), "due_at": interview.due_at + timedelta(days=1)}
        panels.change_interview(interview, leads=[person("interviewer2")], shadows=[], by=recruiter, **later)

    def leave_note_and_hand_in() -> None:
        cards.leave_note(
            panelist("interviewer"), kind="covered", text="Went through the outage", by=person("interviewer")
        )
        hand_in(panelist("interviewer"))

    play.acts = {
        play.at(1, 9): plan_both,
        play.at(2, 11): move,
        play.at(3, 12): leave_note_and_hand_in,
        play.at(8, 10): lambda: chasing.remind([panelist("interviewer2")], by=recruiter),  # the clock did at eight
        play.at(8, 13): lambda: chasing.remind([panelist("interviewer2")], by=recruiter, again=True),
        play.at(9, 10): lambda: hand_in(panelist("interviewer2")),
        play.at(10, 9): lambda: meetings.record_decision(
            application, outcome="hold", rationale="More evidence", by=person("manager")
        ),
        play.at(11, 9): lambda: plan(first, "admin", 13, 9),
        play.at(12, 9): lambda: panels.cancel_interview(planned["admin"], by=recruiter),
    }
    play.run()

    assert play.transcript() == EXPECTED.strip("\n")
    assert len(mail_server.taken) == len({message["Message-ID"] for message in mail_server.taken})
    assert Mail.objects.exclude(state="sent").values_list("state", flat=True).distinct().count() <= 1
