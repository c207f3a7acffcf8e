"""The sample's roles: what a rubric of each judges, its exercises and signals, and its
interview plan.

Pure, and imports no Django.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from rubrics.blueprints.exercises import PlannedExercise
from rubrics.blueprints.plan import ImportPlan, PlannedSection
from rubrics.blueprints.planned_dimensions import PlannedDimension


@dataclass(frozen=True)
class SampleDimension:
    """One thing judged. `topics` are what interviewers talk about to judge it; evidence
    is written around them."""

    key: str
    name: str
    meets: str
    exceeds: str
    topics: tuple[str, ...]
    must_have: bool = False
    weight: float | None = None
    below: str = ""

    @property
    def anchors(self) -> dict[int, str]:
        """By level, 1 to 5, the wording of those levels that have one."""
        texts = {1: self.below, 3: self.meets, 5: self.exceeds}
        return {level: text for level, text in texts.items() if text}


@dataclass(frozen=True)
class SampleRound:
    """A step of the plan: `dimensions` are positions in the role's list, `exercise` one
    in its exercises."""

    name: str
    minutes: int
    dimensions: tuple[int, ...]
    exercise: int | None = None


@dataclass(frozen=True)
class Role:
    title: str
    summary: str
    dimensions: tuple[SampleDimension, ...]
    exercises: tuple[PlannedExercise, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    red_flags: tuple[str, ...]
    rounds: tuple[SampleRound, ...]
    teams: tuple[str, ...] = field(default=("Lisbon", "Rotterdam", "Turin", "Gdansk", "remote"))

    @property
    def must_haves(self) -> list[int]:
        """The positions of the dimensions that are must-haves."""
        rows = enumerate(self.dimensions)
        return [index for index, row in rows if row.must_have]

    def as_plan(self) -> ImportPlan:
        """The role as an import would store it; the same role always has the same
        sha256."""
        content = json.dumps(asdict(self), sort_keys=True).encode()
        return ImportPlan(
            title=self.title,
            summary=self.summary,
            language="en",
            source_title=f"{self.title}: sample",
            source_url="",
            sha256=hashlib.sha256(content).hexdigest(),
            scale={"min": 1, "max": 5},
            levels_assumed=False,
            dimensions=tuple(PlannedDimension(row.key, row.name, row.weight, row.anchors) for row in self.dimensions),
            focus_areas=(),
            exercises=self.exercises,
            strong=self.strong,
            weak=self.weak,
            red_flag=self.red_flags,
            skills=(),
            soft_skills=(),
            sections=(PlannedSection(1, "The role", f"<p>{self.summary}</p>"),),
            warnings=(),
        )


BACKEND = Role(
    title="Backend Engineer",
    summary="Builds and runs the services behind our booking pages, and keeps them easy to change.",
    dimensions=(
        SampleDimension(
            "service-design",
            "Service design",
            "Draws clear boundaries and says which part owns which data.",
            "Sees what the next two changes will be and leaves room for them without building them.",
            ("the split between booking and payment", "who owns a traveller's address", "a public interface"),
            must_have=True,
        ),
        SampleDimension(
            "code-quality",
            "Code others can read",
            "Names things well and keeps functions to one purpose.",
            "Leaves code that a newcomer changes safely on the first day.",
            ("the parser they brought along", "a function of ninety lines", "the naming in their own project"),
        ),
        SampleDimension(
            "data",
            "Data and queries",
            "Chooses fitting tables and indexes and explains a plan.",
            "Predicts where a query tips over and proves it with figures.",
            ("a report that took nine minutes", "two writers on one row", "a migration with no downtime"),
        ),
        SampleDimension(
            "failure",
            "Handling failure",
            "Names what can fail and gives each case a way back.",
            "Designs so that a failure is seen, contained and undone before customers notice.",
            ("a payment that answered twice", "the night the cache was empty", "a retry without an end"),
            must_have=True,
        ),
        SampleDimension(
            "debugging",
            "Finding faults",
            "Works from symptoms to a cause by ruling things out.",
            "Finds the shortest experiment that splits the field in half, every time.",
            ("a slow page on Mondays only", "a leak after the last release", "clocks that disagreed"),
        ),
        SampleDimension(
            "security",
            "Security sense",
            "Checks input at the border and asks who may do what.",
            "Thinks like the attacker first and closes classes of faults rather than single ones.",
            ("an upload form", "a token in a log", "rights of a support account"),
        ),
        SampleDimension(
            "collaboration",
            "Working with others",
            "Explains choices and takes a better idea gladly.",
            "Makes the people around them better and is sought out for it.",
            ("a review that went badly", "a plan that product did not like", "a new colleague's first month"),
        ),
        SampleDimension(
            "ownership",
            "Ownership",
            "Sees work through to running software and says early when it slips.",
            "Carries a problem that nobody owned until it stays solved.",
            ("an alert that nobody answered", "the last tenth of a project", "a promise made to support"),
        ),
    ),
    exercises=(
        PlannedExercise(
            "A",
            "Double bookings",
            "45 minutes",
            "Two travellers book the last seat in the same second. Find out how, and change the service so that one of "
            "them is told at once.",
            (
                "Asks how often it happens before changing anything",
                "Finds the gap between check and write",
                "Lets the database hold the rule",
                "Says what the second traveller sees",
            ),
        ),
        PlannedExercise(
            "B",
            "A queue that grows",
            "30 minutes",
            "The confirmation queue doubles every hour. Decide what to do first, and what tomorrow.",
            ("Stops the growth before seeking the cause", "Asks what is lost by waiting", "Writes down what was done"),
        ),
    ),
    strong=("Says what was measured and what was guessed", "Changes their mind when a figure says so"),
    weak=("Answers with a product's name instead of a reason", "Tests only the way that works"),
    red_flags=("Blames a former team for every fault", "Would read customers' data out of curiosity"),
    rounds=(
        SampleRound("Screening talk", 30, (6, 7)),
        SampleRound("Coding together", 75, (1, 4, 5), 0),
        SampleRound("System design", 60, (0, 2, 3), 1),
        SampleRound("Team and ways of working", 45, (3, 6, 7)),
    ),
)
DESIGNER = Role(
    title="Product Designer",
    summary="Shapes the booking pages from the first sketch to the last label, together with those who use them.",
    dimensions=(
        SampleDimension(
            "research",
            "Learning from users",
            "Plans talks with users and reports what was heard, not what was hoped.",
            "Turns a handful of visits into a finding that changes the plan.",
            ("visits to three travel agents", "a survey with leading questions", "a user who never finished"),
            must_have=True,
            below="Designs for themselves and asks users to confirm it.",
        ),
        SampleDimension(
            "interaction",
            "Interaction",
            "Finds the few steps that matter and takes the others away.",
            "Makes a hard task feel obvious, and shows it with people who failed before.",
            ("changing a booked date", "a form with forty fields", "the way back after a mistake"),
            below="Adds controls until every wish has one.",
        ),
        SampleDimension(
            "visual",
            "Visual craft",
            "Uses type, space and colour with a purpose.",
            "Gives a page a calm order that survives real content.",
            ("a table on a small phone", "prices in three currencies", "their own folder of work"),
            below="Decorates where the content has no order.",
        ),
        SampleDimension(
            "accessibility",
            "Accessibility",
            "Knows the common barriers and designs without them.",
            "Tests with people who use a keyboard or a screen reader, and learns from it.",
            ("a calendar by keyboard", "errors in red only", "a magnified page"),
            must_have=True,
            below="Leaves it to the developers.",
        ),
        SampleDimension(
            "writing",
            "Words on the page",
            "Writes labels that say what will happen.",
            "Finds the word after which nobody asks.",
            ("a refund message", "names of two tariffs", "an empty list"),
            below="Leaves placeholder text for others.",
        ),
        SampleDimension(
            "handover",
            "Working with developers",
            "Hands over states and limits, not only the best case.",
            "Builds a shared set of parts that both sides keep alive.",
            ("a sketch with no error state", "the last release's leftovers", "a part used in nine places"),
            below="Draws what can't be built and learns of it late.",
        ),
    ),
    exercises=(
        PlannedExercise(
            "A",
            "Change of plans",
            "60 minutes",
            "A family of four moves its trip by a week, but one of them can't. Sketch what the page shows.",
            (
                "Asks who is at the page and why",
                "Keeps the price in sight",
                "Shows what can't be undone",
                "Thinks of the small screen",
            ),
        ),
    ),
    strong=("Shows work that was thrown away and says why", "Quotes users rather than opinions"),
    weak=("Speaks of screens, never of people", "Can't say what they themselves did"),
    red_flags=("Shows another person's work as their own",),
    rounds=(
        SampleRound("Folder of work", 60, (0, 2, 4)),
        SampleRound("Sketching together", 60, (1, 3), 0),
        SampleRound("Working with developers", 45, (3, 5, 4)),
    ),
)
ANALYST = Role(
    title="Data Analyst",
    summary="Answers the questions that decide prices and routes, with figures that hold up.",
    dimensions=(
        SampleDimension(
            "questions",
            "Asking the right question",
            "Finds out what decision the figure is for.",
            "Replaces the question by the one that matters, and the asker is glad.",
            ("a request for all the data", "why Tuesdays sell less", "a target nobody could explain"),
            must_have=True,
            weight=25,
        ),
        SampleDimension(
            "method",
            "Method",
            "Chooses a method that fits and knows its limits.",
            "Sees the trap in the data before it closes, and says how large it is.",
            ("a test stopped early", "two groups of unequal size", "a trend made of holidays"),
            must_have=True,
            weight=25,
        ),
        SampleDimension(
            "sql",
            "Getting the data",
            "Writes queries that are right and can be read.",
            "Leaves a query as a tool that others trust.",
            ("a join that doubled rows", "time zones in a log", "a definition of active"),
            weight=20,
        ),
        SampleDimension(
            "telling",
            "Telling the result",
            "Says the finding first, with its uncertainty.",
            "Makes a room change its mind with one picture.",
            ("a talk to the board", "a chart with two axes", "a result that nobody wanted"),
            weight=20,
        ),
        SampleDimension(
            "care",
            "Care with people's data",
            "Takes only what is needed and knows who may see it.",
            "Finds the answer with less data than was offered.",
            ("a list with birthdays", "a shared folder", "small groups in a table"),
            weight=10,
        ),
    ),
    exercises=(
        PlannedExercise(
            "A",
            "Empty seats",
            "40 minutes",
            "Bookings on one route fell by a fifth in a month. Say what you would look at, in which order, and when "
            "you would stop.",
            ("Checks whether the data is complete", "Compares with the year before", "States what would refute it"),
        ),
    ),
    strong=("Gives an error bar unasked",),
    weak=("Trusts a figure because a tool gave it", "Finds a story for every wiggle"),
    red_flags=("Left out results that did not fit",),
    rounds=(SampleRound("Case", 60, (0, 1, 2), 0), SampleRound("Telling it", 45, (3, 4, 0))),
)
SUPPORT = Role(
    title="Customer Support Lead",
    summary="Leads the people who answer travellers, and brings what travellers say to those who build.",
    dimensions=(
        SampleDimension(
            "care",
            "Care for the customer",
            "Listens until the problem is understood and owns the answer.",
            "Solves what was asked and what would have been asked next.",
            ("a missed connection", "a refund after the deadline", "an angry letter"),
            must_have=True,
        ),
        SampleDimension(
            "coaching",
            "Coaching",
            "Gives feedback that is specific and kind.",
            "Grows people who then grow others.",
            ("a colleague who copied answers", "a first week on the phone", "a good agent who wanted to leave"),
            must_have=True,
        ),
        SampleDimension(
            "priorities",
            "Priorities under pressure",
            "Sorts by harm and says what waits.",
            "Keeps a team calm on the worst day and learns from it after.",
            ("a strike with two hours' notice", "four hundred open requests", "a colleague short"),
        ),
        SampleDimension(
            "knowledge",
            "Keeping knowledge",
            "Writes answers down where the next person looks.",
            "Makes questions disappear at their source.",
            ("an article nobody found", "the same question thirty times", "a rule that changed overnight"),
        ),
        SampleDimension(
            "figures",
            "Working with figures",
            "Reads the usual figures and knows what they leave out.",
            "Chooses the figure that changes what the team does.",
            ("average time to answer", "a satisfaction score of 4.8", "requests per booking"),
        ),
        SampleDimension(
            "voice",
            "The customer's voice",
            "Brings cases to product with numbers and quotes.",
            "Gets faults fixed that product had decided to live with.",
            ("a fault reported since May", "a release without a warning", "what travellers call things"),
        ),
    ),
    exercises=(
        PlannedExercise(
            None,
            "Answer this letter",
            "25 minutes",
            "Write the answer to a traveller whose hotel was closed. Then say what you would change so that nobody "
            "writes such a letter again.",
            ("Says sorry once and plainly", "States what happens next and when", "Names a change at the source"),
        ),
    ),
    strong=("Remembers the customer's name in the story",),
    weak=("Hides behind the rule",),
    red_flags=("Mocks a customer", "Would promise what can't be kept"),
    rounds=(
        SampleRound("Written exercise", 45, (0, 3), 0),
        SampleRound("Leading people", 60, (1, 2)),
        SampleRound("Figures and product", 45, (4, 5, 2)),
    ),
)
ROLES = (BACKEND, DESIGNER, ANALYST, SUPPORT)
