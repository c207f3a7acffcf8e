"""The levels of the scale that every rubric scores by. Pure: no Django."""

LEVELS = (1, 2, 3, 4, 5)
LEVEL_NAMES = {
    1: "Well below the bar",
    2: "Below the bar",
    3: "Meets the bar",
    4: "Above the bar",
    5: "Exceeds the bar",
}

# The plain meaning of the scale, where the rubric gives a level no wording of its own.
LEVEL_MEANINGS = {
    1: "Clearly lacks what the role needs here",
    2: "Has part of what the role needs here",
    3: "Does what the role needs here",
    4: "Does more than the role needs here",
    5: "Lifts others and the role itself here",
}


def level_wording(level: int | None, anchor: str | None) -> str:
    """What a score of this level was given under: the anchor's text, else the level's name; empty without a level."""
    if not level:
        return ""
    return anchor or LEVEL_NAMES[level]
