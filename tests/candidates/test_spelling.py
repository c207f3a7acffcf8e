"""What counts as the same word, and which parts of a name stand for the person."""

import pytest

from candidates.spelling import folded, forms, sign_forms, spellings


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Ægir", "aegir"),
        ("Kjær", "Kjär"),
        ("Søgård", "SOEGAARD"),
        ("Søgård", "Søgaard"),
        ("Bjørn", "Björn"),
        ("Grüß", "GRUESS"),
        ("Þorlákur", "Thorlakur"),
        ("Đoković", "Djokovic"),
        ("Đặng", "Dang"),
        ("Işık", "ISIK"),
        ("İlker", "ilker"),
        ("Əli", "Ali"),
        ("Żółć", "zolc"),
        ("Ōno", "Ohno"),
        ("Ёлкин", "елкин"),
        ("Σωκράτης", "ΣΩΚΡΑΤΗΣ"),
        ("Ｍｉｒａ", "mira"),
        ("\u0645\u064f\u062d\u0633\u0646", "\u0645\u062d\u0633\u0646"),
        ("إيمان", "ايمان"),
        ("سـلمى", "سلمي"),
        ("\u05d3\u05b8\u05bc\u05df", "דן"),
        ("بهزادی", "بهزادي"),
    ],
)
def test_usual_spellings_are_one_word(word, other):
    assert spellings(word) & spellings(other)


@pytest.mark.parametrize(
    ("word", "other"), [("Jorg", "Joerg"), ("Michael", "Michal"), ("Lars", "Lasse"), ("राम", "रमा"), ("Bär", "Ber")]
)
def test_other_words_are_not(word, other):
    assert not spellings(word) & spellings(other)


def test_a_word_of_many_such_letters_has_few_spellings():
    assert spellings("äöüåøä") == {"aouaoa", "aeoeueaaoeae"}


# --- parts -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", []),
        ("Noor Haddad", ["Noor Haddad", "Noor", "Haddad"]),
        ("Anne-Marie d'Arc", ["Anne-Marie d'Arc", "Anne-Marie", "Anne", "Marie", "d'Arc"]),
        ("Ann B. Li", ["Ann B. Li", "Ann", "Li"]),
        ("jane_doe@corp.example", ["jane_doe@corp.example", "jane_doe", "jane", "doe"]),
        ("recruiter@corp.example", ["recruiter@corp.example"]),
        ("agent 007", ["agent 007", "agent"]),
        ("Joost van der Meer", ["Joost van der Meer", "Joost", "Meer"]),
        ("Van Tran", ["Van Tran", "Van", "Tran"]),
        ("\u0930\u0940\u0924\u093e \u0926\u093e\u0938", ["रीता दास", "रीता", "दास"]),
    ],
)
def test_forms_are_the_name_and_what_stands_for_the_person(name, expected):
    assert list(forms(name)) == expected


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Prof. Dr. Mira Okonkwo, Ph.D.", "Mira Okonkwo"),
        ("Dipl.-Ing. (FH) Mira Okonkwo", "(FH) Mira Okonkwo"),
        ("Mira Okonkwo, B.A.", "Mira Okonkwo"),
        ("Mira Okonkwo Jr.", "Mira Okonkwo"),
        ("Frau Dr. med. Mira Okonkwo MBA", "Mira Okonkwo"),
        ("Mira Ma", "Mira Ma"),
        ("Okonkwo, Mira", "Okonkwo, Mira"),
        ("Dr.", "Dr."),
    ],
)
def test_titles_are_no_part_of_a_name(name, bare):
    assert next(forms(name)) == bare


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("周晓峰", {"周晓峰", "周晓", "晓峰"}),
        ("周峰", {"周峰"}),
        ("小川 健二", {"小川健二", "小川", "健二"}),
        ("小川みどり", {"小川みどり", "小川", "みどり"}),
        ("박지훈", {"박지훈", "지훈"}),
        ("欧阳晓峰", {"欧阳晓峰", "欧阳", "晓峰", "欧阳晓", "阳晓峰"}),
        ("長谷川健太郎", {"長谷川健太郎", "長谷", "長谷川", "健太郎", "太郎"}),
        ("代々木純", {"代々木純", "代々", "代々木", "木純"}),
        ("四ツ谷梓", {"四ツ谷梓", "四ツ谷", "谷梓"}),
        ("タルコフ・イワン", {"タルコフイワン", "タルコフ", "イワン"}),
        ("周\u200b峰", {"周峰"}),
        ("황보라미", {"황보라미", "황보", "라미"}),
        ("กมลชนก", {"กมลชนก"}),
        ("Mira", set()),
        ("周", set()),
    ],
)
def test_names_without_spaces_have_parts_as_well(name, expected):
    assert set(sign_forms(name)) == expected


def test_folding_composes_accents_and_leaves_single_spaces():
    assert folded("  Jose\u0301 \t A\u0301lvarez\n") == "Jos\u00e9 \u00c1lvarez"
