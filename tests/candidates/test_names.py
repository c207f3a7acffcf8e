"""Names in free text: found however they are written, and nothing else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.name_words import COMMON, LETTERS
from candidates.names import REMOVED, Doubt, NameMatcher, Ticks
from candidates.spelling import APOSTROPHES, IDLE, WORD, spellings
from tests.candidates.languages import LANGUAGES
from tests.drill import LONG


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        (
            "Ines Keller",
            "INES and Keller's notes, but Kellerman and finest stay",
            "[] and []'s notes, but Kellerman and finest stay",
        ),
        ("Li Bo", "Li wrote; a list of bo", "[] wrote; a list of bo"),
        ("Li  Bo", "Li\nBo agreed", "[] agreed"),
        ("Max de Vries", "de Vries and de facto", "[] and de facto"),
        ("jane.doe@corp.example", "Jane and jane.doe@corp.example", "[] and []"),
        ("interviewer@example.com", "the interviewer at interviewer@example.com", "the interviewer at []"),
        ("Jos\u00e9 \u00c1lvarez", "Jose\u0301 met A\u0301lvarez", "[] met []"),
        ("Jos\u00e9 Muller", "jose and M\u00fcller, not Josef", "[] and [], not Josef"),
        ("Noor Haddad", "NO\u00adOR or Had\u200bdad", "[] or []"),
        ("\u674e\u660e", "\u6211\u548c\u674e\u660e\u8c08\u8fc7", "\u6211\u548c[]\u8c08\u8fc7"),
        ("A. (Ann) O'Neil*", "ann o'neil* stays not", "[] []* stays not"),
        ("", "nothing to remove", "nothing to remove"),
    ],
)
def test_scrubber_finds_a_name_however_it_is_written(name, text, left):
    assert NameMatcher([name]).removed(text) == left.replace("[]", REMOVED)


def test_a_whole_name_goes_as_one_before_its_parts_go():
    scrub = NameMatcher(["Noor Haddad", "Haddad"]).removed

    assert scrub("Noor Haddad, then Noor, then Haddad") == f"{REMOVED}, then {REMOVED}, then {REMOVED}"


def test_several_people_are_removed_at_once():
    scrub = NameMatcher(["Noor Haddad", "elias.okafor@example.org"]).removed

    assert scrub("Elias asked Haddad") == f"{REMOVED} asked {REMOVED}"


def test_what_goes_as_a_whole_keeps_its_parts():
    scrub = NameMatcher([], whole=["Head of Data", "  "]).removed

    assert scrub("The head of data likes data") == f"The {REMOVED} likes data"


def test_a_part_of_a_kept_name_stays():
    scrub = NameMatcher(["Robin Hart"], kept=["Robin Good"]).removed

    assert scrub("Robin and Hart") == f"Robin and {REMOVED}"


def test_a_kept_name_counts_whatever_its_case():
    scrub = NameMatcher(["Robin Hart"], kept=["ROBIN"]).removed

    assert scrub("Robin and Hart") == f"Robin and {REMOVED}"


def test_a_text_without_the_names_stays_to_the_byte():
    decomposed = unicodedata.normalize("NFD", "Über Größe")

    assert NameMatcher(["Noor Haddad"]).removed(decomposed) == decomposed


def test_a_text_with_a_name_comes_back_composed():
    decomposed = unicodedata.normalize("NFD", "Noor über alles")

    assert NameMatcher(["Noor"]).removed(decomposed) == f"{REMOVED} über alles"


@pytest.mark.parametrize("names", [[], [""], ["  "], ["x"]])
def test_names_that_are_none_remove_nothing_of_a_sentence(names):
    assert NameMatcher(names).removed("a box, 7 of them") == "a box, 7 of them"


# --- spellings (candidates.spelling has more of them) -------------------------
@pytest.mark.parametrize("sign", ["'", "\u2019", "\u2018", "\u02bc", "`", "\u00b4", ""])
def test_every_apostrophe_and_none_is_the_same(sign):
    text = f"Then D{sign}Angelo wrote, and D{sign}Angelo\u2019s note came"

    assert NameMatcher(["Rita D'Angelo"]).removed(text) == f"Then {REMOVED} wrote, and {REMOVED}\u2019s note came"
    assert NameMatcher([f"Rita D{sign}Angelo"]).removed("so D'Angelo said") == f"so {REMOVED} said"


@pytest.mark.parametrize("sign", ["-", "\u2010", "\u2011", "\u2013", "\u2212", ""])
def test_every_hyphen_and_none_is_the_same(sign):
    assert NameMatcher([f"Ji{sign}woo Han"]).removed("then Ji-woo asked") == f"then {REMOVED} asked"
    assert NameMatcher(["Ji-woo Han"]).removed(f"then Ji{sign}woo asked") == f"then {REMOVED} asked"


def test_elided_words_before_a_name_stay():
    assert NameMatcher(["Odile Roux"]).removed("l'avis d\u2019Odile") == f"l'avis d\u2019{REMOVED}"


def test_an_s_goes_with_the_name_and_one_after_an_apostrophe_stays():
    scrub = NameMatcher(["Mira Lindqvist"]).removed

    assert scrub("Miras plan, Lindqvist's plan, the Lindqvists") == f"{REMOVED} plan, {REMOVED}'s plan, the {REMOVED}"


def test_a_small_word_that_is_a_name_with_an_s_stays():
    assert NameMatcher(["Jane Doe"]).removed("it does what Doe says") == f"it does what {REMOVED} says"


def test_a_name_of_two_letters_counts_in_capitals_and_not_in_small_letters():
    assert NameMatcher(["Bo Xu"]).removed("XU wrote; xu, bo stay") == f"{REMOVED} wrote; xu, bo stay"


def test_titles_stay():
    scrub = NameMatcher(["Prof. Dr. Mira Lindqvist, PhD"]).removed

    assert scrub("Her PhD, said Prof. Lindqvist and Dr. Roe") == f"Her PhD, said Prof. {REMOVED} and Dr. Roe"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dr hab. Ula Wrona", "praca hab. i Dr. Roe"),
        ("Ula Wrona (she/her)", "Later she told them that her plan (she/her) held"),
        ("Ula Wrona RN", "each RN and RN Roe"),
        ("小川健二さん", "田村さんは"),
        ("박지훈 교수", "최 교수"),
    ],
)
def test_titles_and_pronouns_of_a_name_stay_elsewhere(name, text):
    assert NameMatcher([name]).removed(text) == text


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("\u5468\u6653\u5cf0", "\u548c\u6653\u5cf0\u8c08\u8fc7", "\u548c[]\u8c08\u8fc7"),
        ("小川健二", "小川さんと健二さん", "[]さんと[]さん"),
        ("고영희", "영희는 고영희의", "[]는 []의"),
        ("고영희", "무영희", "무영희"),
        ("髙木綾", "高木さん", "[]さん"),
        ("代々木純", "代々木さんと代々木純さん、代々木 純", "[]さんと[]さん、[]"),
        ("寿々花 中", "寿々花さんと寿々花\u3000中さん", "[]さんと[]さん"),
        ("𠮷岡美波", "𠮷岡さん、吉岡さん", "[]さん、[]さん"),
        ("𪚥野薫子", "𪚥野さんと薫子さん", "[]さんと[]さん"),
        ("宇都宮蘭", "宇都宮さん", "[]さん"),
        ("原慎之介", "慎之介さん", "[]さん"),
        ("一ノ関花梨", "一ノ関さんと花梨さん", "[]さんと[]さん"),
        ("祇\U000e0100園圭", "祇園さん、祇\U000e0100園さん", "[]さん、[]さん"),
        ("周\u200b嵐", "周嵐と周\u200b嵐", "[]と[]"),
        ("周 嵐", "周 嵐さん", "[]さん"),
        ("ジョアンナ・ボイド", "ジョアンナさんとボイドさん", "[]さんと[]さん"),
        ("ジョアンナ・ボイド", "ジョアンナ・ボイド、ジョアンナ＝ボイド", "[]、[]＝[]"),
        ("スズキ ダイゴ", "ｽｽﾞｷさんとﾀﾞｲｺﾞさん", "[]さんと[]さん"),
        ("ｽｽﾞｷ ﾀﾞｲｺﾞ", "スズキ・ダイゴ、ｽｽﾞｷ･ﾀﾞｲｺﾞ", "[]、[]"),
        ("アン・リー", "アンとリーがリーダーのアンケート", "[]と[]がリーダーのアンケート"),
        ("황보라미", "황보 과장과 라미가", "[] 과장과 []가"),
        ("정 하늘", "정 하늘은", "[]은"),
    ],
)
def test_parts_of_names_without_spaces_are_found(name, text, left):
    assert NameMatcher([name]).removed(text) == left.replace("[]", REMOVED)


FAMILIES = ["田", "山本", "佐々木", "長谷川", "𠮷田", "一ノ瀬", "宇都宮"]
GIVEN = ["希美", "奈々", "健太郎", "真之介", "みどり", "𠮷乃"]


@given(
    family=st.sampled_from(FAMILIES),
    given_name=st.sampled_from(GIVEN),
    parting=st.sampled_from(["", " ", "\u3000", "\n"]),
    parted=st.sampled_from(["", " ", "\u3000"]),
)
def test_a_name_without_spaces_goes_whole_however_it_is_parted(family, given_name, parting, parted):
    scrub = NameMatcher([family + parted + given_name]).removed

    assert scrub(f"昨日は{family}{parting}{given_name}さん") == f"昨日は{REMOVED}さん"
    assert scrub(f"昨日は{given_name}さん") == f"昨日は{REMOVED}さん"
    if len(family) > 1:
        assert scrub(f"昨日は{family}さん") == f"昨日は{REMOVED}さん"


@given(name=st.text("王佐々木〇ノヶ・ーアイ김남궁민\u200b\ufe00\U000e0100𠮷 ", max_size=8), text=st.text(max_size=20))
def test_no_name_of_signs_is_too_odd_to_be_sought(name, text):
    assert REMOVED in NameMatcher([f"周晓{name}峰"]).removed(f"周晓{name}峰")
    NameMatcher([name]).removed(text + name)


def test_a_preposition_that_folds_to_a_name_is_asked_about():
    matcher = NameMatcher(["رامي علي"])

    assert matcher.removed("على") == "على"
    assert matcher.removed("قال علي") == f"قال {REMOVED}"


# --- words of a language -----------------------------------------------------
def test_a_name_that_is_a_word_counts_with_a_capital_inside_a_sentence():
    matcher = NameMatcher(["Grace Long"])
    text = "It took long, by the grace of luck. Long before that Grace asked."

    assert matcher.removed(text) == f"It took long, by the grace of luck. Long before that {REMOVED} asked."
    assert matcher.words(text, Doubt.COMMON) == ["Grace"]
    assert matcher.words(text, Doubt.ASKED) == ["Long"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We met Dr. May there", "We met Dr. [] there"),
        ("Done.\nMay we go?", "Done.\nMay we go?"),
        ("“May we?” he asked", "“May we?” he asked"),
        ("- May: fine", "- May: fine"),
        ("Noted by: May", "Noted by: []"),
        ("MAY STONE wrote; may stone walls hold", "[] wrote; may stone walls hold"),
        ("May Stone wrote", "[] wrote"),
        ("mail may.stone@corp.example", "mail []"),
    ],
)
def test_where_a_sentence_begins_its_capital_says_nothing(text, left):
    assert NameMatcher(["May Stone", "may.stone@corp.example"]).removed(text) == left.replace("[]", REMOVED)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Nevin Can", "As you can see, then Can asked", "As you can see, then [] asked"),
        ("Idris Said", "She said what Said knew", "She said what [] knew"),
        ("Even Lie", "not even if Even agrees", "not even if [] agrees"),
        ("Iris Root", "as root, with Root", "as root, with []"),
        ("Rui Leite", "café com leite para Leite", "café com leite para []"),
        ("Agathe Claire", "une idée claire, dit Claire", "une idée claire, dit []"),
        ("Hanno Koch", "wie der Koch kocht, kochte koch", "wie der [] kocht, kochte koch"),
        ("Aylin Su", "bir su, sonra Su", "bir su, sonra []"),
        ("Вера Орлова", "моя вера, и Вера", "моя вера, и []"),
        ("Adam Wilk", "zły wilk i Wilk", "zły wilk i []"),
        ("Sem Groot", "een groot plan van Groot", "een groot plan van []"),
        ("Marta Delgado", "más delgado que Delgado", "más delgado que []"),
        ("Jana Lange", "eine lange Antwort, sagte Lange", "eine lange Antwort, sagte []"),
        ("Ann Fuller", "a fuller answer, said Fuller", "a fuller answer, said []"),
        ("Elena Rubio", "un pelo rubio, dijo Rubio", "un pelo rubio, dijo []"),
    ],
)
def test_words_of_many_languages_stay_in_small_letters(name, text, left):
    assert NameMatcher([name]).removed(text) == left.replace("[]", REMOVED)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ailsa McIntosh", "Mc Intosh"),
        ("Ailsa Mc Intosh", "McIntosh"),
        ("Pia DeLuca", "De Luca"),
        ("Rosa de la Peña", "Delapeña"),
        ("Rosa Delapena", "Dela Pena"),
        ("سعد عبد الكريم", "عبدالكريم"),
        ("سعد عبدالكريم", "عبد الكريم"),
        ("أبو زيد سعد", "ابوزيد"),
        ("齋藤 航", "斉藤"),
    ],
)
def test_what_stands_before_a_name_may_be_on_end_with_it(name, written):
    assert NameMatcher([name]).removed(f"so {written} .") == f"so {REMOVED} ."


def test_a_name_that_is_a_noun_of_its_language_can_be_kept():
    text = "Da blieb keine andere Wahl, sagte sie."
    matcher = NameMatcher(["Karin Wahl"])

    assert matcher.words(text, Doubt.COMMON) == ["Wahl"]
    assert matcher.ticked(Ticks(kept=("Wahl",))).removed(text) == text


def test_listed_words_are_written_as_they_are_compared():
    listed = filter(WORD.fullmatch, COMMON)

    assert {word for word in listed if word not in spellings(word)} == set()


def test_a_name_in_small_letters_goes_and_can_be_kept():
    matcher = NameMatcher(["Rita Widget"])
    text = "a widget, said Widget and rita widget"

    assert matcher.removed(text) == f"a {REMOVED}, said {REMOVED} and {REMOVED}"
    assert matcher.words(text, Doubt.COMMON) == ["widget"]
    assert matcher.ticked(Ticks(kept=("widget",))).removed(text) == f"a widget, said {REMOVED} and {REMOVED}"


@given(name=st.sampled_from(["Widget", "Grace", "Li", "Орлов", "Weiß"]), cased=st.sampled_from([str.lower, str.title]))
def test_what_can_be_kept_is_removed_by_default(name, cased):
    matcher = NameMatcher([name])
    text = f"so {cased(name)} wrote"

    for word in matcher.words(text, Doubt.COMMON):
        assert matcher.removed(text) == f"so {REMOVED} wrote"
        assert matcher.ticked(Ticks(kept=(word,))).removed(text) == text


# --- what a person decides ---------------------------------------------------
@pytest.mark.parametrize(
    ("name", "text", "asked"),
    [
        ("Karel Dvorak", "Mluvil jsem s Karlem a Dvorakovou.", ["Karlem", "Dvorakovou"]),
        ("Hanna Kuusela", "Se oli Kuuselan ja Hannan idea", ["Kuuselan", "Hannan"]),
        ("Ida Berg", "wir sahen Idas und Idchen", []),
        ("Ola Wrona", "pytali Olę i Oli, Wrony", ["Oli", "Wrony"]),
        ("Zsófia Tóth", "Ott volt Zsófival és Tóthék", ["Zsófival", "Tóthék"]),
        ("Robert Quill", "then Rob and robust code", ["Rob"]),
        ("Максим Орлов", "говорили с Максимом и Орловым", ["Максимом", "Орловым"]),
        ("سمير حداد", "تحدثت وسمير لحداد", ["وسمير", "لحداد"]),
        ("بشرى الحمداني", "كتب حمداني", ["حمداني"]),
        ("יעל גולן", "דיברתי ליעל ושגולן", ["ליעל", "ושגולן"]),
        ("Bo Li", "Lists and boats", []),
    ],
)
def test_endings_nicknames_and_prefixes_are_asked_about(name, text, asked):
    words = NameMatcher([name]).words(text, Doubt.ASKED)

    assert set(asked) <= set(words)
    assert words == [] or asked


def test_what_was_ticked_goes_wherever_it_is_written_so():
    text = "Karlem, then Karlem and KARLEM"

    scrub = NameMatcher(["Karel Dvorak"], ticks=Ticks(removed=("Karlem",))).removed

    assert scrub(text) == f"{REMOVED}, then {REMOVED} and KARLEM"


def test_a_word_that_is_kept_stays_and_no_other_name_can_be_kept():
    ticks = Ticks(kept=("Grace", "Lindqvist"))

    scrub = NameMatcher(["Grace Lindqvist"], ticks=ticks).removed

    assert scrub("by Grace and Lindqvist") == f"by Grace and {REMOVED}"


def test_a_ticked_word_that_is_no_question_changes_nothing():
    assert NameMatcher(["Karel Dvorak"], ticks=Ticks(removed=("plan",))).removed("the plan") == "the plan"


def test_parts_of_a_kept_name_are_not_asked_about():
    assert NameMatcher(["Annabel Roe"], kept=["Anna Sund"]).words("then Anna and Annabels", Doubt.ASKED) == []


def test_names_are_told_of_which_something_was_found():
    matcher = NameMatcher(["Noor Haddad", "Rita Moss"], whole=["Far Away"])

    assert matcher.names_in("Haddad was far away") == {"Noor Haddad", "Far Away"}


# --- in many languages -------------------------------------------------------
UNSEEN = ["", "\u00ad", "\u200b", "\u2060"]


def ways_to_write(sign: str) -> list[str]:
    """One letter of a name as people exchange it."""
    if sign in APOSTROPHES:
        return [*APOSTROPHES, ""]
    if sign == "-":
        return ["-", "\u2010", "\u2011", "\u2013", ""]
    bare = "".join(part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part))
    if "\u0900" <= sign <= "\u0dff" or "\uac00" <= sign <= "\ud7a3":
        return [sign, unicodedata.normalize("NFD", sign)]  # its marks are vowels, and letters
    return [sign, unicodedata.normalize("NFD", sign), bare, *LETTERS.get(sign, ())]


@st.composite
def spelled(draw, name: str) -> str:
    letters = [draw(st.sampled_from(ways_to_write(sign))) for sign in name]
    written = draw(st.sampled_from(UNSEEN)).join(letters)
    return draw(st.sampled_from([str, str.upper, str.lower]))(written)


@pytest.mark.parametrize(("language", "name", "sentence", "ordinary"), LANGUAGES)
@settings(max_examples=10)
@given(data=st.data())
def test_a_name_is_found_however_it_is_spelled_and_ordinary_words_stay(language, name, sentence, ordinary, data):
    matcher = NameMatcher([name])
    for part in [name, *name.split()]:
        written = data.draw(spelled(part))
        assert matcher.removed(sentence.format(written)) == sentence.format(REMOVED)
    assert matcher.removed(ordinary) == ordinary


@settings(max_examples=200 if LONG else 50)
@given(name=st.text(max_size=12), text=st.text(max_size=60))
def test_no_name_removes_less_than_two_letters(name, text):
    for passage in NameMatcher([name]).words(text, Doubt.NONE, Doubt.COMMON):
        assert len(IDLE.sub("", passage)) > 1


def test_a_matcher_is_ticked_without_a_change_to_itself():
    matcher = NameMatcher(["Paweł"])
    ticked = matcher.ticked(Ticks(removed=("Pawłem",)))

    assert ticked.removed("Rozmowa z Pawłem") == f"Rozmowa z {REMOVED}"
    assert matcher.removed("Rozmowa z Pawłem") == "Rozmowa z Pawłem"


@pytest.mark.parametrize(
    ("name", "text", "asked"),
    [
        ("陈思远", "后来小陈说，陈老师来了。", ["小陈", "陈老师"]),
        ("林美咲", "林さんと美咲さん", ["林さん"]),
        ("박지훈", "박 과장, 박씨, 이 과장", ["박 과장", "박씨"]),
        ("최 유나", "최 팀장", ["최 팀장"]),
        ("東すみれ", "東さんとすみれさん", ["東さん"]),
        ("동방 진우", "동방에서 진우가", ["동방"]),
        ("欧阳娜娜子", "欧さん", []),  # no family name of one sign
    ],
)
def test_a_family_name_of_one_sign_is_asked_about_where_a_title_stands_with_it(name, text, asked):
    matcher = NameMatcher([name])

    assert matcher.words(text, Doubt.ASKED) == asked
    assert matcher.ticked(Ticks(removed=tuple(asked))).words(text, Doubt.ASKED) == []
