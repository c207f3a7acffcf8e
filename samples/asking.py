"""What the demo's interviewers are given to ask, by the key of the dimension: in our
own words, as a recruiter would add it to an imported rubric. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from rubrics.blueprints.planned_dimensions import PlannedDimension, PlannedQuestion

QUESTIONS: dict[str, tuple[PlannedQuestion, ...]] = {
    "systems-understanding": (
        PlannedQuestion(
            "A page that took half a second takes six since this morning. Where do you look, and in which order?",
            strong="Names the layers, says what each look would rule out, and starts with the cheapest",
            weak="Guesses one cause and wants to restart it",
        ),
        PlannedQuestion("Draw the last system that you ran. Which part would you trust least at twice the load?"),
    ),
    "incident-handling": (
        PlannedQuestion(
            "Tell me about an outage that you led. Who knew what, and when?",
            strong="Keeps apart what was known and what was guessed, and told others before they asked",
            weak="Tells of the repair alone",
        ),
    ),
    "automation-tooling": (PlannedQuestion("Which chore did you abolish, and how do you know that it stayed away?"),),
    "observability": (
        PlannedQuestion(
            "Which alert did you delete, and why?",
            strong="Says what nobody did when it rang, and what tells them now",
        ),
    ),
    "capacity-planning": (
        PlannedQuestion("How much room did your busiest system have left, and who had worked it out?"),
    ),
    "security-sense": (PlannedQuestion("A colleague needs to read live data within the hour. What do you do?"),),
    "communication": (
        PlannedQuestion("Explain that outage once more, to the person who answers the customers."),
        PlannedQuestion("When did you last change somebody's mind about a plan? What did it take?"),
    ),
    "teaching-and-teamwork": (
        PlannedQuestion("Who can do something today because of you, and how did they learn it?"),
    ),
}


def with_questions(dimensions: Iterable[PlannedDimension]) -> tuple[PlannedDimension, ...]:
    """The dimensions, each with what to ask about it."""
    return tuple(replace(row, questions=QUESTIONS.get(row.key, ())) for row in dimensions)
