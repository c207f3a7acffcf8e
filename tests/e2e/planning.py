"""Interviews for browser tests: each line of standard input names a new candidate, and the path of the first sample
interviewer's fresh scorecard of them is printed.

A process of its own on the demo's database, because a browser's test may not open one. That recruiters plan
interviews in the browser is a test of its own.
"""

import sys
from datetime import timedelta


def path_of_a_scorecard(name: str) -> str:
    """The candidate's interview began an hour ago, in the first round of the sample's opening."""
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import User
    from candidates.models import Opening
    from candidates.services import add_candidate, plan_interview

    opening = Opening.objects.earliest("pk")
    recruiter = User.objects.get(email="recruiter@example.com")
    application = add_candidate(opening, name=name, email=f"{name.lower()}@example.org", by=recruiter)
    starts = timezone.now() - timedelta(hours=1)
    interview = plan_interview(
        application,
        round=opening.rounds.earliest("order"),
        starts_at=starts,
        due_at=starts + timedelta(days=1),
        leads=[User.objects.get(email="interviewer@example.com")],
        shadows=[],
        by=recruiter,
    )
    return reverse("scorecard", args=[interview.panelists.get().pk])


if __name__ == "__main__":
    import django

    django.setup()
    from django.db import connection

    for line in sys.stdin:
        connection.close()  # a test may have stopped the database since
        print(path_of_a_scorecard(line.strip()), flush=True)
