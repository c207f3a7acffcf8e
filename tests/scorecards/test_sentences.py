"""How often the lists that ship stop at a sentence, on sentences in our own words.

A line that begins with “!” is about a person's protected characteristic, one with “=” about the work. Those in `unseen`
were written before the lists and are not looked at one by one when a list changes; the others are. Those in
`professions` are of care, teaching, law, sales, church, sport and the like, and each holds a loaded word. Those in
`beside` also name work where they are about a person, and a loaded word where they are about the work.
Those in `ordinary` are what interviewers of many professions write, with a loaded word in about every third about work.
Those in `notes` are telegraphic, mostly without capitals; those about a person often only hint at a characteristic, and
almost each of those about work holds a loaded word.
Those in `named` name a characteristic, beside plain notes as they come. Those in `hinted` do not name it, beside notes
with a loaded word in each. Those in `guessed` are as these, each with a guess of its own, written by somebody who
had seen no list; the entries that miss one there were mended by its kind afterwards.
"""

from pathlib import Path

import pytest

from scorecards.phrases import find
from scorecards.protected_words import LANGUAGES, shipped_lists

SENTENCES = Path(__file__).parent / "sentences"
FOLDERS = ["seen", "unseen", "professions", "ordinary", "notes", "named", "hinted", "guessed"]


def sentences(folder: str, language: str, mark: str) -> list[str]:
    lines = (SENTENCES / folder / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(mark).strip() for line in lines if line.startswith(mark)]


def firing(texts: list[str]) -> list[str]:
    lists = shipped_lists()
    return [text for text in texts if find(text, lists)]


def everything(folder: str, mark: str) -> list[str]:
    return [text for language in LANGUAGES for text in sentences(folder, language, mark)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_nine_of_ten_sentences_about_a_characteristic_give_a_hint(folder):
    texts = everything(folder, "!")

    assert len(texts) > 120
    assert len(firing(texts)) >= 0.9 * len(texts)


@pytest.mark.parametrize("folder", FOLDERS)
def test_at_most_one_of_twenty_sentences_about_the_work_gives_one(folder):
    texts = everything(folder, "=")

    assert len(texts) > 120
    assert len(firing(texts)) <= 0.05 * len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_comes_also_where_the_sentence_names_work(language):
    about_a_person = sentences("beside", language, "!")
    about_the_work = sentences("beside", language, "=")

    assert len(about_a_person) >= 10
    assert len(firing(about_a_person)) >= 0.9 * len(about_a_person)
    assert len(firing(about_the_work)) <= 0.05 * len(about_the_work)


BESIDE = [
    ("en", "{}, but the code was good."), ("en", "{}, and she explained the solution well."),
    ("en", "The code was good, but {}."), ("de", "{}, und er erklärte die Lösung gut."),
    ("de", "{}, aber der Code war gut."), ("fr", "{}, mais le code était bon."),
    ("es", "{}, pero el código era bueno."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "praise"), BESIDE)
def test_praise_of_the_work_behind_a_comma_takes_no_hint_away(language, praise):
    texts = firing(sentences("seen", language, "!") + sentences("unseen", language, "!"))
    praised = [praise.format(text.rstrip(".!")) for text in texts]

    assert len(firing(praised)) >= 0.99 * len(praised)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_much_worse_than_the_others(language):
    about_a_person = sentences("unseen", language, "!")
    about_the_work = sentences("unseen", language, "=")

    assert len(firing(about_a_person)) >= 0.85 * len(about_a_person)
    assert len(firing(about_the_work)) <= 0.1 * len(about_the_work)


TRADE = [
    "Added a foreign key", "The children of a node stay sorted", "It was disabled by a flag", "The age of the cache",
    "Swapped the font family", "An accent colour for links", "Made the gender field optional", "Paid with a visa card",
    "Wrote a health check", "Married data sets by date", "Knows Church encoding", "Refused all older than version 3",
    "Feared a boomerang effect", "Kannte die Herkunft der Daten", "Schrieb eine Gesundheitsprüfung",
    "Der Lock behinderte die Abfragen", "Deux clés étrangères", "L'accent est mis sur la lisibilité",
    "Un peu maladroit", "Une enceinte connectée", "Recorrió los nodos hijos", "La salud del clúster",
    "A colleague called Christian", "Found the race condition by reading the log", "Packaged the page cache",
    "Told the resident's son when the doctor comes", "Took the blood pressure lying and standing",
    "Compared two pension schemes for a client", "Sold no alcohol without looking at a card",
    "Gave religious attention to units", "Checked animal husbandry records", "Spoke with the works council early",
    "A house at Church Street was his example", "Filed marriage registers by parish",
    "Divorce law is what she wants to do", "Steckt männliche auf weibliche Stecker",
    "Trennt Kosher und Halal Ware", "Place PMR tracée au sol",
    "Menús halal y kosher por separado", "The left wing of the hall was cabled first",
    "Die Mutter löste sich trotz Drehmoment", "Sie richtete die Medikamente für die Station",
    "Rente und Steuern erklärte er in zwei Sätzen", "Er schreibt blind und ohne Fehler",
    "Gewerkschaftliche Regeln zur Pause hielt sie ein", "The report is due in June", "A single point of failure",
    "Reaches every one of them", "Chronischer Mangel an Paletten", "Couteau suisse, dit-il", "Papel de lija fino",
]  # fmt: skip
PERSONAL = [
    "Ist schwerbehindert", "Wohl gehbehindert", "War oft krank", "Hatte Krebs", "Burnout im Vorjahr", "Trägt Kopftuch",
    "Wears a headscarf", "Not a native speaker", "Kein Muttersprachler", "Mother of two", "Single mum",
    "Geht in den Mutterschutz", "Close to retirement", "I think she is 58", "Because of his skin colour",
    "Told me his sexual orientation", "He is deaf", "Has dyslexia", "Active in a trade union", "Asked for citizenship",
    "Malgré son âge", "Es judio", "Es judi\u0301o", "Es judío", "Juedisch, glaube ich", "HER AGE", "A foreign accent",
    "She is politically conservative", "He smells", "Bad teeth", "Was on sick leave for weeks",
    "Votes for the Tories", "Missing a finger", "A bit old for an apprentice", "Not from around here",
    "Due in June", "BMI is over 35", "Laut Akte 57", "56 ans selon le dossier", "63 según el DNI",
    "Er gibt Frauen nicht die Hand", "Single, free to move", "Ghanaer, glaube ich", "Hombro fastidiado",
    "Épaule foutue", "Partner must agree, her wife works in Leeds",
]  # fmt: skip


# Every member of a field counts as any other: those that are rarely named were never looked at one by one.
COUNTRIES = {
    "Grew up in {}": "Bhutan Kyrgyzstan Suriname Lesotho Vanuatu Moldova Qatar Belize Eritrea Iceland Uruguay Laos",
    "Kommt aus {}": "Bhutan Kirgisistan Suriname Lesotho Vanuatu Moldawien Katar Belize Eritrea Island Uruguay Laos",
    "Vient du {}": "Bhoutan Kirghizstan Suriname Lesotho Vanuatu Qatar Belize Gabon Pérou Tadjikistan Malawi Laos",
    "Viene de {}": "Bután Kirguistán Surinam Lesoto Vanuatu Moldavia Catar Belice Eritrea Islandia Gabón Laos",
}
PEOPLES = {
    "She is {}": "Bhutanese Kyrgyz Malagasy Qatari Burmese Icelandic Togolese Laotian Uzbek Gabonese",
    "Ist {}": "Madagasse Katarer Birmane Isländer Togoer Laote Usbekin Gabunerin Kirgise Bhutaner",
    "D'origine {}": "bhoutanaise kirghize malgache qatarie birmane islandaise togolaise laotienne ouzbèke gabonaise",
    "De origen {}": "butanés kirguís malgache catarí birmano islandés togolés laosiano uzbeko gabonés",
}
ILLNESSES = {
    "Has {}": "sarcoidosis albinism porphyria scleroderma meningitis malaria ataxia keratoconus",
    "Hat {}": "Sarkoidose Albinismus Porphyrie Sklerodermie Meningitis Malaria Ataxie Lupus",
    "Elle a une {}": "sarcoïdose porphyrie sclérodermie méningite drépanocytose ataxie gastrite myocardite",
    "Tiene {}": "sarcoidosis albinismo porfiria esclerodermia meningitis malaria ataxia gastritis",
}
FIELDS = [
    frame.format(word)
    for field in (COUNTRIES, PEOPLES, ILLNESSES)
    for frame, words in field.items()
    for word in words.split()
]


@pytest.mark.parametrize("text", FIELDS)
def test_the_rarer_words_of_a_field_give_a_hint_as_well(text):
    assert firing([text]) == [text]


@pytest.mark.parametrize("text", TRADE)
def test_words_of_the_trade_are_left_alone(text):
    assert firing([text]) == []


@pytest.mark.parametrize("text", PERSONAL)
def test_words_about_a_person_give_a_hint(text):
    assert firing([text]) == [text]


def test_a_list_of_another_language_leaves_a_sentence_alone():
    assert firing(["The type of the index is invalid for this operation", "Le type de l'opération est invalide"]) == []
