"""The lines of a list of words: how they are read, and what they find."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.phrases import Unreadable, find, read_list, readable_part


def found(lines: str, text: str, **more) -> list[str]:
    """The words that such a list finds in the text."""
    return [hit.words for hit in find(text, {"xx": read_list(lines)}, **more)]


@pytest.mark.parametrize(
    ("lines", "text", "words"),
    [
        ("age", "Asked for her Age.", ["Age"]),
        ("age", "A manager of agents", []),
        ("agen*", "A manager of agents", ["agents"]),
        ("*stuhl*", "Mit dem Rollstuhlfahrer", ["Rollstuhlfahrer"]),
        ("*ism", "Ageism is one, schismatic not", ["Ageism"]),
        ("mother of two", "A mother-of-two, she said", ["mother-of-two"]),
        ("too old/young for", "Way too young for us", ["too young for"]),
        ("is (very) tall", "He is tall and is very tall", ["is tall", "is very tall"]),
        ("her ... wedding", "Planned her very big wedding", ["her very big wedding"]),
        ("her ... wedding", "Her aim was a very big wedding", []),
        ("she is ##", "She is 58, she is 5, she is 580", ["She is 58"]),
        ("Krebs", "Krebs, krebs", ["Krebs"]),
        ("@who = he she\n@who is deaf", "He is deaf, it is deaf", ["He is deaf"]),
        ("# age\nkids, twins", "Age, kids and twins", ["kids", "twins"]),
        ("her wife\nher wife left", "When her wife left", ["her wife left"]),
        ("wife left", "Saw his wife. Left early", []),
        ("l'âge", "L’âge compte", ["L’âge"]),
        ("宗教", "彼の宗教について話した", ["彼の宗教について話した"]),
        ("| single |", "Single, no ties, as a single point", ["Single"]),
        ("| only ##", "Only 19, and it tested only 19", ["Only 19"]),
        ("only ## |", "Is only 19, ran only 19 times", ["only 19"]),
        ("! due in june, kids", "Due in June, has kids", ["Due in June", "kids"]),
    ],
)
def test_an_entry_finds(lines, text, words):
    assert found(lines, text) == words


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("accent\n- accent colo*", "Chose the accent colour"),
        ("children\n- children of a *", "The children of a node"),
        ("age\n- @thing ... age", "Its age"),
    ],
)
def test_what_an_exception_covers_is_silent(lines, text):
    assert found("@thing = its cache\n" + lines, text) == []
    assert found("@thing = its cache\n" + lines, "An accent, an age, two children") != []


@pytest.mark.parametrize(
    "text", ["Explained bad knees to patients", "Ran a lesson on bad knees", "Fixed the bug, a bug of bad knees"]
)
def test_a_sure_entry_counts_beside_others_and_work(text):
    sure, open_to_doubt = read_list("! bad knees\n~ bug"), read_list("bad knees, knees\n~ bug")

    assert [hit.words for hit in find(text, {"en": sure})] == ["bad knees"]
    assert len(find("Has bad knees", {"en": open_to_doubt})) == 1
    assert find("Explained bad knees to patients", {"en": open_to_doubt}) == []


def test_a_sure_entry_leaves_the_words_of_another_as_they_were():
    assert found("! spoke of her pregnancy\nher pregnancy", "Spoke of her pregnancy") == ["her pregnancy"]


def test_an_exception_silences_a_sure_entry_as_well():
    assert found("! bad knees\n- bad knees of a *", "The bad knees of a horse") == []


def test_an_exception_that_is_a_part_of_a_sure_entry_leaves_it_alone():
    words = "! would the clients accept her\nclients\n- the clients"

    assert found(words, "Would the clients accept her") == ["Would the clients accept her"]
    assert found(words, "The clients") == []


@pytest.mark.parametrize("exception", ["bad knees", "knees of a horse", "has bad knees"])
def test_an_exception_silences_a_sure_entry_that_says_no_more_than_it(exception):
    assert found(f"! bad knees\n- {exception}", "Has bad knees of a horse") == []


def test_a_name_inside_a_sure_entry_is_spared():
    hits = find("Said Christian was ill", {"en": read_list("! christian was ill")}, names=["Christian Roe"])

    assert hits == []


def test_a_word_of_several_that_may_follow_is_found_beside_one_that_is_begun():
    assert found("very old/age*", "Very old, very aged, very odd") == ["Very old", "very aged"]


def test_an_exception_may_ask_for_an_edge():
    assert found("single\n- single sign |", "A single sign, a single sign of life") == ["single"]


def test_an_exception_counts_in_every_list():
    lists = {"aa": read_list("accent"), "bb": read_list("- accent mark*")}

    assert find("The accent marks", lists) == []
    assert [hit.language for hit in find("The accent", lists)] == ["aa"]


def test_an_exception_counts_only_where_its_language_may_be_spoken():
    lists = {"en": read_list("chapel"), "fr": read_list("- chapel")}

    assert find("chapel", lists) == []
    assert [hit.words for hit in find("He is from the chapel", lists)] == ["chapel"]


def test_letters_of_a_language_tell_it_like_its_small_words():
    lists = {"en": read_list("chapel"), "de": read_list("- chapel")}

    assert find("chapel", lists) == []
    assert find("grüne chapel, schön", {"en": lists["en"]}) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Talked of a divorce", ["divorce"]),
        ("A divorce of cache and database", []),
        ("His divorce and the database", ["His divorce"]),
        ("A hearing aid, I think", ["hearing aid"]),
        ("Updated the database of a hearing aid", []),
        ("Wrote a database. Then a divorce", ["divorce"]),
    ],
)
def test_a_word_alone_is_silent_beside_a_word_of_what_is_made(text, words):
    assert found("divorce, his divorce, hearing-aid*\n~ database*", text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Built the database, talked of a divorce",
        "Divorce, and built the database",
        "Built the database but mentioned divorce",
        "Built the database and then told of divorce",
        "Divorce because the database came first",
        "Baute die database, obwohl divorce",
        "Database gebaut und sprach von divorce",
        "A bâti la database mais divorce",
        "Hizo la database porque divorce",
        "The database – divorce",
        "The database (divorce)",
    ],
)
def test_what_is_made_silences_its_own_clause_only(text):
    assert [word.casefold() for word in found("divorce\n~ database", text)] == ["divorce"]


@pytest.mark.parametrize(
    "text", ["A divorce of cache and database", "A database-divorce", "Databases und divorce", "Divorce 3,5 databases"]
)
def test_a_clause_goes_on_over_a_hyphen_a_number_and_an_and_without_a_verb(text):
    assert found("divorce\n~ database*", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A database that counts divorce",
        "Eine Database, die nach divorce sortiert",
        "Une database qui compte un divorce",
    ],
)
def test_a_relative_clause_behind_what_is_made_belongs_to_it(text):
    assert found("divorce\n~ database, she explained", text) == []


def test_what_is_told_after_a_verb_of_work_does_not_belong_to_it():
    assert found("divorce\n~ she explained", "She explained that divorce was hard") == ["divorce"]


@pytest.mark.parametrize("exception", ["- divorce ... code", "- divorce (*) (*) (*) code", "- divorce * code"])
def test_what_may_be_any_word_stays_in_its_clause(exception):
    lines = f"divorce\n{exception}"

    assert found(lines, "Divorce of code") == []
    assert found(lines, "Divorce, though code") == ["Divorce"]


def test_what_is_made_counts_for_its_own_list():
    lists = {"aa": read_list("database"), "bb": read_list("divorce\n~ database")}

    assert [hit.words for hit in find("A divorce of the database", lists)] == ["database"]


@pytest.mark.parametrize("text", ["Zürich jüdisch", "ZÜRICH JÜDISCH", "Zurich judisch", "Zuerich juedisch"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_do_not_count_composed_or_not(text, form):
    assert len(found("jüdisch*", unicodedata.normalize(form, text))) == 1


def test_a_participants_name_is_spared_where_it_is_capitalised():
    assert found("christian", "Christian asked", names=["Christian Roe"]) == []
    assert found("christian", "very christian", names=["Christian Roe"]) == ["christian"]
    assert found("christian", "Christian asked", names=["Ann Roe"]) == ["Christian"]


def test_a_find_tells_its_neighbours():
    [hit] = find("First. I saw her accent there", {"xx": read_list("accent")})

    assert (hit.key, hit.before, hit.after) == ("accent", "i saw her", "there")


@pytest.mark.parametrize(
    "line",
    [
        "|",
        "age | kids",
        "(a+)+$",
        "[x",
        "co*lour",
        "... age",
        "age ...",
        "(very) old",
        "@nobody is",
        "@who =",
        "a/b c/",
        "x" * 501,
    ],
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(Unreadable) as caught:
        read_list(f"age\n{line}\nkids")

    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith("Line 2: ")


def test_a_stored_list_counts_without_the_lines_that_cannot_be_read():
    assert len(readable_part("age\n[x\nkids").sought) == 2


@given(st.text(max_size=60), st.text(max_size=200))
def test_no_list_and_no_text_breaks_it(lines, text):
    hits = find(text, {"xx": readable_part(lines)})

    assert all(hit.words for hit in hits)
