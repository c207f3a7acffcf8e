"""What a heading, a table or a column of a document can be told to be, and how pages say it. Pure."""

# Headings that are something themselves, and headings of what stands below them.
DIMENSION, LEVELS, EXERCISE, FOCUS_AREA = "dimension", "levels", "exercise", "focus_area"
SCORECARD, EXERCISES, FOCUS, QUESTIONS = "scorecard", "exercises", "focus", "questions"
STRONG, WEAK, RED_FLAG = "strong", "weak", "red_flag"
SKILLS, SOFT_SKILLS = "skills", "soft_skills"
NOTHING = "nothing"
NAME, WEIGHT, LOOK_FOR, ASKED = "name", "weight", "look_for", "asked"
LEVEL_OF = {f"level-{level}": level for level in range(1, 6)}

Choices = tuple[tuple[str, str], ...]  # a telling, and how a page says it
HEADINGS: tuple[tuple[str, Choices], ...] = (
    (
        "It is",
        (
            (DIMENSION, "a dimension"),
            (EXERCISE, "an exercise"),
            (FOCUS_AREA, "a focus area"),
        ),
    ),
    (
        "Below it stand",
        (
            (SCORECARD, "dimensions"),
            (EXERCISES, "exercises"),
            (FOCUS, "focus areas"),
            (STRONG, "strong signals"),
            (WEAK, "weak signals"),
            (RED_FLAG, "red flags"),
            (QUESTIONS, "questions"),
            (SKILLS, "technical skills"),
            (SOFT_SKILLS, "soft skills"),
            (LEVELS, "levels of the dimension above"),
            (LOOK_FOR, "what to look for in the exercise above"),
        ),
    ),
    ("Leave out", ((NOTHING, "this, and all below it"),)),
)
TABLES: Choices = ((SCORECARD, "The scorecard"), (NOTHING, "Leave it out"))
COLUMNS: Choices = (
    (NAME, "Name"),
    (WEIGHT, "Weight"),
    ("level-1", "Level 1, the lowest"),
    ("level-2", "Level 2"),
    ("level-3", "Level 3, meets the bar"),
    ("level-4", "Level 4"),
    ("level-5", "Level 5, the highest"),
    (ASKED, "What to ask"),
    (LOOK_FOR, "What to look for"),
    (NOTHING, "Leave it out"),
)
IN_PLACE = frozenset({LEVELS, LOOK_FOR})  # they go on with what stands above them
OF_HEADINGS = frozenset(telling for _, choices in HEADINGS for telling, _ in choices)
OF_TABLES = frozenset(telling for telling, _ in TABLES)
OF_COLUMNS = frozenset(telling for telling, _ in COLUMNS)
ONCE = (NAME, WEIGHT, ASKED)  # what one column of a table can be, and no second one
