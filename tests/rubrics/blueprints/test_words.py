"""The words by which parts of a document are known: what each list means, and what it leaves alone."""

import pytest

from rubrics.blueprints import words


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (words.SUMMARY_SECTION, "Executive summary"),
        (words.SUMMARY_SECTION, "About the role"),
        (words.HIRING_SECTION, "Interview and Selection Guide"),
        (words.HIRING_SECTION, "How to assess candidates"),
        (words.HIRING_SECTION, "Evaluation criteria"),
        (words.FINAL_SECTION, "Final Role Scorecard Summary"),
        (words.TECHNICAL_SECTION, "Functional competencies"),
        (words.TECHNICAL_SECTION, "Key skills"),
        (words.SOFT_SECTION, "Soft‑Skills"),
        (words.SOFT_SECTION, "Behavioural capabilities"),
        (words.FOCUS, "Topics interviewers should probe"),
        (words.FOCUS, "Assessment areas"),
        (words.EXERCISES, "Take-home"),
        (words.RED_FLAG, "Dealbreakers"),
        (words.WEAK, "Concerning signs"),
        (words.WEAK, "Weaknesses (probe)"),
        (words.STRONG, "Strong / positive indicators"),
        (words.STRONG, "What good candidates look like"),
        (words.SCORECARD, "Rating guide"),
        (words.TOTAL, "Weighted total score (max 100)"),
        (words.TOTAL, "Overall rating: 4"),
        (words.LOOK_FOR, "What great looks like"),
        (words.LOOK_FOR, "What we look at"),
        (words.LOOK_FOR, "What assessors check"),
        (words.LOOK_FOR, "Marking criteria"),
        (words.PROMPT, "The exercise prompt"),
        (words.DURATION, "up to 1.5 hours"),
        (words.DURATION, "60–90-minute"),
        (words.DURATION_LABEL, "Estimated time"),
    ],
)
def test_words_that_say_it(known, text):
    assert known.search(text)


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (words.SUMMARY_SECTION, "Summary of results"),
        (words.HIRING_SECTION, "Interviews with customers"),
        (words.FINAL_SECTION, "Role summary"),
        (words.TECHNICAL_SECTION, "Soft skills"),
        (words.SOFT_SECTION, "Technical skills"),
        (words.EXERCISES, "Exercising judgement"),
        (words.RED_FLAG, "Flags and signals"),
        (words.WEAK, "Weak consistency models"),
        (words.STRONG, "Strong ownership of data"),
        (words.SCORECARD, "Assessment dimensions"),
        (words.TOTAL, "Total cost of ownership"),
        (words.TOTAL, "Overall judgement"),
        (words.LOOK_FOR, "Looks for trouble"),
        (words.PROMPT, "Prompt delivery"),
        (words.DURATION, "60 minutemen"),
        (words.DURATION_LABEL, "Time zones"),
    ],
)
def test_words_that_only_sound_like_it(known, text):
    assert not known.search(text)


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2014", " "])
def test_any_dash_or_blank_parts_two_words(dash):
    assert words.words(r"\bgood[- ]to[- ]have\b").search(f"Good{dash}to{dash}have")


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Red flags", True),
        ("Practical exercises", True),
        ("Scoring", True),
        ("Interview scorecard", False),
        ("Hiring evaluation and scorecard", False),
        ("Final scorecard summary", False),
        ("Career path", False),
    ],
)
def test_a_title_that_says_scorecard_may_be_a_part_or_the_section_itself(title, part):
    assert words.names_hiring_part(title) is part


# --- headings of signals, in the languages that have words here -------------------------
@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        (
            "strong",
            [
                "Strong signals",
                "Stronger candidates demonstrate",
                "Strengths",
                "Strong (4-5)",
                "Positive signs",
                "Good indicators to look for",
                "What we love to hear",
                "Green flags",
                "Effective behaviours",
                "What great answers sound like",
                "Starke Signale",
                "Gute Antworten",
                "Stärken",
                "Signaux forts",
                "Bonnes réponses",
                "Points forts",
                "Buenas respuestas",
                "Señales fuertes",
                "Fortalezas",
            ],
        ),
        (
            "weak",
            [
                "Weak signals",
                "Weaker answers",
                "Weaknesses",
                "Concerns",
                "Negative indicators",
                "Poor signs for the role",
                "Less effective",
                "Not effective behaviours",
                "What bad looks like",
                "What you don’t want to see",
                "Amber flags",
                "Schwache Antworten",
                "Schwächen",
                "Signaux faibles",
                "Points faibles",
                "Réponse faible",
                "Señales débiles",
                "Debilidades",
            ],
        ),
        (
            "red_flag",
            [
                "Red-flags",
                "Deal breakers",
                "Dealbreaker",
                "Knock outs",
                "Disqualifiers",
                "Warning signs",
                "Knock-outs",
                "Ausschlusskriterien",
                "Warnsignale",
                "K.o.-Kriterien",
                "Signaux d’alerte",
                "Points rédhibitoires",
                "Señales de alarma",
                "Banderas rojas",
            ],
        ),
        (
            "",
            [
                "Strong consistency models",
                "Strength training",
                "Weak references",
                "Good answers",
                "Poor answers",
                "Signals and slots",
                "Effective immediately",
                "Concerns of the works council",
                "Flags",
                "What we want to build",
                "Forts et faiblesses",
            ],
        ),
    ],
)
def test_a_heading_says_which_signals_stand_below_it(kind, headings):
    assert {heading: words.kind_of_signal(heading) for heading in headings} == dict.fromkeys(headings, kind)


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        ({0: "Do", 1: "Don't do"}, {0: "strong", 1: "weak"}),
        ({0: "What they do", 1: "What they don’t do"}, {0: "strong", 1: "weak"}),
        ({2: "Would hire", 5: "Would not hire"}, {2: "strong", 5: "weak"}),
        ({0: "Is ready", 1: "Isn’t ready"}, {0: "strong", 1: "weak"}),
        ({0: "Can lead", 1: "Cannot lead"}, {0: "strong", 1: "weak"}),
        ({0: "Hires", 1: "Won't hire"}, {0: "strong", 1: "weak"}),
        ({0: "Is", 1: "Is not"}, {}),
        ({0: "Asks", 1: "Never asks"}, {0: "strong", 1: "weak"}),
        ({0: "Erfüllt", 1: "Nicht erfüllt"}, {0: "strong", 1: "weak"}),
        ({0: "Do", 1: "Do it well"}, {}),
        ({0: "Do", 1: "Do", 2: "Don't do"}, {0: "strong", 1: "strong"}),
        ({0: "Not", 1: "Never"}, {}),
        ({0: "Yes", 1: "No"}, {}),
        ({}, {}),
    ],
)
def test_two_headings_of_which_one_denies_the_other_are_strong_and_weak(texts, kinds):
    assert words.kinds_of_opposites(texts) == kinds


@pytest.mark.parametrize(
    ("known", "texts"),
    [
        (
            words.EXERCISES,
            ["Rollenspiel", "Jeu de rôle", "Juegos de rol", "Fallstudien", "Étude de cas", "Caso práctico"],
        ),
        (words.EXERCISES, ["Arbeitsprobe", "Mise en situation", "Prueba práctica", "Case studies", "Work sample"]),
        (
            words.EXERCISES,
            ["Simulations", "Take home task", "Role plays", "Übungen", "Exercices", "Ejercicios", "Practical part"],
        ),
        (words.FOCUS, ["Was wir bewerten", "Ce que nous évaluons", "Qué evaluamos", "Interview topics", "Focus area"]),
        (words.FOCUS, ["Skills to evaluate", "What to look at", "Areas we will assess"]),
        (
            words.SCORECARD,
            ["Bewertungsbogen", "Bewertungsraster", "Grille d’évaluation", "Hoja de puntuación", "Rúbrica"],
        ),
        (words.SCORECARD, ["Kriterien", "Critères", "Grading sheet", "Rubric", "Dimensions"]),
        (words.QUESTIONS, ["What to ask", "Fragenkatalog", "Interviewfragen", "Preguntas", "Question bank"]),
        (words.FREQUENT_QUESTIONS, ["FAQ", "Häufige Fragen", "Questions fréquentes", "Preguntas frecuentes"]),
        (words.SHEET, ["Score card", "Interview feedback form", "Marking scheme", "Assessor sheet", "Hiring matrix"]),
        (words.SHEET, ["Bewertungsbogen", "Interview-Leitfaden", "Vorstellungsgespräch", "Fiche d'évaluation", "BARS"]),
        (words.SHEET, ["Guía de entrevista", "Roteiro de entrevista", "Scheda di valutazione", "Competency framework"]),
        (
            words.GOOD_ANSWER,
            ["Strong answer", "Ideal candidate says", "What good looks like", "Evidence for", "Green flags"],
        ),
        (words.GOOD_ANSWER, ["Gute Antwort", "Bonne réponse", "Erwartete Antworten", "Respuesta esperada", "Positive"]),
        (
            words.POOR_ANSWER,
            ["Weak answer", "Less effective behaviours", "What poor looks like", "Evidence against", "Bad"],
        ),
        (words.POOR_ANSWER, ["Schlechte Antwort", "Mauvaise réponse", "Mala respuesta", "Respuesta débil"]),
        (words.ASKS, ["Ask", "Follow-up:", "Q 3.", "Frage 2", "Preguntas:", "Probes"]),
        (words.EXPECTED, ["Key points", "Points to listen for:", "Expected elements"]),
        (
            words.SUBLABEL,
            ["Follow-up questions", "Definition", "Behavioural indicators:", "What to listen for", "Stufen"],
        ),
        (
            words.LEGEND,
            ["Rating scale", "Scoring key (1-5)", "How to use this sheet", "Overall recommendation", "Cut-off"],
        ),
        (
            words.LEGEND,
            [
                "Bewertungsskala",
                "Gesamturteil",
                "Avis général",
                "Valoración global",
                "Empfehlung",
                "Barème de notation",
                "Leyenda",
            ],
        ),
        (words.ABOUT_THE_FORM, ["Interviewer signature", "Candidate’s name signed and date", "Unterschrift", "Date:"]),
        (words.ABOUT_THE_FORM, ["Would you hire this person?", "Hire (y/n)", "Recommended? (yes / no)"]),
        (
            words.WEIGHT_HEAD,
            ["Weighting", "Weight %", "% of total", "Gewichtung", "Poids", "Ponderación", "Coefficient"],
        ),
        (words.RELATIVE_WEIGHT, ["Weight (1-10)", "Weight [x1 – x3]", "Multiplier", "Gewicht (1 bis 5)"]),
        (words.TOTAL, ["Grand total", "Total", "Sub-total", "Gesamtpunktzahl", "Somme", "Max possible score", "∑"]),
        (words.LABEL_HEAD, ["#", "No.", "Nr", "ID"]),
    ],
)
def test_words_of_four_languages_and_many_forms_say_it(known, texts):
    assert [text for text in texts if not known.search(text)] == []


@pytest.mark.parametrize(
    ("known", "texts"),
    [
        (words.EXERCISES, ["Practical interview", "Simulated annealing"]),
        (words.FREQUENT_QUESTIONS, ["Questions", "Fragen"]),
        (words.SHEET, ["Feedback culture", "Interview with the team"]),
        (words.GOOD_ANSWER, ["Positive attitude", "Strong ownership", "Against all odds"]),
        (words.POOR_ANSWER, ["Weak ties", "Poor man’s proxy"]),
        (words.ASKS, ["Ask nicely", "Questions of taste", "FAQ page"]),
        (words.SUBLABEL, ["Communication", "Examples of leadership", "Note taking"]),
        (words.LEGEND, ["System design", "Rating agencies", "Decision making", "Level-headedness"]),
        (words.ABOUT_THE_FORM, ["Date handling", "Signature dishes", "Hire and develop people"]),
        (words.WEIGHT_HEAD, ["Lightweight", "Weightless", "90% done"]),
        (words.RELATIVE_WEIGHT, ["Weight", "Weight (%)", "Weight (0-100)"]),
        (words.TOTAL, ["Total quality management", "Average handling time", "Summer"]),
        (words.LABEL_HEAD, ["Notes", "Identity", "No one"]),
    ],
)
def test_words_that_share_a_stem_with_them_do_not(known, texts):
    assert [text for text in texts if known.search(text)] == []


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("about 45 min", "about 45 min"),
        ("up to 2 hrs", "up to 2 hrs"),
        ("~3 h", "~3 h"),
        ("90 Minuten", "90 Minuten"),
        ("1,5 Stunden", "1,5 Stunden"),
        ("2 heures", "2 heures"),
        ("2 to 3 days", "2 to 3 days"),
        ("1 Woche", "1 Woche"),
        ("in 30-60 mins or so", "30-60 mins"),
        ("3 people", None),
        ("an hour", None),
    ],
)
def test_a_time_is_found_as_it_is_written(text, time):
    found = words.DURATION.search(text)

    assert (found and found.group()) == time


def test_groups_of_skills_are_known_the_rarer_word_first():
    titles = [
        "Emerging skills",
        "Advanced",
        "Nice-to-have",
        "Preferred",
        "Must haves",
        "Core skills",
        "Required (bonus)",
    ]

    found = [next((name for name, pattern in words.GROUPS if pattern.search(title)), "") for title in titles]

    assert found == ["emerging", "advanced", "good-to-have", "good-to-have", "must-have", "must-have", "good-to-have"]
