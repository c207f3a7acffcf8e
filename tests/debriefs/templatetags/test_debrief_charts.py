"""What the debrief's page takes from the sheet: counts of recommendations, reasons."""

from debriefs.facts import DecisionFact
from debriefs.templatetags.debrief_charts import dot_line, profile_chart, reasons, recommended
from tests.debriefs.facts import MOMENT, card, dimension, scored, sheet_of


def test_recommendations_come_from_worst_to_best_in_words():
    sheet = sheet_of([], [card(1), card(2, recommendation="strong_no")])

    assert recommended(sheet) == [("Strong no", 1), ("No", 0), ("Yes", 1), ("Strong yes", 0)]


def test_reasons_stand_in_the_order_of_the_rubric_and_only_where_one_is_given():
    given = DecisionFact("hire", "", "Ruth", MOMENT, "", "", "", {"c": "Third", "a": "First"})
    sheet = sheet_of([dimension("a"), dimension("b"), dimension("c")], [])

    assert reasons(sheet, given) == [("A", "First"), ("C", "Third")]


def test_pictures_are_safe_to_print_and_escape_names():
    sheet = sheet_of([dimension("<b>")], [])

    for picture in (profile_chart(sheet), dot_line(scored(2, 3, 4).dimensions[0])):
        assert picture.__html__() == picture
        assert "<b>" not in picture.lower()
