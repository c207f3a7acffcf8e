"""The shapes in which interview scorecards are published, each rebuilt small in our own words and read whole."""

from dataclasses import dataclass, field

import pytest

from rubrics.blueprints.plan import ImportPlan
from tests.rubrics.role_documents import bare_table, plan_of, table

Anchors = dict[int, str]


@dataclass(frozen=True)
class Shape:
    """A document and what it says. `warned` are codes that must be among the warnings; `assumed` our reading of levels.

    `weights` and the lists are compared where they are given.
    """

    markup: str
    dimensions: dict[str, Anchors]
    assumed: bool = False
    weights: dict[str, float] = field(default_factory=dict)
    warned: frozenset[str] = frozenset()
    scale: tuple[int, int] | None = None
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    red_flag: tuple[str, ...] = ()
    exercises: tuple[tuple[str, tuple[str, ...]], ...] = ()
    areas: tuple[str, ...] = ()
    questions: dict[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)


def listed(*items: str) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def page(title: str, *parts: str) -> str:
    return f"<h1>{title}</h1>" + "".join(parts)


MAPPED = frozenset({"levels_mapped"})
TWO = {"Cataloguing": {}, "Patience": {}}
CHOICES = "<p>[ ] excellent<br>[ ] meets what is asked<br>[ ] not applicable</p><p>Comments ____</p>"
TWO_OF_A_GUIDE: dict[str, Anchors] = {"Care": {}, "Order": {}}

SHAPES = {
    "levels in words below a heading that says scorecard": Shape(
        page(
            "Archivist",
            "<h2>Interview scorecard</h2>",
            table("Competency|Does not meet|Meets|Exceeds", "Care|loses|keeps|restores", "Order|heaps|sorts|maps"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}, "Order": {1: "heaps", 3: "sorts", 5: "maps"}},
        assumed=True,
    ),
    "a rubric by its title alone": Shape(
        page("Interview rubric: Archivist", table("Skill|Does not meet|Meets|Exceeds", "Care|loses|keeps|restores")),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        assumed=True,
    ),
    "a guide in one section and the table in the next": Shape(
        page(
            "Archivist",
            "<h2>Interview guide</h2><p>Be kind and on time.</p><h2>Interview scorecard</h2>",
            table("Criterion|1|3|5", "Care|loses|keeps|restores"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
    ),
    "a scorecard whose sections are scale, competencies and decision": Shape(
        page(
            "Candidate scorecard: Archivist",
            "<h2>Scale</h2><p>1 is poor and 5 is superb.</p><h2>Competencies</h2>",
            table("Competency|1|3|5", "Care|loses|keeps|restores"),
            "<h2>Decision</h2><p>Hire or not.</p>",
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
    ),
    "a matrix to tick with empty cells": Shape(
        page("Interview scorecard", table("Competency|1|2|3|4|5", "Cataloguing|||||", "Patience|||||")),
        TWO,
        scale=(1, 5),
    ),
    "a matrix to tick with boxes": Shape(
        page(
            "Candidate evaluation form",
            table("Area|1|2|3|4|5|Comments", "Cataloguing|☐|☐|☐|☐|☐|", "Patience|☐|☐|☐|☐|☐|"),
        ),
        TWO,
        scale=(1, 5),
    ),
    "a matrix to tick in words": Shape(
        page(
            "Rating form",
            table("Attribute|Poor|Fair|Good|Excellent", "Cataloguing|[ ]|[ ]|[ ]|[ ]", "Patience|( )|( )|( )|( )"),
        ),
        TWO,
        assumed=True,
    ),
    "a school's rubric with points": Shape(
        page(
            "Teaching demonstration rubric",
            table(
                "Criterion|Unsatisfactory 1 pts|Needs improvement 5 pts|Proficient 7 pts|Excellent 10 pts",
                "Clarity|mumbles|hurries|explains|inspires",
            ),
        ),
        {"Clarity": {1: "mumbles", 2: "hurries", 3: "explains", 5: "inspires"}},
        assumed=True,
        warned=frozenset({"levels_mapped", "points_left_out"}),
    ),
    "candidates side by side": Shape(
        page(
            "Candidate evaluation matrix",
            table("Criterion|Weight|Candidate 1|Candidate 2|Candidate 3", "Care|60%|4|3|5", "Order|40%|2|4|4"),
        ),
        {"Care": {}, "Order": {}},
        weights={"Care": 60, "Order": 40},
        warned=frozenset({"columns_of_people"}),
    ),
    "a career matrix is no scorecard's wording": Shape(
        page(
            "Interview scorecard: engineers",
            table("Category|Junior (L1)|Mid (L2)|Senior (L3)", "Code|writes|reviews|designs"),
        ),
        {"Code": {}},
        warned=frozenset({"job_grades"}),
    ),
    "a scale from zero": Shape(
        page("Interview score sheet", table("Competency|0|1|2|3", "Care|none|little|some|much")),
        {"Care": {1: "none", 2: "little", 3: "some", 4: "much"}},
        scale=(0, 3),
        assumed=True,
        warned=MAPPED | {"scale_unsupported"},
    ),
    "four words": Shape(
        page("Interview scorecard", table("Criterion|Poor|Average|Good|Excellent", "Care|loses|keeps|mends|restores")),
        {"Care": {1: "loses", 3: "keeps", 4: "mends", 5: "restores"}},
        assumed=True,
        warned=MAPPED,
    ),
    "an official guide with levels as rows": Shape(
        page(
            "Structured interview guide",
            "<h2>Competency 1: Teamwork</h2><p>Tell us about a team.</p>",
            table("Level|Definition", "5 – Outstanding|leads", "3 – Average|shares", "1 – Low|hides"),
            "<h2>Competency 2: Writing</h2>",
            table("Level|Definition", "5 – Outstanding|moves", "3 – Average|informs", "1 – Low|confuses"),
        ),
        {
            "Teamwork": {1: "hides", 3: "shares", 5: "leads"},
            "Writing": {1: "confuses", 3: "informs", 5: "moves"},
        },
        questions={"Teamwork": (("Tell us about a team.", "", ""),)},
    ),
    "two tables of one shape below two headings": Shape(
        page(
            "Archivist",
            "<h2>Interview scorecard</h2><h3>Skills</h3>",
            table("Criterion|1|3|5", "Care|loses|keeps|restores"),
            "<h3>Values</h3>",
            table("Criterion|1|3|5", "Candour|lies|tells|asks"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}, "Candour": {1: "lies", 3: "tells", 5: "asks"}},
    ),
    "two tables, the second without weights and headed otherwise": Shape(
        page(
            "Interview scorecard",
            table("Criterion|Weight|1|5", "Care|100%|loses|restores"),
            table("Value|1|5", "Candour|lies|asks"),
        ),
        {"Care": {1: "loses", 5: "restores"}, "Candour": {1: "lies", 5: "asks"}},
        weights={"Care": 100},
        warned=frozenset({"weights_incomplete"}),
    ),
    "an exercise's page": Shape(
        page(
            "Reading-room exercise",
            "<h2>Instructions</h2><p>Shelve ten books.</p><h2>What we're looking for</h2>",
            listed("asks first", "works tidily", "says when stuck"),
        ),
        {},
        exercises=(("Reading-room exercise", ("asks first", "works tidily", "says when stuck")),),
    ),
    "levels down and dimensions across": Shape(
        page(
            "Interview rubric",
            table(
                "Level|Care|Order|Candour", "1|loses|heaps|lies", "2|a|b|c", "3|keeps|sorts|tells", "5|mends|maps|asks"
            ),
        ),
        {
            "Care": {1: "loses", 2: "a", 3: "keeps", 5: "mends"},
            "Order": {1: "heaps", 2: "b", 3: "sorts", 5: "maps"},
            "Candour": {1: "lies", 2: "c", 3: "tells", 5: "asks"},
        },
    ),
    "levels 0, 5 and 10": Shape(
        page("Interview scorecard", table("Criterion|0|5|10", "Care|loses|keeps|restores")),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        assumed=True,
        warned=MAPPED,
    ),
    "bands": Shape(
        page("Interview scorecard", table("Criterion|1-2|3|4-5", "Care|loses|keeps|restores")),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        assumed=True,
        warned=MAPPED,
        scale=(1, 5),
    ),
    "a scale of seven": Shape(
        page("Behaviourally anchored rating scale", table("Dimension|1|4|7", "Care|loses|keeps|restores")),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a rating scale as a long table": Shape(
        page(
            "Interview rating guide",
            "<table><tr><th>Competency</th><th>Rating</th><th>Behaviour</th></tr>"
            "<tr><td rowspan=3>Care</td><td>5</td><td>restores</td></tr><tr><td>3</td><td>keeps</td></tr>"
            "<tr><td>1</td><td>loses</td></tr>"
            "<tr><td rowspan=2>Order</td><td>5</td><td>maps</td></tr><tr><td>1</td><td>heaps</td></tr></table>",
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}, "Order": {1: "heaps", 5: "maps"}},
    ),
    "one table with a row for each name and rows of levels below it": Shape(
        page(
            "Selection interview scorecard",
            "<table><tr><th>Rating</th><th>Description</th></tr><tr><td colspan=2>Care</td></tr>"
            "<tr><td>5</td><td>restores</td></tr><tr><td>1</td><td>loses</td></tr><tr><td colspan=2>Order</td></tr>"
            "<tr><td>5</td><td>maps</td></tr><tr><td>1</td><td>heaps</td></tr></table>",
        ),
        {"Care": {1: "loses", 5: "restores"}, "Order": {1: "heaps", 5: "maps"}},
    ),
    "levels as lines of lists below headings, as in source repositories": Shape(
        page(
            "Hiring rubric",
            "<h2>Care</h2>",
            listed("<strong>1 – Poor:</strong> loses things", "<strong>3 – Solid:</strong> keeps things"),
            "<h2>Order</h2>",
            listed("<strong>1 – Poor:</strong> heaps", "<strong>3 – Solid:</strong> sorts"),
        ),
        {"Care": {1: "loses things", 3: "keeps things"}, "Order": {1: "heaps", 3: "sorts"}},
    ),
    "levels as bold lines with paragraphs below them": Shape(
        page(
            "Interview rubric",
            "<h2>Care</h2><p><b>Below expectations</b></p><p>loses things</p><p><b>Meets expectations</b></p>"
            "<p>keeps things</p><p><b>Exceeds expectations</b></p><p>restores things</p>",
        ),
        {"Care": {1: "loses things", 3: "keeps things", 5: "restores things"}},
        assumed=True,
    ),
    "levels as sub-headings": Shape(
        page(
            "Interview rubric",
            "<h2>Care</h2><h3>Level 1</h3><p>loses</p><h3>Level 5</h3><ul><li>mends</li><li>teaches</li></ul>",
            "<h2>Order</h2><h3>Level 1</h3><p>heaps</p><h3>Level 5</h3><p>maps</p>",
        ),
        {"Care": {1: "loses", 5: "mends; teaches"}, "Order": {1: "heaps", 5: "maps"}},
    ),
    "weights in headings": Shape(
        page(
            "Interview scorecard",
            "<h2>Care (60%)</h2><p>Handles paper.</p><h2>Order (40%)</h2><p>Finds it again.</p>",
        ),
        {"Care": {}, "Order": {}},
        weights={"Care": 60, "Order": 40},
    ),
    "weights in a list": Shape(
        page("Archivist", "<h2>Interview scorecard</h2>", listed("Care – 60%: handles paper", "Order – 40%: finds it")),
        {"Care": {}, "Order": {}},
        weights={"Care": 60, "Order": 40},
    ),
    "a spreadsheet with weights and empty scores": Shape(
        page(
            "Scorecard",
            table("Competency|Weight|Score (1-5)|Weighted score|Notes", "Care|0.6|||", "Order|0.4|||", "Total|1|||"),
        ),
        {"Care": {}, "Order": {}},
        weights={"Care": 60, "Order": 40},
        scale=(1, 5),
    ),
    "a spreadsheet with lines to fill in above the header": Shape(
        page(
            "Interview score sheet",
            table("Candidate:||Date:||", "Interviewer:||Role:||", "Skill|1|2|3|Notes", "Care|loses|keeps|mends|"),
        ),
        {"Care": {1: "loses", 2: "keeps", 3: "mends"}},
        scale=(1, 3),
        warned=frozenset({"scale_unsupported"}),
    ),
    "attributes to rate, as hiring software prints them": Shape(
        page(
            "Scorecard",
            "<p>Rate each attribute: definitely not, no, mixed, yes, strong yes.</p><h2>Skills</h2>",
            listed("Cataloguing", "Preservation"),
            "<h2>Traits</h2>",
            listed("Patience"),
        ),
        {"Cataloguing": {}, "Preservation": {}, "Patience": {}},
    ),
    "a form with a scale behind each name": Shape(
        page("Interview feedback form", "<p>Cataloguing: ☐ 1 ☐ 2 ☐ 3 ☐ 4 ☐ 5</p><p>Patience: ☐ 1 ☐ 2 ☐ 3 ☐ 4 ☐ 5</p>"),
        TWO,
    ),
    "a bank of questions with good and poor answers": Shape(
        page(
            "Interview questions: archivist",
            table(
                "Competency|Question|Strong answer|Weak answer",
                "Care|How do you lift a map?|with both hands|does not know",
                "Order|Where is box 7?|asks the index|guesses",
            ),
        ),
        {"Care": {}, "Order": {}},
        questions={
            "Care": (("How do you lift a map?", "with both hands", "does not know"),),
            "Order": (("Where is box 7?", "asks the index", "guesses"),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "concerns to fill in above a decision to tick": Shape(
        page(
            "Interview scorecard: Archivist",
            table("Dimension|Score|Weight", "Care||60%", "Order||40%"),
            "<h3>Summary</h3><p><b>Strengths:</b></p><ul><li>[What was good]</li></ul>",
            "<p><b>Concerns:</b></p><ul><li>[What was not]</li></ul>",
            "<h3>Recommendation</h3><ul><li>[ ] Hire</li><li>[ ] No hire</li></ul>",
        ),
        {"Care": {}, "Order": {}},
        weights={"Care": 60, "Order": 40},
    ),
    "weights in one table and the levels in the next": Shape(
        page(
            "Scoring guide: Archivist",
            "<h2>Weighting</h2>",
            table("Criterion|Weight", "Care|60%", "Order|40%"),
            "<h2>Levels</h2>",
            table("Criterion|1|3|5", "Care|loses|keeps|restores", "Order|heaps|sorts|maps"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}, "Order": {1: "heaps", 3: "sorts", 5: "maps"}},
        weights={"Care": 60, "Order": 40},
    ),
    "questions in a table without answers beside a scorecard": Shape(
        page(
            "Interview kit: Archivist",
            table("Competency|Question|Notes", "Care|How do you lift a map?|", "Order|Where would box 7 be?|"),
            table("Competency|1|2|3|4|5", "Care|||||", "Order|||||"),
        ),
        TWO_OF_A_GUIDE,
        scale=(1, 5),
        questions={
            "Care": (("How do you lift a map?", "", ""),),
            "Order": (("Where would box 7 be?", "", ""),),
        },
    ),
    "names with a question behind them above a scale": Shape(
        page(
            "Candidate evaluation form",
            "<h2>Scoring</h2><p>5 – Superb 4 – Good 3 – Fair 2 – Weak 1 – Poor</p>",
            "<p><b>Cataloguing</b> – Can the candidate describe a map?</p><p>Rating: 1 2 3 4 5</p><p>Comments:</p>",
            "<p><b>Patience</b> – Does the candidate hear people out?</p><p>Rating: 1 2 3 4 5</p><p>Comments:</p>",
        ),
        TWO,
        warned=frozenset({"dimensions_from_layout"}),
    ),
    "choices to tick below each name": Shape(
        page(
            "Candidate evaluation form",
            "<p><b>Cataloguing</b></p>",
            CHOICES,
            "<p><b>Patience</b></p>",
            CHOICES,
            "<p><b>Weaknesses</b></p><p>________</p><p><b>Overall ranking</b></p><p>[ ] excellent<br>[ ] good</p>",
        ),
        TWO,
        assumed=True,
    ),
    "levels with a number, a word and a text in three columns": Shape(
        page(
            "Interview scorecard",
            "<h2>Care</h2>",
            table("Score|Level|What is seen", "3|Good|keeps", "2|Fair|drops", "1|Poor|loses"),
            "<h2>Order</h2>",
            table("Score|Level|What is seen", "3|Good|maps", "2|Fair|sorts", "1|Poor|heaps"),
        ),
        {"Care": {3: "keeps", 2: "drops", 1: "loses"}, "Order": {3: "maps", 2: "sorts", 1: "heaps"}},
        scale=(1, 3),
    ),
    "effective and less effective side by side": Shape(
        page(
            "Competency framework",
            "<h2>Cataloguing</h2>",
            table("Effective|Less effective", "dates each map|guesses"),
            "<h2>Patience</h2>",
            table("Effective|Less effective", "waits|interrupts"),
        ),
        TWO,
        strong=("dates each map", "waits"),
        weak=("guesses", "interrupts"),
        warned=frozenset({"dimensions_from_layout"}),
    ),
    "levels named by headings that signals have too": Shape(
        page(
            "Interview rubric",
            "<h2>Care</h2><h3>Strong</h3>",
            listed("restores"),
            "<h3>Fair</h3>",
            listed("keeps"),
            "<h3>Weak</h3>",
            listed("loses", "tears"),
            "<h2>Order</h2><h3>Strong</h3>",
            listed("maps"),
            "<h3>Fair</h3>",
            listed("sorts"),
            "<h3>Weak</h3>",
            listed("heaps"),
        ),
        {"Care": {5: "restores", 3: "keeps", 1: "loses; tears"}, "Order": {5: "maps", 3: "sorts", 1: "heaps"}},
        assumed=True,
    ),
    "signals and nothing else": Shape(
        page(
            "Interview notes: Archivist",
            "<h2>Good signs</h2>",
            listed("dates each map"),
            "<h2>Bad signs</h2>",
            listed("guesses"),
            "<h2>Red flags</h2>",
            listed("tears paper"),
        ),
        {},
        strong=("dates each map",),
        weak=("guesses",),
        red_flag=("tears paper",),
    ),
    "an exercise in a round of its own": Shape(
        page(
            "Interview kit: Archivist",
            "<h2>Round 1: Talk</h2>",
            table("Competency|1|3|5", "Care|loses|keeps|restores"),
            "<h2>Round 2: Practical exercise</h2><p><b>Exercise: Shelve a box (20 minutes)</b></p>",
            "<p>You get a box of ten maps.</p><p>What assessors look for:</p>",
            listed("order", "care"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        exercises=(("Shelve a box", ("order", "care")),),
    ),
    "a table of exercises": Shape(
        page(
            "Interview kit: Archivist",
            table(
                "Exercise|Minutes|Task|What to look for",
                "Shelving|20|Shelve ten maps.|order",
                "Letter|30|Answer it.|tact",
            ),
        ),
        {},
        exercises=(("Shelving", ("order",)), ("Letter", ("tact",))),
    ),
    "questions of so many points with model answers": Shape(
        page(
            "Interview marking scheme",
            "<h3>Question 1 (60 points)</h3><p>How do you lift a map?</p><p><b>Model answer:</b></p>",
            listed("with both hands"),
            "<p>Score awarded: ____</p><h3>Question 2 (40 points)</h3><p>Where is box 7?</p><p>Score awarded: ____</p>",
        ),
        {"How do you lift a map?": {}, "Where is box 7?": {}},
        weights={"How do you lift a map?": 60, "Where is box 7?": 40},
        strong=("with both hands",),
        warned=frozenset({"points_as_weights"}),
    ),
    "the cards of dimensions with a question and levels": Shape(
        page(
            "Interview cards",
            bare_table(
                "Competency|Care",
                "Definition|Handles paper",
                "Question|How do you lift a map?",
                "1|tears",
                "5|restores",
            ),
            bare_table("Competency|Order", "Definition|Finds boxes", "Question|Where is box 7?", "1|heaps", "5|maps"),
        ),
        {"Care": {1: "tears", 5: "restores"}, "Order": {1: "heaps", 5: "maps"}},
        questions={"Care": (("How do you lift a map?", "", ""),), "Order": (("Where is box 7?", "", ""),)},
    ),
    "an assignment whose criteria have points": Shape(
        page(
            "Take-home assignment: Catalogue a box",
            "<h2>Your task</h2><p>You should take no more than 2 hours.</p><h2>How we evaluate</h2>",
            table("Area|Points|What earns them", "Care|60|Nothing is torn", "Order|40|Each map is found"),
        ),
        {"Care": {}, "Order": {}},
        weights={"Care": 60, "Order": 40},
        exercises=(("Take-home assignment: Catalogue a box", ()),),
        warned=frozenset({"points_as_weights", "scorecard_column_unread"}),
    ),
    "questions with labelled answers in lists": Shape(
        page(
            "Interview guide",
            "<h2>Interview questions</h2><h3>Care</h3><p>How do you lift a map?</p>",
            listed("Strong answer: with both hands", "Weak answer: does not know", "Red flag: laughs"),
        ),
        {"Care": {}},
        red_flag=("laughs",),
        questions={"Care": (("How do you lift a map?", "with both hands", "does not know"),)},
    ),
    "several sections of hiring": Shape(
        page(
            "Archivist: hiring kit",
            "<h2>Red flags</h2>",
            listed("tears paper"),
            "<h2>Interview scorecard</h2>",
            table("Criterion|1|5", "Care|loses|restores"),
            "<h2>Practical exercises</h2><h3>Exercise A: Shelving</h3><p>Shelve ten books.</p><p>What to look for:</p>",
            listed("order", "care"),
        ),
        {"Care": {1: "loses", 5: "restores"}},
        red_flag=("tears paper",),
        exercises=(("Shelving", ("order", "care")),),
    ),
    "a German sheet": Shape(
        page(
            "Bewertungsbogen Archiv",
            table(
                "Kriterium|Gewichtung|Ungenügend|Befriedigend|Hervorragend", "Sorgfalt|100 %|verliert|bewahrt|rettet"
            ),
        ),
        {"Sorgfalt": {1: "verliert", 3: "bewahrt", 5: "rettet"}},
        weights={"Sorgfalt": 100},
        assumed=True,
        warned=MAPPED,
    ),
    "a German sheet in school marks": Shape(
        page(
            "Bewertungsbogen Archiv",
            table("Kriterium|1 (sehr gut)|3 (befriedigend)|6 (ungenügend)", "Sorgfalt|rettet|bewahrt|verliert"),
        ),
        {"Sorgfalt": {1: "verliert", 3: "bewahrt", 5: "rettet"}},
        assumed=True,
        warned=frozenset({"scale_reversed"}),
    ),
    "a French grid": Shape(
        page(
            "Grille d’évaluation d’entretien",
            table("Critère|Insuffisant|Satisfaisant|Excellent", "Rigueur|perd|garde|répare"),
        ),
        {"Rigueur": {1: "perd", 3: "garde", 5: "répare"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a Spanish rubric": Shape(
        page(
            "Rúbrica de entrevista",
            table("Criterio|Insuficiente|Regular|Bueno|Excelente", "Rigor|pierde|guarda|ordena|repara"),
        ),
        {"Rigor": {1: "pierde", 2: "guarda", 4: "ordena", 5: "repara"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a table below a mere line": Shape(
        "<p>What we look for in archivists</p>" + table("Competency|1|3|5", "Care|loses|keeps|restores"),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        warned=frozenset({"hiring_section_guessed"}),
    ),
    "bold lines instead of headings": Shape(
        "<p><b>Interview scorecard</b></p><p>For archivists.</p>"
        + table("Skill|Poor|Good|Excellent", "Care|loses|keeps|mends"),
        {"Care": {1: "loses", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "questions as rows with their wording of three levels": Shape(
        page("Interview scorecard", table("Question|1|3|5", "Why paper?|shrugs|explains|glows")),
        {"Why paper?": {1: "shrugs", 3: "explains", 5: "glows"}},
    ),
    "words of which some say bar": Shape(
        page(
            "Interview scorecard", table("Competency|Needs work|Meets the bar|Raises the bar", "Care|loses|keeps|mends")
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a template with definition, questions, indicators and room for a score by competency": Shape(
        page(
            "Interview scorecard: weaver",
            "<p><b>Candidate:</b> ____</p><h2>Competency 1: Care (Weight: 40%)</h2><p><b>Definition:</b> x</p>",
            "<h3>Key questions</h3><p>Why paper?</p><h3>Behavioural indicators</h3><p><b>5 - Superb:</b></p>",
            listed("mends", "teaches"),
            "<p><b>1 - Poor:</b></p>",
            listed("loses"),
            "<p><b>Score:</b> ___/5</p><h2>Competency 2: Order (Weight: 60%)</h2><p><b>5 - Superb:</b></p>",
            listed("maps"),
            "<p><b>1 - Poor:</b></p>",
            listed("heaps"),
        ),
        {"Care": {1: "loses", 5: "mends; teaches"}, "Order": {1: "heaps", 5: "maps"}},
        weights={"Care": 40, "Order": 60},
        questions={"Care": (("Why paper?", "", ""),)},
    ),
    "a column of questions beside the levels": Shape(
        page("Interview scorecard", table("Competency|Question|1|3|5", "Care|Why paper?|loses|keeps|mends")),
        {"Care": {1: "loses", 3: "keeps", 5: "mends"}},
        questions={"Care": (("Why paper?", "", ""),)},
    ),
    "questions between a competency and its levels": Shape(
        page(
            "Interview scorecard",
            "<h2>Care</h2><p>Questions:</p>",
            listed("Why paper?"),
            listed("1: loses", "5: mends"),
        ),
        {"Care": {1: "loses", 5: "mends"}},
        questions={"Care": (("Why paper?", "", ""),)},
    ),
    "questions of a guide beside its scorecard": Shape(
        page(
            "Interview guide",
            "<h2>Scorecard</h2>",
            table("Competency|1|5", "Care|loses|mends"),
            "<h2>Interview questions</h2><h3>Care</h3><p>Why paper?</p><h3>Closing</h3><p>Any questions for us?</p>",
        ),
        {"Care": {1: "loses", 5: "mends"}},
        questions={"Care": (("Why paper?", "", ""),)},
        areas=("Closing",),
    ),
    "letters as marks": Shape(
        page("Interview scorecard", table("Criterion|A|B|C|D|E|Notes", "Care|mends|keeps|asks|drops|loses|")),
        {"Care": {1: "loses", 2: "drops", 3: "asks", 4: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "letters below a competency": Shape(
        page("Interview scorecard", "<h2>Care</h2>", listed("A: mends", "B: keeps", "C: loses")),
        {"Care": {1: "loses", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "stars": Shape(
        page("Interview scorecard", table("Criterion|★|★★|★★★", "Care|loses|keeps|mends")),
        {"Care": {1: "loses", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "numbered competencies": Shape(
        page(
            "Interview rubric",
            "".join(f"<h2>{n}. {name}</h2>{listed('Superb (5): a', 'Poor (1): b')}" for n, name in enumerate("ABC", 1)),
        ),
        {name: {1: "b", 5: "a"} for name in "ABC"},
    ),
    "a scale in a list, and criteria in another": Shape(
        page(
            "Interview scorecard",
            "<h2>Scale</h2>",
            listed("1 = poor", "3 = fine", "5 = great"),
            "<h2>Criteria</h2>",
            listed("Cataloguing: finds it again", "Patience: waits"),
        ),
        TWO,
    ),
    "competencies with room for a rating": Shape(
        page("Interview scorecard", "<h2>Cataloguing</h2><p>Rating: ____</p><h2>Patience</h2><p>Rating: ____</p>"),
        TWO,
    ),
    "questions with room for a score": Shape(
        page("Interview scoring sheet", table("Question|Score (1-5)|Notes", "Why us?||", "Why now?||")),
        {"Why us?": {}, "Why now?": {}},
        scale=(1, 5),
    ),
    "a guide with questions and benchmarks by competency": Shape(
        page(
            "Structured interview guide",
            "<h2>Competency: Care</h2><p><b>Lead question</b></p><p>Describe a repair.</p>"
            "<p><b>Benchmark levels</b></p>",
            table("Level|Level definition|Examples", "5 – Expert|restores|a map", "1 – Aware|knows|a word"),
        ),
        {"Care": {1: "knows; a word", 5: "restores; a map"}},
        questions={"Care": (("Describe a repair.", "", ""),)},
    ),
    "signals in columns beside the dimensions": Shape(
        page("Scorecard: archivist", table("Competency|Positive signs|Red flags", "Care|wears gloves|eats")),
        {"Care": {}},
        strong=("wears gloves",),
        red_flag=("eats",),
    ),
    "red flags behind the levels": Shape(
        page("Interview rubric", table("Skill|1|3|5|Red flags", "Care|loses|keeps|restores|eats")),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        red_flag=("eats",),
    ),
    "what to look for beside room for a score": Shape(
        page("Interview scorecard", table("Criterion|What to look for|Score (1-5)", "Care|gloves, pace|")),
        {"Care": {}},
        areas=("Care",),
        scale=(1, 5),
    ),
    "a question beside a competency and the answers at three levels": Shape(
        page(
            "Interview guide",
            table("Competency|Question|Poor answer|Fair answer|Superb answer", "Care|How do you lift a map?|a|b|c"),
        ),
        {"Care": {1: "a", 3: "b", 5: "c"}},
        assumed=True,
        warned=MAPPED,
        questions={"Care": (("How do you lift a map?", "", ""),)},
    ),
    "questions above levels side by side": Shape(
        page(
            "Interview rubric: archivist",
            "<p><b>1. How do you lift a map?</b></p><p><i>Indicators:</i> gloves</p>",
            table("Not evident (1)|Emerging (2)|Distinguished (4)", "a|b|c"),
            "<p><b>2. Where is box 7?</b></p>",
            table("Not evident (1)|Emerging (2)|Distinguished (4)", "d|e|f"),
        ),
        {"How do you lift a map?": {1: "a", 2: "b", 4: "c"}, "Where is box 7?": {1: "d", 2: "e", 4: "f"}},
    ),
    "sections that are each a part of hiring": Shape(
        page(
            "Archivist",
            "<h2>About the role</h2><p>Keeps maps.</p>",
            "<h2>Work sample (30 min)</h2><p>Mend a map.</p><p>What to look for:</p>",
            listed("asks first"),
            "<h2>Scorecard</h2>",
            table("Competency|1|3|5", "Care|loses|keeps|restores"),
            "<h2>Red flags</h2>",
            listed("eats"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        red_flag=("eats",),
        exercises=(("Work sample", ("asks first",)),),
    ),
    "a question behind its label, and a definition that is none": Shape(
        page(
            "Structured interview guide",
            "<h2>Care</h2><p><b>Definition:</b> How well maps are handled</p>"
            "<p><b>Lead question:</b> Describe a repair.</p>",
            table("Level|Behaviour", "5 – High|restores", "1 – Low|loses"),
        ),
        {"Care": {1: "loses", 5: "restores"}},
        questions={"Care": (("Describe a repair.", "", ""),)},
    ),
    "the same bold label above the levels of each competency": Shape(
        page(
            "Archivist interview rubric",
            "<h2>1. Care</h2><p><b>Bar raised by:</b></p>",
            table("Score|Description", "1|loses", "5|restores"),
            "<h2>2. Order</h2><p><b>Bar raised by:</b></p>",
            table("Score|Description", "1|heaps", "5|maps"),
        ),
        {"Care": {1: "loses", 5: "restores"}, "Order": {1: "heaps", 5: "maps"}},
    ),
    "numbers on lines of their own, one worded like a level": Shape(
        page("Interview rubric", "<h2>Care</h2><p>5</p><p>restores maps</p><p>1</p><p>Never asks</p>"),
        {"Care": {1: "Never asks", 5: "restores maps"}},
    ),
    "subjects with numbered questions and what to look for": Shape(
        page(
            "Interview guide: archivist",
            "<h2>Care</h2><ol><li>How do you lift a map?</li></ol><p>Look for:</p>",
            listed("both hands"),
            "<h2>Order</h2><ol><li>Where is box 7?</li><li>Describe a shelf.</li></ol><p>Look for:</p>",
            listed("asks the index"),
        ),
        {"Care": {}, "Order": {}},
        questions={
            "Care": (("How do you lift a map?", "both hands", ""),),
            "Order": (("Where is box 7?", "", ""), ("Describe a shelf.", "", "")),
        },
        strong=("asks the index",),
        warned=frozenset({"scorecard_missing"}),
    ),
    "levels in words below a title that says interview": Shape(
        page("Archivist interview", table("|Poor|Fair|Good|Excellent", "Care|loses|keeps|mends|restores")),
        {"Care": {1: "loses", 2: "keeps", 4: "mends", 5: "restores"}},
        assumed=True,
        warned=frozenset({"levels_mapped", "hiring_section_guessed"}),
    ),
    "a scale explained in a table of its own": Shape(
        page(
            "Interview scorecard",
            "<h2>Rating scale</h2>",
            table("Score|Meaning", "1|Poor", "3|Meets the bar", "5|Superb"),
            "<h2>Criteria</h2>",
            table("Criterion|Score|Comments", "Cataloguing||", "Patience||"),
        ),
        TWO,
    ),
    "a name with its definition below it in the cell": Shape(
        page(
            "Interview scorecard",
            table(
                "Competency|1|5",
                "<b>Care</b><br>Handles paper well|loses|restores",
                "<b>Order</b>: finds it again|heaps|maps",
                "Candour<br>Says what others leave out|lies|asks",
            ),
        ),
        {
            "Care": {1: "loses", 5: "restores"},
            "Order": {1: "heaps", 5: "maps"},
            "Candour": {1: "lies", 5: "asks"},
        },
        areas=("Care", "Order", "Candour"),
    ),
    "competencies that are opened one by one": Shape(
        page(
            "Archivist interview scorecard",
            "<details><summary>Care</summary>" + table("1|3|5", "loses|keeps|restores") + "</details>",
            "<details><summary><b>Order</b></summary>" + table("1|3|5", "heaps|sorts|maps") + "</details>",
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}, "Order": {1: "heaps", 3: "sorts", 5: "maps"}},
    ),
    "levels behind each other in one paragraph": Shape(
        page(
            "Interview rubric",
            "<h2>Care</h2><p><b>Below bar:</b> loses. <b>At bar:</b> keeps. <b>Above bar</b>: restores.</p>",
            "<h2>Order</h2><p><b>Below bar:</b> heaps. <b>At bar:</b> sorts. <b>Above bar</b>: maps.</p>",
        ),
        {"Care": {1: "loses.", 3: "keeps.", 5: "restores."}, "Order": {1: "heaps.", 3: "sorts.", 5: "maps."}},
        assumed=True,
    ),
    "room for a score below what an answer should have": Shape(
        page(
            "Interview rating guide",
            "<h2>KC1 – Care (10 points)</h2><p><b>Question 1:</b> How do you lift a map?</p>"
            "<p><b>Expected elements of the answer</b></p><ul><li>gloves</li></ul><p>Score: ___ /10</p>",
            "<h2>KC2 – Order (10 points)</h2><p><b>Question 2:</b> Where is box 7?</p>"
            "<p><b>Expected elements of the answer</b></p><ul><li>the index</li></ul><p>Score: ___ /10</p>",
        ),
        TWO_OF_A_GUIDE,
        questions={
            "Care": (("How do you lift a map?", "gloves", ""),),
            "Order": (("Where is box 7?", "the index", ""),),
        },
    ),
    "a bold name, its definition and a scale on one line": Shape(
        page(
            "Interview feedback form",
            "<p><b>Care</b> – Handles paper well. 1 2 3 4 5</p>",
            "<p><b>Order</b>: Decides where a box goes. 1 2 3 4 5</p>",
        ),
        TWO_OF_A_GUIDE,
    ),
    "a role-play beside the scorecard": Shape(
        page(
            "Archivist interview kit",
            "<h2>Role-play: the lost map (20 minutes)</h2><p>A reader asks.</p><p><b>Look for:</b></p>",
            listed("asks back"),
            "<h2>Scorecard</h2>",
            table("Skill|1|5", "Care|loses|restores"),
        ),
        {"Care": {1: "loses", 5: "restores"}},
        exercises=(("the lost map", ("asks back",)),),
    ),
    "credit as levels beside points": Shape(
        page(
            "Work sample grading guide",
            table("Criterion|Max points|No credit|Partial credit|Full credit", "Care|10|loses|keeps|restores"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}},
        assumed=True,
        warned=frozenset({"points_left_out"}),
    ),
    "numbered questions in bold above their levels": Shape(
        page(
            "Interview grading rubric",
            "<p><b>Q1. How do you lift a map?</b></p>" + table("Poor|Solid|Outstanding", "a|b|c"),
            "<p><b>Q2: Where is box 7?</b></p>" + table("Poor|Solid|Outstanding", "d|e|f"),
        ),
        {"How do you lift a map?": {1: "a", 3: "b", 5: "c"}, "Where is box 7?": {1: "d", 3: "e", 5: "f"}},
        assumed=True,
        warned=MAPPED,
    ),
    "subjects with their minutes": Shape(
        page(
            "Interview guide: archivist",
            "<h2>Care (20 minutes)</h2><ul><li>How do you lift a map?</li></ul>",
            "<h2>Order (15 min)</h2><h3>Walk me through a shelf.</h3><p><b>What good looks like</b></p>",
            listed("asks the index"),
        ),
        TWO_OF_A_GUIDE,
        questions={
            "Care": (("How do you lift a map?", "", ""),),
            "Order": (("Walk me through a shelf.", "", ""),),
        },
        strong=("asks the index",),
        warned=frozenset({"scorecard_missing"}),
    ),
    "levels with a definition of the competency and illustrations": Shape(
        page(
            "Structured interview",
            "<h2>Care</h2>",
            table(
                "Proficiency Level|Competency Definition|Proficiency Level Illustrations",
                "Level 5 - Expert|in hard cases|restores a map",
                "Level 1 - Aware|in simple cases|lifts a book",
            ),
        ),
        {"Care": {1: "in simple cases; lifts a book", 5: "in hard cases; restores a map"}},
    ),
    "behaviours with room for a score below their indicators": Shape(
        page(
            "Interview guide",
            "<h2>Behaviour 1: Care</h2><p><b>Positive indicators</b></p><ul><li>gloves</li></ul><p>Score: ____</p>",
            "<h2>Behaviour 2: Order</h2><p><b>Positive indicators</b></p><ul><li>index</li></ul><p>Score: ____</p>",
        ),
        TWO_OF_A_GUIDE,
        strong=("gloves", "index"),
    ),
    "levels of which the worst denies the best": Shape(
        page("Panel assessment form", table("Criterion|Not met|Partly met|Fully met|Comments", "Care|a|b|c|")),
        {"Care": {1: "a", 2: "b", 3: "c"}},
        assumed=True,
        warned=MAPPED,
    ),
    "scores with guidelines below a heading, as an oral board has them": Shape(
        page(
            "Oral interview: rater booklet",
            "<h2>Dimension A: Care</h2>" + table("Score|Guideline", "7-9|restores", "4-6|keeps", "1-3|loses"),
            "<h2>Dimension B: Order</h2>" + table("Score|Guideline", "7-9|maps", "4-6|sorts", "1-3|heaps"),
        ),
        {"Care": {1: "loses", 3: "keeps", 5: "restores"}, "Order": {1: "heaps", 3: "sorts", 5: "maps"}},
        assumed=True,
        warned=frozenset({"levels_mapped"}),
        scale=(1, 9),
    ),
    "questions in bold above room for a score": Shape(
        page(
            "Interview assessment record",
            "<p><b>1. Why maps?</b></p><p>Score (0-3): ____</p>",
            "<p><b>2. How would you explain exercises to readers?</b></p><p>Score (0-3): ____</p>",
        ),
        {"Why maps?": {}, "How would you explain exercises to readers?": {}},
        scale=(0, 3),
    ),
    "a trial shift": Shape(
        page("Trial shift assessment: archivist", table("What we check|Needs work|OK|Great", "Care|loses|keeps|mends")),
        {"Care": {1: "loses", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a German guide with weights in its headings and levels as points": Shape(
        page(
            "Interviewleitfaden Archiv",
            "<h2>1. Sorgfalt (Gewichtung 40 %)</h2>" + listed("5 Punkte: rettet", "1 Punkt: verliert"),
            "<h2>2. Ordnung (Gewichtung 60 %)</h2>" + listed("5 Punkte: ordnet", "1 Punkt: häuft"),
        ),
        {"Sorgfalt": {1: "verliert", 5: "rettet"}, "Ordnung": {1: "häuft", 5: "ordnet"}},
        weights={"Sorgfalt": 40, "Ordnung": 60},
        assumed=True,
        warned=frozenset({"points_left_out"}),
    ),
    "competency and question in one cell beside answers": Shape(
        page(
            "Competency interview guide",
            table(
                "Competency and question|Effective answers|Ineffective answers",
                "Care<br>How do you lift a map?|with both hands|does not know",
            ),
        ),
        {"Care": {}},
        questions={"Care": (("How do you lift a map?", "with both hands", "does not know"),)},
        warned=frozenset({"scorecard_missing"}),
    ),
    "a request to score answers, which are no dimensions": Shape(
        page(
            "Interview pack",
            "<h2>A torn map</h2><p>What would you do?</p><p><b>Good answer</b></p>" + listed("asks", "waits"),
            "<p><b>Poor answer</b></p>" + listed("tears on"),
            "<h2>Scoring</h2><p>Score each answer from 1 to 5.</p>",
        ),
        {"A torn map": {}},
        questions={"A torn map": (("What would you do?", "asks; waits", "tears on"),)},
        scale=(1, 5),
        warned=frozenset({"scorecard_missing"}),
    ),
    "marks below what makes an answer effective": Shape(
        page(
            "Interview board record",
            "<h2>Competence: Care</h2><p>Lead question: How do you lift a map?</p>"
            "<p><b>Effective indicators</b></p><ul><li>gloves</li></ul><p>Mark (1–7): ____</p>",
            "<h2>Competence: Order</h2><p>Lead question: Where is box 7?</p>"
            "<p><b>Effective indicators</b></p><ul><li>the index</li></ul><p>Mark (1–7): ____</p>",
        ),
        TWO_OF_A_GUIDE,
        scale=(1, 7),
        questions={
            "Care": (("How do you lift a map?", "gloves", ""),),
            "Order": (("Where is box 7?", "the index", ""),),
        },
    ),
    "thumbs": Shape(
        page("Interview marking sheet", table("Topic|👎|😐|👍", "Care|loses|keeps|mends")),
        {"Care": {1: "loses", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a German traffic light": Shape(
        page("Bewertungsbogen Archiv", table("Merkmal|rot|gelb|grün", "Sorgfalt|verliert|bewahrt|rettet")),
        {"Sorgfalt": {1: "verliert", 3: "bewahrt", 5: "rettet"}},
        assumed=True,
        warned=MAPPED,
    ),
    "questions that are counted in headings and asked below them": Shape(
        page(
            "Panel scoring template",
            "<h2>Question 1</h2><p>How do you lift a map?</p>" + table("1 Poor|3 Good", "a|b"),
            "<h2>Question 2</h2><p>Where is box 7?</p>" + table("1 Poor|3 Good", "c|d"),
        ),
        {"How do you lift a map?": {1: "a", 3: "b"}, "Where is box 7?": {1: "c", 3: "d"}},
    ),
    "weights behind a dash above levels": Shape(
        page(
            "Interview scorecard",
            "<h2>Care – 60%</h2>" + listed("1: loses", "5: mends"),
            "<h2>Order: weight 40 %</h2>" + listed("1: heaps", "5: maps"),
        ),
        {"Care": {1: "loses", 5: "mends"}, "Order": {1: "heaps", 5: "maps"}},
        weights={"Care": 60, "Order": 40},
    ),
    "items with the question that each answers": Shape(
        page(
            "Interview form",
            table("Item|Marks given", "Care – How well are maps handled?|", "Order – Is all of it found again?|"),
        ),
        TWO_OF_A_GUIDE,
        areas=("Care", "Order"),
    ),
    "what to ask behind a short label": Shape(
        page(
            "Interview guide: archivist",
            "<h2>Care</h2><p><b>Ask:</b> Tell me about a torn map.</p>",
            "<p><b>Strong:</b> paste</p><p><b>Weak:</b> tape</p>",
            "<h2>Order</h2><p><b>Ask:</b> Where is box 7?</p><p><b>Strong:</b> index</p><p><b>Weak:</b> shrugs</p>",
        ),
        TWO_OF_A_GUIDE,
        questions={
            "Care": (("Tell me about a torn map.", "paste", "tape"),),
            "Order": (("Where is box 7?", "index", "shrugs"),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "a red flag where the lowest level is missing": Shape(
        page("Interview rubric: archivist", table("Quality|Red flag|Okay|Great", "Care|drops|keeps|restores")),
        {"Care": {1: "drops", 3: "keeps", 5: "restores"}},
        assumed=True,
        warned=MAPPED,
    ),
    "red flags behind levels that have a lowest": Shape(
        page("Interview rubric: archivist", table("Quality|Poor|Great|Red flags", "Care|drops|restores|lies")),
        {"Care": {1: "drops", 5: "restores"}},
        assumed=True,
        red_flag=("lies",),
    ),
    "words of the makers' own": Shape(
        page("Interview rubric: archivist", table("Topic|Struggled|Some help|Decent|Nailed it", "Care|a|b|c|d")),
        {"Care": {1: "a", 2: "b", 3: "c", 5: "d"}},
        assumed=True,
        warned=MAPPED,
    ),
    "levels down below a long heading of their column": Shape(
        page(
            "Structured interview",
            "<h2>Competency: Care</h2>",
            table(
                "Benchmark level|Level definition|Level examples", "5 – Expert|restores|a map", "1 – Basic|keeps|a box"
            ),
        ),
        {"Care": {1: "keeps; a box", 5: "restores; a map"}},
    ),
    "a handbook that says interviewing": Shape(
        page(
            "Interviewing: archivist",
            "<h2>Competencies</h2><h3>Care</h3><p>Ask: <i>How do you lift a map?</i></p>",
            listed("<b>Strong:</b> gloves", "<b>Weak:</b> shrugs"),
            "<h3>Order</h3><p>Ask: <i>Where is box 7?</i></p>",
            listed("<b>Strong:</b> index", "<b>Weak:</b> guesses"),
        ),
        TWO_OF_A_GUIDE,
        questions={
            "Care": (("How do you lift a map?", "gloves", "shrugs"),),
            "Order": (("Where is box 7?", "index", "guesses"),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "points behind the items of a list that make a hundred": Shape(
        page("Interview scoring sheet", "<ol><li>Care (60 points)</li><li>Order (40 points)</li></ol>"),
        TWO_OF_A_GUIDE,
        weights={"Care": 60, "Order": 40},
        warned=frozenset({"points_as_weights"}),
    ),
    "a column of points that make a hundred": Shape(
        page(
            "Interview scoring sheet", table("Criterion|Points available|Given", "Care|60|", "Order|40|", "Total|100|")
        ),
        TWO_OF_A_GUIDE,
        weights={"Care": 60, "Order": 40},
        warned=frozenset({"points_as_weights"}),
    ),
    "a column of points that make no hundred": Shape(
        page("Interview scoring sheet", table("Criterion|Points available|Given", "Care|10|", "Order|5|")),
        TWO_OF_A_GUIDE,
        warned=frozenset({"points_left_out"}),
    ),
    "what good looks like below each question": Shape(
        page(
            "Interview guide: archivist",
            "<h2>Care</h2><p><b>Question:</b> Tell us about a torn map.</p><p><b>What good looks like</b></p>",
            listed("paste", "patience"),
            "<h2>Order</h2><p><b>Question:</b> Where is box 7?</p><p><b>What good looks like</b></p>",
            listed("index"),
        ),
        TWO_OF_A_GUIDE,
        questions={
            "Care": (("Tell us about a torn map.", "paste; patience", ""),),
            "Order": (("Where is box 7?", "index", ""),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "questions with levels of their own, the lowest of which is no weak signal": Shape(
        page(
            "Structured interview questions: archivist",
            "<h3>1. How do you lift a map?</h3>",
            listed("<b>Excellent:</b> gloves", "<b>Poor:</b> shrugs"),
            "<h3>2. Where is box 7?</h3>",
            listed("<b>Excellent:</b> index", "<b>Poor:</b> guesses"),
        ),
        {"How do you lift a map?": {1: "shrugs", 5: "gloves"}, "Where is box 7?": {1: "guesses", 5: "index"}},
        assumed=True,
        warned=MAPPED,
    ),
    "weights on a scale of their own": Shape(
        page("Interview score sheet", table("Criterion|Weight (1-5)|Score", "Care|3|", "Order|1|")),
        TWO_OF_A_GUIDE,
        weights={"Care": 75, "Order": 25},
        warned=frozenset({"weights_as_shares"}),
    ),
    "a coefficient": Shape(
        page("Grille d'évaluation", table("Critère|Coef.|Note", "Care|x3|", "Order|x2|")),
        TWO_OF_A_GUIDE,
        weights={"Care": 60, "Order": 40},
        warned=frozenset({"weights_as_shares"}),
    ),
    "a scale in a table without a header": Shape(
        page(
            "Interview scoring grid",
            table("0|no answer", "1|some points", "2|all points"),
            table("Criterion|Related question(s)|Score", "Care|How do you lift a map?|", "Order|Where is box 7?|"),
        ),
        TWO_OF_A_GUIDE,
        questions={"Care": (("How do you lift a map?", "", ""),), "Order": (("Where is box 7?", "", ""),)},
    ),
    "numbered rows below an empty first heading": Shape(
        page("Interview rating form", table("|Essential|Marks|Remarks", "1 Care|||", "2 Order|||", "TOTAL|||")),
        TWO_OF_A_GUIDE,
    ),
    "rows with a scale to tick and no header": Shape(
        page("Interview assessment form", bare_table("Care|1 2 3 4 5", "Order|1 2 3 4 5")),
        TWO_OF_A_GUIDE,
    ),
    "tables of one shape, of skills and of values": Shape(
        page(
            "Hiring scorecard",
            table("Skill|Score (1-5)|Evidence", "Care|[ ]/5|[what you saw]"),
            table("Value|Score (1-5)|Evidence", "<b>Order</b>: puts things back|[ ]/5|"),
        ),
        TWO_OF_A_GUIDE,
        scale=(1, 5),
        areas=("Order",),
    ),
    "nothing but flags beside each competency": Shape(
        page(
            "Interview guide: archivist",
            table("What we assess|Green flags|Red flags", "Care|gloves|tape", "Order|index|heaps"),
        ),
        TWO_OF_A_GUIDE,
        strong=("gloves", "index"),
        red_flag=("tape", "heaps"),
    ),
    "what we want to see, and what not": Shape(
        page(
            "Values scorecard",
            table("Value|What we like to see|What we don't want to see", "Care|mends|tears", "Order|sorts|heaps"),
        ),
        TWO_OF_A_GUIDE,
        strong=("mends", "sorts"),
        weak=("tears", "heaps"),
    ),
    "questions that are scored, with what to listen for": Shape(
        page(
            "Interview questions: archivist",
            table(
                "No.|Question|What to listen for|Score 0-5",
                "1|Where is box 7?|index|",
                "2|How do you lift a map?|gloves|",
            ),
        ),
        {"Where is box 7?": {}, "How do you lift a map?": {}},
        areas=("Where is box 7?", "How do you lift a map?"),
        scale=(0, 5),
        warned=frozenset({"scale_unsupported"}),
    ),
    "a German guide with described behaviour": Shape(
        page(
            "Interviewleitfaden: Archiv",
            "<h2>Anforderung 1: Care</h2>" + table("Punkte|Verhaltensbeschreibung", "5|rettet", "1|verliert"),
            "<h2>Anforderung 2: Order</h2>" + table("Punkte|Verhaltensbeschreibung", "5|ordnet", "1|stapelt"),
        ),
        {"Care": {1: "verliert", 5: "rettet"}, "Order": {1: "stapelt", 5: "ordnet"}},
    ),
    "a heading over levels whose cells lost their merging": Shape(
        page(
            "Interview assessment matrix",
            table("Criterion|Rating|||Notes", "|Low|Medium|High|", "Care|drops|keeps|mends|"),
        ),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "numbered questions in plain lines": Shape(
        page(
            "Interview questions and rubric",
            "<p>Question 1: Where is box 7?</p><p>5 – Strong: index</p><p>1 – Weak: guesses</p>",
            "<p>Question 2: How do you lift a map?</p><p>5 – Strong: gloves</p><p>1 – Weak: shrugs</p>",
        ),
        {"Where is box 7?": {1: "guesses", 5: "index"}, "How do you lift a map?": {1: "shrugs", 5: "gloves"}},
    ),
    "a form whose signals are still to be written": Shape(
        page(
            "Interview scorecard",
            table("Criterion|1|3|5", "Care|drops|keeps|mends"),
            "<h2>Strengths</h2>" + listed("…", "[what went well]") + "<h2>Concerns</h2>" + listed("____"),
        ),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}},
    ),
    "questions scored by numbered answers": Shape(
        page(
            "Interview scoring guide",
            table(
                "Question|Poor answer (1)|Average answer (3)|Excellent answer (5)", "Where is box 7?|shrugs|asks|index"
            ),
        ),
        {"Where is box 7?": {1: "shrugs", 3: "asks", 5: "index"}},
    ),
    "all levels in one cell, a line each": Shape(
        page(
            "Interview rubric: archivist",
            table("Criterion|Scale", "Care|1 – drops<br>3 – keeps<br>5 – mends", "Order|1 – heaps<br>5 – maps"),
        ),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}, "Order": {1: "heaps", 5: "maps"}},
    ),
    "degrees of a practical interview": Shape(
        page("Practical interview marking grid", table("Criterion|Fail|Pass|Merit|Distinction", "Care|a|b|c|d")),
        {"Care": {1: "a", 3: "b", 4: "c", 5: "d"}},
        assumed=True,
        warned=MAPPED,
    ),
    "the bar with its article, below each heading": Shape(
        page(
            "Hiring rubric",
            "<h2>Care</h2>" + table("Below the bar|At the bar|Above the bar", "drops|keeps|mends"),
            "<h2>Order</h2>" + table("Below the bar|At the bar|Above the bar", "heaps|sorts|maps"),
        ),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}, "Order": {1: "heaps", 3: "sorts", 5: "maps"}},
        assumed=True,
    ),
    "a word that is not known among levels is no name": Shape(
        page("Hiring rubric", "<h2>Care</h2>" + table("Below the bar|Fnord|Above the bar", "drops|keeps|mends")),
        {},
        warned=frozenset({"scorecard_missing"}),
    ),
    "sections of boxes to tick, of which each is scored": Shape(
        page(
            "Phone screen rubric",
            "<h2>Care</h2>" + listed("[ ] gloves", "[ ] paste"),
            "<h2>Order</h2>" + listed("[ ] index"),
            "<p>Score each section from 1 to 5.</p>",
        ),
        TWO_OF_A_GUIDE,
        scale=(1, 5),
    ),
    "counted questions with room for a score": Shape(
        page(
            "Interview question sheet",
            "<h3>Question 1</h3><p>Where is box 7?</p><p><b>Expected points</b></p>" + listed("index"),
            "<p>Score (1-5): ____</p><h3>Question 2</h3><p>How do you lift a map?</p>",
            "<p><b>Expected points</b></p>" + listed("gloves") + "<p>Score (1-5): ____</p>",
        ),
        {"Where is box 7?": {}, "How do you lift a map?": {}},
        scale=(1, 5),
        strong=("index", "gloves"),
    ),
    "counted questions below which a heading says what is expected": Shape(
        page(
            "Interview question sheet",
            "<h2>Question 1</h2><p>Where is box 7?</p><h3>Key points</h3>"
            + listed("index")
            + "<p>Score (1-5): ____</p>",
            "<h2>Question 2</h2><p>How do you lift a map?</p><h3>Key points</h3>"
            + listed("gloves")
            + "<p>Score (1-5): ____</p>",
        ),
        {"Where is box 7?": {}, "How do you lift a map?": {}},
        scale=(1, 5),
        strong=("index", "gloves"),
    ),
    "weights that are called so in headings": Shape(
        page(
            "Interview scorecard",
            "<h3>Care (weight 60)</h3>" + listed("1 – drops", "5 – mends"),
            "<h3>Order (weight: 40)</h3>" + listed("1 – heaps", "5 – maps"),
        ),
        {"Care": {1: "drops", 5: "mends"}, "Order": {1: "heaps", 5: "maps"}},
        weights={"Care": 60, "Order": 40},
    ),
    "questions with room for a score behind them": Shape(
        page(
            "Interview form", "<ol><li>Where is box 7? Score: __/5</li><li>How do you lift a map? Score: __/5</li></ol>"
        ),
        {"Where is box 7?": {}, "How do you lift a map?": {}},
        scale=None,
    ),
    "thumbs in words": Shape(
        page("Interview feedback form", table("Attribute|Thumbs down|Neutral|Thumbs up", "Care|drops|keeps|mends")),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "points in a list that make no hundred": Shape(
        page("Scoring sheet", listed("Care (20 points)", "Order (10 points)")),
        TWO_OF_A_GUIDE,
        warned=frozenset({"points_left_out"}),
    ),
}


@pytest.fixture(scope="module", params=SHAPES, ids=str)
def found(request: pytest.FixtureRequest) -> tuple[Shape, ImportPlan]:
    shape = SHAPES[request.param]
    return shape, plan_of(shape.markup)


def test_dimensions_with_weights_and_wording(found: tuple[Shape, ImportPlan]):
    shape, plan = found

    assert {row.name: row.anchors for row in plan.dimensions} == shape.dimensions
    assert {row.name: row.weight for row in plan.dimensions if row.weight is not None} == shape.weights


def test_what_is_our_reading_says_so(found: tuple[Shape, ImportPlan]):
    shape, plan = found
    codes = {row.code for row in plan.warnings}

    assert plan.levels_assumed is shape.assumed
    assert shape.warned <= codes
    assert plan.scale == (shape.scale and {"min": shape.scale[0], "max": shape.scale[1]})


def test_exercises_signals_and_areas(found: tuple[Shape, ImportPlan]):
    shape, plan = found

    assert (plan.strong, plan.weak, plan.red_flag) == (shape.strong, shape.weak, shape.red_flag)
    assert tuple((row.title, row.look_for) for row in plan.exercises) == shape.exercises
    assert tuple(row.name for row in plan.focus_areas) == shape.areas


def test_questions_stand_with_what_they_are_about(found: tuple[Shape, ImportPlan]):
    shape, plan = found
    asked = {}
    for row in plan.dimensions:
        if row.questions:
            asked[row.name] = tuple((question.text, question.strong, question.weak) for question in row.questions)

    assert asked == shape.questions
