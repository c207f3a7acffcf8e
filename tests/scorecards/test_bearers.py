"""Of whom a loaded word is said, in the four languages that have a grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.phrases import find, read_list
from scorecards.protected_words import shipped_lists

LOADED = {
    "en": read_list("dyslexia, deaf, diabetic*, pregnan*, accent, divorce, mother, Jew, asylum, addicts, dementia"),
    "de": read_list("Legasthenie, taub*, *diabet*, schwanger*, Akzent, Scheidung, Mutter, Jude, demen*"),
    "fr": read_list("dyslexi*, sourd*, diabétique*, enceinte*, accent, divorce, mère, toxicomanes"),
    "es": read_list("dislexia, sord*, diabétic*, embaraz*, acento, divorcio, madre, adictos"),
}


def fires(language: str, text: str) -> bool:
    return bool(find(text, {language: LOADED[language]}))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Taught pupils with dyslexia."),
        ("en", "Explained how she explains insulin to diabetic patients."),
        ("en", "He quietly rebuilt the list of pregnant women."),
        ("en", "She spoke with a mother about homework."),
        ("en", "Told a patient about her pregnancy."),
        ("en", "Explained that dementia comes slowly."),
        ("en", "Her portfolio shows a ward for dementia."),
        ("en", "On asylum law he was up to date."),
        ("en", "Two years on a night shift for addicts."),
        ("de", "Unterrichtete Schüler mit Legasthenie."),
        ("de", "Dort betreute er demente Leute."),
        ("de", "Sie weiß, wie man Diabetikern die Spritze zeigt."),
        ("de", "Sie hat ein Mädchen mit Legasthenie gefördert."),
        ("de", "Sie sprach mit einer Mutter über die Noten."),
        ("fr", "A expliqué le traitement à un patient diabétique."),
        ("fr", "Enseignait à des élèves dyslexiques."),
        ("fr", "Deux ans dans une clinique pour toxicomanes."),
        ("es", "Enseñaba a alumnos con dislexia."),
        ("es", "Explicó la dieta a una clienta embarazada."),
        ("es", "Habló con una madre sobre las notas."),
        ("en", "Pregnant mares go to another stable."),
        ("en", "A clinic for addicts."),
        ("de", "Den Fragen der Mutter hörte sie zu."),
        ("de", "Im Unterricht mit der Mutter blieb er ruhig."),
        ("es", "Colegas sordos."),
    ],
)
def test_what_is_said_of_others_or_of_work_is_silent(language, text):
    assert not fires(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Dyslexia."),
        ("en", "Has dyslexia."),
        ("en", "Taught pupils with dyslexia, which she has herself."),
        ("en", "She explained that dyslexia slows her down."),
        ("en", "Explained the case well despite a foreign accent."),
        ("en", "Told the patients about her divorce."),
        ("en", "Good with patients, but she is pregnant."),
        ("en", "As a Jew he cannot work for this client."),
        ("en", "He taught diabetic children and said that he has it too."),
        ("en", "With this accent he cannot speak to customers."),
        ("de", "Unterrichtete Schüler mit Legasthenie, die sie selbst auch hat."),
        ("de", "Sie erklärte, dass sie schwanger ist."),
        ("de", "Stark im Unterricht, trotz Akzent."),
        ("de", "Als Jude arbeitet er samstags nicht."),
        ("fr", "Elle a expliqué que sa dyslexie la ralentit."),
        ("fr", "Connaît l'insuline, il est lui-même diabétique."),
        ("fr", "Malgré son accent."),
        ("es", "Enseñaba a alumnos con dislexia, que ella misma tiene."),
        ("es", "Buena con los pacientes, pero está embarazada."),
        ("es", "Me habló de su divorcio."),
        ("en", "Signs of dementia."),
        ("de", "Wegen ihrer Scheidung kann sie nicht arbeiten."),
        ("es", "No trabaja porque tiene dislexia."),
    ],
)
def test_what_is_bound_to_the_candidate_gives_a_hint(language, text):
    assert fires(language, text)


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("Helped an old lady with the form.", False),
        ("Cooked for a tenant with MS.", False),
        ("Calmed the patient with MS.", False),
        ("An old lady, slow on the till.", True),
        ("Helped out here, she is an old lady.", True),
        ("With MS", True),
    ],
)
def test_a_sure_entry_is_silent_where_it_is_one_who_was_served(text, gives):
    lists = {"en": read_list("! old lady, with MS")}

    assert bool(find(text, lists)) is gives


def test_a_language_of_which_no_word_is_there_does_not_say_who_bears_a_word():
    lists = {language: LOADED[language] for language in ("de", "es")}

    assert find("Fuerte acento, las frases cortas", lists)
    assert not find("Las von einem Akzent", lists)


def test_a_language_without_a_grammar_knows_no_others():
    assert find("Taught pupils with dyslexia", {"xx": read_list("dyslexia")})


@given(text=st.text("aehrspwid ',.\n", max_size=80), language=st.sampled_from(sorted(LOADED)))
def test_no_text_breaks_it(text, language):
    assert fires(language, f"she {text} deaf, {text}") in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        "Funeral for 80, flowers ordered by phone.",
        "Nursery of twenty, ratios explained.",
        "Age of the pipes estimated by their joints.",
        "Kita: Aufnahmeplan auf einer Seite.",
        "Behinderung des Verkehrs gemeldet.",
        "Herkunft der Bretter nachgewiesen.",
        "Rollstuhllift geprüft.",
        "Baptême de 60 personnes, salle réservée.",
        "Dentelle belge recousue.",
        "Huelga del metro: rutas alternativas.",
        "Alfombra turca restaurada.",
        "Hospice: rota redrawn in a day.",
        "Blindness: leaflet proofread.",
    ],
)
def test_what_is_held_made_or_measured_at_work_is_silent(text):
    assert not find(text, shipped_lists())


@pytest.mark.parametrize(
    "text",
    [
        "Funeral of her mother last week, was distracted.",
        "Nursery closes at four in winter, so no late shifts.",
        "Retirement next year, but explained the lathe well.",
        "Cancer of the throat.",
        "Behinderung des linken Beins.",
        "Baptême de sa fille dimanche.",
        "Plutôt belge, je crois.",
        "Se casa en mayo, plan bien explicado.",
        "Parece turca.",
        "Blindness: mostly the left eye.",
    ],
)
def test_what_is_held_in_private_or_is_of_a_body_gives_a_hint(text):
    assert find(text, shipped_lists())


SMALL = ["she", "he", "is", "taught", "her", "his", "deaf", "patient", "who", "the", "and", "but", "herself", "to"]
WORDS = st.lists(st.sampled_from(SMALL), max_size=12)


@given(words=WORDS)
def test_no_order_of_words_breaks_it(words):
    assert fires("en", " ".join(["deaf", *words])) in {True, False}
