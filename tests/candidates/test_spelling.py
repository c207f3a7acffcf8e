"""What counts as the same word, and which parts of a name stand for the person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("Joost van der Meer", ["Joost van der Meer", "van der Meer", "Joost", "Meer"]),
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
        ("Mira Okonkwo, CSc.", "Mira Okonkwo"),
        ("dr hab. inż. Mira Okonkwo", "Mira Okonkwo"),
        ("dr hab Mira Okonkwo", "Mira Okonkwo"),
        ("lek. med. Mira Okonkwo", "Mira Okonkwo"),
        ("Doç. Dr. Mira Okonkwo", "Mira Okonkwo"),
        ("PD Dr. Mira Okonkwo", "Mira Okonkwo"),
        ("DI Mira Okonkwo", "Mira Okonkwo"),
        ("Mag.ª Bakk.phil. Mira Okonkwo", "Mira Okonkwo"),
        ("Dipl.-Kfm. Mira Okonkwo", "Mira Okonkwo"),
        ("Mira Okonkwo OBE, FRCS", "Mira Okonkwo"),
        ("Mira Okonkwo RN", "Mira Okonkwo"),
        ("Eng.º Mira Okonkwo", "Mira Okonkwo"),
        ("Avv. Mira Okonkwo", "Mira Okonkwo"),
        ("Lic. Mira Okonkwo", "Mira Okonkwo"),
        ("Engr. Mira Okonkwo", "Mira Okonkwo"),
        ("Shri Mira Okonkwo", "Mira Okonkwo"),
        ("Dato\u2019 Mira Okonkwo", "Mira Okonkwo"),
        ("Mevr. Mira Okonkwo", "Mira Okonkwo"),
        ("Pani Mira Okonkwo", "Mira Okonkwo"),
        ("Tan Sri Farid Hashim", "Farid Hashim"),
        ("Dato' Seri Farid Hashim", "Farid Hashim"),
        ("Tun Farid", "Farid"),
        ("Ustadzah Nurul Aini", "Nurul Aini"),
        ("Smt. Kavya Iyer", "Kavya Iyer"),
        ("Shri Kavin Iyer", "Kavin Iyer"),
        ("Civ.ing. Mira Okonkwo", "Mira Okonkwo"),
        ("д-р Мира Орлова", "Мира Орлова"),
        ("проф. Мира Орлова, к.т.н.", "Мира Орлова"),
        ("Δρ. Ελένη Παπαδάκη", "Ελένη Παπαδάκη"),
        ("ד״ר נועה ברק", "נועה ברק"),
        ("الدكتورة سلمى حداد", "سلمى حداد"),
        ("डॉ. आदित्य चौहान", "आदित्य चौहान"),
        ("นางสาวกมลชนก ใจดี", "กมลชนก ใจดี"),
        ("小川健二 教授", "小川健二"),
        ("小川健二先生", "小川健二"),
        ("小川健二様", "小川健二"),
        ("박지훈 교수님", "박지훈"),
        ("박지훈님", "박지훈"),
        # what is a name as well stays one
        ("Mira Eng", "Mira Eng"),
        ("Ravi Pani", "Ravi Pani"),
        ("Sri Mulyani", "Sri Mulyani"),
        ("Tan Wei Ling", "Tan Wei Ling"),
        ("Tan Sri", "Tan Sri"),
        ("Pani, Ravi", "Pani, Ravi"),
        ("Mira Mbe", "Mira Mbe"),
        ("Jean-Paul MBE", "Jean-Paul MBE"),
        ("Dato Gelashvili", "Dato Gelashvili"),
        ("Okonkwo, Obe", "Okonkwo, Obe"),
        ("박예님", "박예님"),
        ("Haji", "Haji"),
        # pronouns
        ("Mira Okonkwo (she/her)", "Mira Okonkwo"),
        ("Mira Okonkwo, they/them/theirs", "Mira Okonkwo"),
        ("Mira Okonkwo [sie / ihr]", "Mira Okonkwo"),
        ("Mira (pronouns: xe, xem) Okonkwo", "Mira Okonkwo"),
        ("Мира Орлова (она/её)", "Мира Орлова"),
        ("Mira Solo (Han)", "Mira Solo (Han)"),
        ("Okonkwo/Roe", "Okonkwo/Roe"),
        ("(she/her)", "(she/her)"),
    ],
)
def test_titles_are_no_part_of_a_name(name, bare):
    assert next(forms(name)) == bare


def test_a_title_on_end_with_a_name_is_no_part():
    assert list(forms("Dr.Okonkwo")) == ["Dr.Okonkwo", "Okonkwo"]
    assert "Hon" in list(forms("Hon-Ming Lee"))


TITLED = ["Dr. ", "Prof. ", "Eng. ", "Smt. ", "PD ", "dr hab. ", "Mevr. "]
DEGREED = ["", " OBE", ", PhD", ", CSc.", " RN", " (she/her)", ", they/them"]


@given(titles=st.lists(st.sampled_from(TITLED), max_size=2), degree=st.sampled_from(DEGREED))
def test_titles_together_leave_the_same_parts(titles, degree):
    assert list(forms("".join(titles) + "Mira Okonkwo" + degree)) == list(forms("Mira Okonkwo"))


@given(name=st.text(max_size=30))
def test_no_name_is_all_title(name):
    assert bool(list(forms(folded(name)))) == bool(name.split())


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
