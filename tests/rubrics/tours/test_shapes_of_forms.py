"""Further shapes of scorecards and interview forms, each rebuilt small in our own words and read whole."""

import pytest

from tests.rubrics.role_documents import bare_table, plan_of, table
from tests.rubrics.tours.test_published_shapes import MAPPED, Shape, listed, page

CARE_AND_ORDER = {
    "Care": {1: "drops", 3: "keeps", 5: "mends"},
    "Order": {1: "heaps", 3: "sorts", 5: "maps"},
}
NAMES: dict[str, dict[int, str]] = {"Care": {}, "Order": {}}
FROM_LAYOUT = frozenset({"dimensions_from_layout"})
SPANNING = (
    "<table><tr><th colspan=3>Care</th></tr><tr><td>Low (1)</td><td>Medium (3)</td><td>High (5)</td></tr>"
    "<tr><td>drops</td><td>keeps</td><td>mends</td></tr></table>"
)

SHAPES = {
    "headings of levels above lists of dimensions": Shape(
        page(
            "Interview rubric: archivist",
            "<h2>Exceeds expectations</h2>" + listed("<b>Care:</b> mends", "<b>Order:</b> maps"),
            "<h2>Meets expectations</h2>" + listed("<b>Care:</b> keeps", "<b>Order:</b> sorts"),
            "<h2>Below expectations</h2>" + listed("<b>Care:</b> drops", "<b>Order:</b> heaps"),
        ),
        CARE_AND_ORDER,
        assumed=True,
    ),
    "headings of levels above headings of dimensions": Shape(
        page(
            "Interview scoring guide",
            "<h2>1 - Poor</h2><h3>Care</h3><p>drops</p><h3>Order</h3><p>heaps</p>",
            "<h2>3 - Fair</h2><h3>Care</h3><p>keeps</p><h3>Order</h3><p>sorts</p>",
            "<h2>5 - Superb</h2><h3>Care</h3><p>mends</p><h3>Order</h3><p>maps</p>",
        ),
        CARE_AND_ORDER,
    ),
    "bold words of hiring above lines of dimensions": Shape(
        page(
            "Hiring rubric",
            "<p><b>Strong hire</b></p><p>Care: mends</p><p>Order: maps</p>",
            "<p><b>Hire</b></p><p>Care: keeps</p><p>Order: sorts</p>",
            "<p><b>No hire</b></p><p>Care: drops</p><p>Order: heaps</p>",
        ),
        CARE_AND_ORDER,
        assumed=True,
        warned=MAPPED,
    ),
    "one heading over the texts of several tables of levels": Shape(
        page(
            "Scoring rubric",
            "<h2>Care</h2>" + table("Score|Tokens", "5|mends", "3|keeps", "1|drops"),
            "<h2>Order</h2>" + table("Score|Tokens", "5|maps", "3|sorts", "1|heaps"),
        ),
        CARE_AND_ORDER,
    ),
    "a scale below the title, and room for a score below each heading": Shape(
        page(
            "Interview rubric",
            listed("<b>1</b> – Poor", "<b>3</b> – Fair", "<b>5</b> – Superb"),
            "<h2>Care</h2><p><b>Score (1–5):</b></p>" + listed("Were maps mended?"),
            "<h2>Order</h2><p><b>Score (1–5):</b></p>" + listed("Was box 7 found?"),
        ),
        NAMES,
        scale=(1, 5),
        questions={"Care": (("Were maps mended?", "", ""),), "Order": (("Was box 7 found?", "", ""),)},
        warned=frozenset({"scorecard_missing"}),
    ),
    "counted questions with what each is about below them": Shape(
        page(
            "Structured interview guide",
            "<h2>Question 1</h2><p>What do you do with a torn map?</p><p><b>Competency:</b> Care</p>",
            listed("5 points: mends", "3 points: keeps", "1 point: drops"),
            "<h2>Question 2</h2><p>Where does it go?</p><p><b>Competency:</b> Order</p>",
            listed("5 points: maps", "3 points: sorts", "1 point: heaps"),
        ),
        CARE_AND_ORDER,
        assumed=True,
        questions={
            "Care": (("What do you do with a torn map?", "", ""),),
            "Order": (("Where does it go?", "", ""),),
        },
        warned=frozenset({"points_left_out"}),
    ),
    "counted questions with weights, and numbered words that nobody knows": Shape(
        page(
            "Oral board rating guide",
            "<h2>Question 1 (Weight: 40%)</h2><p>What of a torn map?</p>",
            "<p><b>Superior (5):</b> mends</p><p><b>Fnord (1):</b> drops</p>",
            "<h2>Question 2 (Weight: 60%)</h2><p>Where does it go?</p>",
            "<p><b>Superior (5):</b> maps</p><p><b>Fnord (1):</b> heaps</p>",
        ),
        {"What of a torn map?": {1: "drops", 5: "mends"}, "Where does it go?": {1: "heaps", 5: "maps"}},
        weights={"What of a torn map?": 40, "Where does it go?": 60},
    ),
    "pictures as levels": Shape(
        page("Interview scorecard", "<h3>Care</h3><p>🔴 drops</p><p>🟡 keeps</p><p>🟢 mends</p>"),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "levels in one paragraph": Shape(
        page(
            "Interview assessment guide",
            "<h2>Care</h2><p>3 = mends with paste; 2 = keeps it flat; 1 = drops it</p>",
            "<h2>Order</h2><p>3 = maps the room; 2 = sorts by year; 1 = heaps it up</p>",
        ),
        {
            "Care": {1: "drops it", 2: "keeps it flat", 3: "mends with paste"},
            "Order": {1: "heaps it up", 2: "sorts by year", 3: "maps the room"},
        },
    ),
    "job grades below each heading": Shape(
        page(
            "Interview rubric",
            "<h2>Care</h2>" + listed("<b>Junior:</b> a", "<b>Mid:</b> b", "<b>Senior:</b> c"),
            "<h2>Order</h2>" + listed("<b>Junior:</b> a", "<b>Mid:</b> b", "<b>Senior:</b> c"),
        ),
        NAMES,
        warned=frozenset({"job_grades"}),
    ),
    "columns of years": Shape(
        page(
            "Interview evaluation sheet", table("Criterion|0-1 years|2-4 years|5+ years", "Care|a|b|c", "Order|a|b|c")
        ),
        NAMES,
        warned=frozenset({"columns_of_times"}),
    ),
    "a list to tick whose first heading is a level's word": Shape(
        page("Trial shift assessment", table("Observed|Yes|No|Comments", "Care|☐|☐|", "Order|☐|☐|")),
        NAMES,
        assumed=True,
    ),
    "boxes in brackets below what to look for": Shape(
        page(
            "Interview feedback form",
            "<p><b>Care</b></p><p>What to look for: gloves, paste</p><p>[ ] Poor [ ] Fair [ ] Good</p>",
            "<p><b>Order</b></p><p>What to look for: an index</p><p>[ ] Poor [ ] Fair [ ] Good</p>",
            "<p><b>Overall recommendation</b></p><p>[ ] Hire [ ] No hire</p>",
        ),
        NAMES,
        warned=FROM_LAYOUT,
    ),
    "several scales below one heading, each below its own line": Shape(
        page(
            "Scorecard",
            "<h2>Skills</h2><p>Care</p><p>☐ No ☐ Yes ☐ Strong yes</p><p>Order</p><p>☐ No ☐ Yes ☐ Strong yes</p>",
            "<h2>Overall recommendation</h2><p>☐ No ☐ Yes ☐ Strong yes</p>",
        ),
        NAMES,
        warned=FROM_LAYOUT,
    ),
    "marks to circle behind dots": Shape(
        page("Interview assessment record", "<ol><li>Care ........ A B C D</li><li>Order ........ A B C D</li></ol>"),
        NAMES,
        warned=FROM_LAYOUT,
    ),
    "requirements before the list that is to be rated": Shape(
        page(
            "Interview scorecard",
            "<p><b>Must have</b></p>" + listed("Reads German", "Lifts boxes"),
            "<p><b>Rate each from 1 to 5</b></p>" + listed("Care", "Order"),
        ),
        NAMES,
        scale=(1, 5),
        warned=FROM_LAYOUT,
    ),
    "two columns of which one denies the other": Shape(
        page(
            "Culture interview guide",
            table("Value|Sounds like|Doesn't sound like", "Care|gloves|tape", "Order|index|heaps"),
        ),
        NAMES,
        strong=("gloves", "index"),
        weak=("tape", "heaps"),
    ),
    "evidence for and against": Shape(
        page(
            "Interview kit",
            "<h2>Care</h2><p><b>Ask:</b> What of a torn map?</p><p><b>Evidence for:</b></p>" + listed("paste"),
            "<p><b>Evidence against:</b></p>" + listed("tape"),
            "<h2>Order</h2><p><b>Ask:</b> Where is box 7?</p><p><b>Evidence for:</b></p>" + listed("index"),
            "<p><b>Evidence against:</b></p>" + listed("shrugs"),
        ),
        NAMES,
        questions={
            "Care": (("What of a torn map?", "paste", "tape"),),
            "Order": (("Where is box 7?", "index", "shrugs"),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "questions with model answers that are scored one by one": Shape(
        page(
            "Panel interview questions",
            table(
                "No|Question|Model answer|Max score|Score (0-5)",
                "1|What of a torn map?|paste|5|",
                "2|Where to?|index|5|",
            ),
        ),
        {"What of a torn map?": {}, "Where to?": {}},
        scale=(0, 5),
        questions={
            "What of a torn map?": (("What of a torn map?", "paste", ""),),
            "Where to?": (("Where to?", "index", ""),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "answers with points in the headings of columns": Shape(
        page(
            "Interview scoring grid",
            table(
                "Interview question|Strong answer (3 points)|Average answer (2 points)|Weak answer (1 point)",
                "Where to?|a|b|c",
            ),
        ),
        {"Where to?": {1: "c", 3: "b", 5: "a"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a scale of three columns without a header": Shape(
        page(
            "Interview evaluation form",
            bare_table("3|Good|far above", "2|Fair|as needed", "1|Poor|below"),
            table("Criteria|Rating|Comments", "Care|1 2 3|", "Order|1 2 3|", "Overall impression|1 2 3|"),
        ),
        NAMES,
    ),
    "three rows for each dimension": Shape(
        page("Interview rating sheets", SPANNING + SPANNING.replace("Care", "Order")),
        {"Care": CARE_AND_ORDER["Care"], "Order": CARE_AND_ORDER["Care"]},
    ),
    "small whole numbers as weights, the last of which is the sum of the others": Shape(
        page("Selection matrix", table("Criterion|Weighting|Score", "Care|2|", "Tact|3|", "Order|5|")),
        {"Care": {}, "Tact": {}, "Order": {}},
        weights={"Care": 20, "Tact": 30, "Order": 50},
        warned=frozenset({"weights_as_shares"}),
    ),
    "candidates down and criteria across": Shape(
        page(
            "Candidate scoring grid",
            table("Candidate|Care (60%)|Order (40%)|Total", "Candidate 1|4|3|3.6", "Candidate 2|5|5|5"),
        ),
        NAMES,
        weights={"Care": 60, "Order": 40},
        warned=frozenset({"rows_of_people"}),
    ),
    "a low word behind a heading that is not known": Shape(
        page("Selection rubric", table("Domain|Emerging|Proficient|Distinguished", "Care|drops|keeps|mends")),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a legend that calls the lowest number best": Shape(
        page(
            "Lesson observation form for interviews",
            "<p>1 = outstanding, 2 = good, 3 = poor</p>" + table("Aspect|1|2|3", "Care|mends|keeps|drops"),
        ),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}},
        assumed=True,
        scale=(1, 3),
        warned=frozenset({"scale_reversed"}),
    ),
    "a bold name with its definition above a list of levels": Shape(
        page(
            "Portfolio review rubric",
            "<p><b>Care</b> — how maps are handled.</p>" + listed("Poor: drops", "Fair: keeps", "Superb: mends"),
            "<p><b>Order</b> — how they are found.</p>" + listed("Poor: heaps", "Fair: sorts", "Superb: maps"),
        ),
        {"Care": {1: "drops", 3: "keeps", 5: "mends"}, "Order": {1: "heaps", 3: "sorts", 5: "maps"}},
        assumed=True,
        warned=MAPPED,
    ),
    "scenarios with points behind their bold names": Shape(
        page(
            "Interview scoring sheet",
            "<p><b>Scenario 1: A map is torn.</b> (max 4 points)</p>"
            + listed("☐ gloves", "☐ paste")
            + "<p>Score: ___ / 4</p>",
            "<p><b>Scenario 2: A box is lost.</b> (max 2 points)</p>" + listed("☐ index") + "<p>Score: ___ / 2</p>",
        ),
        {"A map is torn.": {}, "A box is lost.": {}},
        warned=FROM_LAYOUT,
    ),
    "stations whose points make a hundred": Shape(
        page(
            "Trial scorecard",
            table("Station|Time|What we score|Points", "Care|20 min|paste|60", "Order|9 min|index|40"),
        ),
        NAMES,
        weights={"Care": 60, "Order": 40},
        areas=("Care", "Order"),
        warned=frozenset({"points_as_weights"}),
    ),
    "lines in frames of dashes with a placeholder for the score": Shape(
        page(
            "Interview scorecard",
            "<p>--- RATING SCALE ---</p><p>1 = Poor - gaps</p><p>5 = Superb - lifts us</p>",
            "<p>--- COMPETENCY 1: Care ---</p><p>How maps are handled.</p><p>Rating: [1-5]</p>",
            "<p>--- COMPETENCY 2: Order ---</p><p>How they are found.</p><p>Rating: [1-5]</p>",
        ),
        NAMES,
        warned=FROM_LAYOUT,
    ),
    "what good looks like, with a row for the whole": Shape(
        page(
            "Interview scorecard",
            table(
                "Competency|What good looks like|Rating 1-5|Notes",
                "Care|gloves||",
                "Order|index||",
                "Overall recommendation|yes or no||",
            ),
        ),
        NAMES,
        scale=(1, 5),
        areas=("Care", "Order"),
    ),
    "subjects with questions and look-fors below a scale": Shape(
        page(
            "Interview scoring rubric",
            "<h2>Scoring scale</h2>" + table("Score|Label|Definition", "2|Hire|sure", "1|No hire|unsure"),
            "<h2>Questions</h2><h3>Care</h3><p>Sample questions:</p>" + listed('"What of a torn map?"'),
            "<p><b>What to look for:</b></p>" + listed("paste", "gloves"),
            "<h3>Order</h3><p>Sample questions:</p>" + listed('"Where is box 7?"'),
            "<p><b>What to look for:</b></p>" + listed("index"),
            "<h2>Checklist</h2>" + listed("Score within a day"),
        ),
        NAMES,
        questions={
            "Care": (('"What of a torn map?"', "paste; gloves", ""),),
            "Order": (('"Where is box 7?"', "index", ""),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "bands of points beside words of which one alone is the bar's": Shape(
        page(
            "Interview rating guide",
            table("|Beyond our level 9-10 points|Our level 6-8 points|Below our level 0-5 points", "Care|a|b|c"),
        ),
        {"Care": {1: "c", 3: "b", 5: "a"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a marking sheet whose title names an exercise": Shape(
        page(
            "Marking sheet: group exercise",
            table(
                "Competency|Positive indicators|Negative indicators|Mark out of 5",
                "Care|gloves|tape|",
                "Order|index|heaps|",
            ),
        ),
        NAMES,
        strong=("gloves", "index"),
        weak=("tape", "heaps"),
    ),
    "a scale with its heading behind an answer that is expected": Shape(
        page(
            "Guide d'entretien",
            "<h2>Compétence 1 : Care</h2><p>Soin des cartes.</p><p>Niveau : 1 2 3 4</p>",
            "<h2>Compétence 2 : Order</h2><p>Ordre des cartes.</p><p>Niveau : 1 2 3 4</p>",
        ),
        NAMES,
        warned=FROM_LAYOUT,
    ),
    "names in lists of their own above lists of levels": Shape(
        page(
            "Interview rating guide",
            listed("Care") + listed("High: mends", "Medium: keeps", "Low: drops"),
            listed("Order") + listed("High: maps", "Medium: sorts", "Low: heaps"),
        ),
        CARE_AND_ORDER,
        assumed=True,
        warned=MAPPED,
    ),
    "words of levels with what they are worth in percent": Shape(
        page(
            "Teaching rubric for interviews",
            table("Criteria|Excellent (90-100%)|Good (75-89%)|Fair (60-74%)|Poor (below 60%)", "Care|a|b|c|d"),
        ),
        {"Care": {1: "d", 2: "c", 4: "b", 5: "a"}},
        assumed=True,
        warned=MAPPED,
    ),
    "a card of levels for each competency": Shape(
        page(
            "Interview scorecards",
            bare_table("Competency|Care", "1|drops", "3|keeps", "5|mends") + "<p>Next</p>",
            bare_table("Competency|Order", "1|heaps", "3|sorts", "5|maps"),
        ),
        CARE_AND_ORDER,
    ),
    "a card of questions for each competency": Shape(
        page(
            "Interview guide cards",
            bare_table("Competency|Care", "Question|A torn map?", "Good answer|paste", "Poor answer|tape"),
            bare_table("Competency|Order", "Question|Box 7?", "Good answer|index", "Poor answer|shrugs"),
        ),
        NAMES,
        questions={
            "Care": (("A torn map?", "paste", "tape"),),
            "Order": (("Box 7?", "index", "shrugs"),),
        },
        warned=frozenset({"scorecard_missing"}),
    ),
    "bold numbers before questions": Shape(
        page(
            "Interview scoring guide",
            "<p><b>Question 1.</b> What of a torn map?</p><p>3 – mends</p><p>1 – drops</p>",
            "<p><b>Question 2.</b> Where is box 7?</p><p>3 – maps</p><p>1 – heaps</p>",
        ),
        {"What of a torn map?": {1: "drops", 3: "mends"}, "Where is box 7?": {1: "heaps", 3: "maps"}},
    ),
    "questions in a list with room for a score below each": Shape(
        page(
            "Interview questions",
            "<ol><li>What of a torn map?<ul><li>Look for: paste</li><li>Score (1-5): ___</li></ul></li>"
            "<li>Where is box 7?<ul><li>Look for: index</li><li>Score (1-5): ___</li></ul></li></ol>",
        ),
        {"What of a torn map?": {}, "Where is box 7?": {}},
        scale=(1, 5),
        strong=("paste", "index"),
        warned=FROM_LAYOUT,
    ),
    "a word above the bar that is not exceeding it, with levels down": Shape(
        page(
            "Hiring rubric",
            table("|Care|Order", "Bar raiser|mends|maps", "Meets bar|keeps|sorts", "Below bar|drops|heaps"),
        ),
        CARE_AND_ORDER,
        assumed=True,
        warned=MAPPED,
    ),
    "levels to choose from, parted by strokes": Shape(
        page(
            "Interview assessment",
            "<p><b>Care:</b> Poor / Fair / Good</p><p><b>Order:</b> Poor / Fair / Good</p>",
            "<p><b>Recommendation:</b> Hire / Do not hire</p>",
        ),
        NAMES,
        warned=FROM_LAYOUT,
    ),
    "how we will interview, with signs of what is assessed": Shape(
        page(
            "Role description: archivist",
            "<h2>Purpose of the role</h2><p>Keeps maps.</p><h2>Responsibilities</h2>" + listed("Maps"),
            "<h2>How we will interview</h2>",
            table("What we assess|How|Strong|Weak", "Care|a task|gloves|tape", "Order|a talk|index|heaps"),
        ),
        NAMES,
        strong=("gloves", "index"),
        weak=("tape", "heaps"),
    ),
    "a table of weights, and levels below headings of its names": Shape(
        page(
            "Interview scorecard",
            table("Competency|Weight", "Care|60%", "Order|40%"),
            "<h2>Care</h2>" + listed("<b>1:</b> drops", "<b>3:</b> keeps", "<b>5:</b> mends"),
            "<h2>Order</h2>" + listed("<b>1:</b> heaps", "<b>3:</b> sorts", "<b>5:</b> maps"),
        ),
        CARE_AND_ORDER,
        weights={"Care": 60, "Order": 40},
    ),
    "counted questions over levels in columns": Shape(
        page(
            "Interview rubric",
            "<table><tr><td colspan=2>Question 1: What of a torn map?</td></tr><tr><td>1</td><td>2</td></tr>"
            "<tr><td>drops</td><td>mends</td></tr><tr><td colspan=2>Question 2: Where to?</td></tr>"
            "<tr><td>1</td><td>2</td></tr><tr><td>heaps</td><td>maps</td></tr></table>",
        ),
        {"What of a torn map?": {1: "drops", 2: "mends"}, "Where to?": {1: "heaps", 2: "maps"}},
    ),
    "what is specified, beside a question about it": Shape(
        page(
            "Interview assessment form",
            table("Person specification|Question|Mark 0-3", "Care|What of a torn map?|", "Order|Where is box 7?|"),
        ),
        NAMES,
        scale=(0, 3),
        questions={"Care": (("What of a torn map?", "", ""),), "Order": (("Where is box 7?", "", ""),)},
    ),
    "rows that letters count": Shape(
        page(
            "Interview rating form", table("Competency|1|3|5", "A. Care|drops|keeps|mends", "B. Order|heaps|sorts|maps")
        ),
        CARE_AND_ORDER,
    ),
    "questions to say yes or no to before the ratings": Shape(
        page(
            "Telephone interview form",
            table("Question|Yes|No", "Do you have a licence?|☐|☐") + table("Attribute|1|2|3", "Care|||", "Order|||"),
        ),
        NAMES,
        scale=(1, 3),
        warned=frozenset({"scorecard_table_unread"}),
    ),
    "German questions counted above points": Shape(
        page(
            "Interviewleitfaden",
            "<h3>Frage 1: Was tun bei Rissen?</h3>" + listed("1 Punkt: a", "3 Punkte: b", "5 Punkte: c"),
            "<h3>Frage 2: Wo ist Kiste 7?</h3>" + listed("1 Punkt: a", "3 Punkte: b", "5 Punkte: c"),
        ),
        {"Was tun bei Rissen?": {1: "a", 3: "b", 5: "c"}, "Wo ist Kiste 7?": {1: "a", 3: "b", 5: "c"}},
        assumed=True,
        warned=frozenset({"levels_mapped"}),
    ),
    "labelled lines that name what is rated": Shape(
        page(
            "Interview feedback template",
            "<p><b>Competency being assessed:</b> Care</p><p><b>Rating:</b> 1 2 3 4 5</p>",
            "<p><b>Competency being assessed:</b> Order</p><p><b>Rating:</b> 1 2 3 4 5</p>",
        ),
        NAMES,
        warned=FROM_LAYOUT,
    ),
    "rows of the form below its ratings": Shape(
        page(
            "Candidate interview evaluation",
            table("Area|Score|Remarks", "Care||", "Order||", "Hire? (Y/N)||", "Interviewer signature||"),
        ),
        NAMES,
    ),
    "a level that only one dimension lacks": Shape(
        page(
            "Interview rubric",
            "<h2>Care</h2>" + listed("1 – drops", "3 – keeps", "5 – mends"),
            "<h2>Tact</h2>" + listed("1 – rude", "3 – calm", "5 – kind"),
            "<h2>Order</h2>" + listed("1 – heaps", "5 – maps"),
        ),
        {"Care": CARE_AND_ORDER["Care"], "Tact": {1: "rude", 3: "calm", 5: "kind"}, "Order": {1: "heaps", 5: "maps"}},
        warned=frozenset({"levels_uneven"}),
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_shape_is_read_whole(name: str):
    shape = SHAPES[name]

    plan = plan_of(shape.markup)

    assert {row.name: row.anchors for row in plan.dimensions} == shape.dimensions
    assert {row.name: row.weight for row in plan.dimensions if row.weight is not None} == shape.weights
    assert shape.warned <= {row.code for row in plan.warnings}
    assert plan.levels_assumed is shape.assumed
    assert plan.scale == (shape.scale and {"min": shape.scale[0], "max": shape.scale[1]}) or shape.scale is None
    assert (plan.strong, plan.weak, plan.red_flag) == (shape.strong, shape.weak, shape.red_flag)
    if shape.areas:
        assert tuple(row.name for row in plan.focus_areas) == shape.areas
    asked = {}
    for row in plan.dimensions:
        asked[row.name] = tuple((question.text, question.strong, question.weak) for question in row.questions)
    assert {dimension: found for dimension, found in asked.items() if found} == shape.questions
