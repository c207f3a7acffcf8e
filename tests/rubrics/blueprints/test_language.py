"""The language of a text, guessed."""

import pytest

from rubrics.blueprints.language import LANGUAGES, WORDS, guess

SENTENCES = {
    "ar": "يشرح المرشح أسباب العطل ويقارن بين الحلول الممكنة قبل أن يختار واحدا منها.",
    "cs": "Vysvětlí, proč je systém pomalý, a navrhne řešení, které se dá ověřit, když je provoz na hraně.",
    "da": "Forklarer hvordan fejlen opstod, og kan også vise, at det ikke er den samme som i går.",
    "de": "Erklärt, wie der Ausfall entstanden ist, und wägt die Lösungen ab, bevor eine gewählt wird.",
    "el": "Εξηγεί την αιτία της βλάβης και συγκρίνει τις λύσεις.",
    "en": "Explains how the outage came about, and weighs the solutions before one is chosen.",
    "es": "Explica por qué falló el servicio y compara las soluciones con sus costes para el equipo.",
    "fi": "Kertoo, miten vika syntyi, ja vertaa ratkaisuja, jotka ovat mahdollisia, sekä valitsee niistä.",
    "fr": "Explique la cause de la panne et compare les solutions avec leurs coûts pour une équipe.",
    "he": "מסביר כיצד נוצרה התקלה ומשווה בין הפתרונות.",
    "hu": "Elmondja, hogy mi okozta a hibát, és nem egy megoldást vet össze, ha van rá idő.",
    "it": "Spiega la causa del guasto e confronta le soluzioni con i costi per il gruppo, come si deve.",
    "ja": "障害の原因を説明し、解決策を比べてから選ぶ。",
    "ko": "장애의 원인을 설명하고 해결책을 비교한다.",
    "nl": "Legt uit hoe de storing is ontstaan en weegt de oplossingen voor het team af.",
    "pl": "Wyjaśnia, jak doszło do awarii, oraz porównuje rozwiązania, które są możliwe dla zespołu.",
    "pt": "Explica a causa da falha e compara as soluções com os custos para uma equipa, não só por si.",
    "ru": "Объясняет, как возник сбой, и сравнивает решения по их цене для команды.",
    "sv": "Förklarar hur felet uppstod och väger lösningar som är möjliga för ett team.",
    "tr": "Arızanın nasıl oluştuğunu anlatır ve ekip için olan çözümleri bir bir karşılaştırır.",
    "uk": "Пояснює, як виник збій, та порівнює рішення, що є можливими для команди.",
    "zh": "说明故障的原因，比较各种方案后再选择。",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_a_sentence_is_enough(language, text):
    assert guess([text]) == language


@pytest.mark.parametrize("texts", [[], [""], ["Kafka, Redis, Terraform"], ["12 – 45 %"]])
def test_english_is_guessed_where_there_is_too_little_to_tell(texts):
    assert guess(texts) == "en"


def test_english_words_of_the_trade_do_not_hide_the_language():
    text = "Der Kandidat erklärt das Design of the Pipeline mit Kafka und Redis und wie sich der Load Balancer verhält."

    assert guess([text]) == "de"


def test_one_letter_said_often_is_not_another_language():
    assert guess(["Plans a day", "Plans a week with slack", "Plans a season and revises a plan"]) == "en"


def test_what_is_guessed_may_be_chosen():
    assert WORDS.keys() <= LANGUAGES.keys()


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_text_of_a_language_s_commonest_words_is_taken_for_it_or_a_near_one(language):
    near = {"nb": "da", "sk": "cs", "sl": "hr", "hr": "sl"}

    assert guess([" ".join(sorted(WORDS[language]))]) in {language, near.get(language)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Python und SQL, nicht Perl", "de"),
        ("und und und und", "en"),
        ("UND NICHT", "de"),
        ("設計 architecture review", "en"),
        ("設計と実装 design", "ja"),
        ("系统设计 API", "zh"),
        ("پایگاه داده گچ ژرف", "fa"),
        ("قاعدة البيانات", "ar"),
        ("ระบบฐานข้อมูล", "th"),
        ("डेटाबेस की रचना", "hi"),
    ],
)
def test_two_words_or_a_third_of_the_letters_are_enough(text, language):
    assert guess([text]) == language


def test_what_stands_behind_the_first_pages_is_not_read():
    assert guess(["x " * 10_000, "und nicht mit"]) == "en"
    assert guess(["x " * 9_000, "und nicht mit"]) == "de"
