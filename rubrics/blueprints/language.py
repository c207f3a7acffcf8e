"""The language that a text is written in, at a guess by its commonest words and its script. Pure.

The guess is made for the person who imports a document, who may choose another. Languages that differ little in such
words (Norwegian and Danish, Czech and Slovak, Serbian and Croatian) are often taken for one another.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

ENGLISH = "en"
# What may be chosen: the code as BCP 47 writes it, and the language's name in English.
LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
# Words that are common in one language and in few others.
COMMON = {
    "bg": "и на да се за от не са по при като което между или с това",
    "ca": "el els les i amb per una que del és com són als dels molt aquest",
    "cs": "a je se na že jako pro při které který jsou nebo tak když také svého",
    "da": "og er at det som af til med ikke den på kan eller efter hvordan også",
    "de": "und der die das ist nicht mit für ein eine zu den von wie auch werden auf oder sich dem",
    "en": "the a and of to is with for that in or how what are this from by an as on not",
    "es": "el los las y de la que con para por una del como es son se más sus o",
    "et": "ja on ei et ning või kui mis kuidas kas see oma ka oli",
    "fi": "ja on ei että sekä tai kun miten se ovat myös voi kuin joka olla",
    "fr": "le les des et la de une est pour dans avec que sur du par ou aux sont plus qui",
    "hr": "i je u se na za što kako ili koji koja su od nije ali te kao",
    "hu": "a az és hogy nem egy is van vagy milyen meg ha ami de el",
    "id": "dan yang untuk dengan dari pada tidak dalam adalah ini atau akan bagaimana",
    "it": "il di e che la per con una gli del è sono come nel alla dei più o si",
    "lt": "ir yra kad su kaip ne arba bei apie ar iš tai buvo jei",
    "lv": "un ir ka ar par no vai kā nav tas arī kas lai uz",
    "nb": "og er det som av til med ikke på kan eller hvordan også jeg fra",
    "nl": "de het een en van is met voor dat niet op te zijn hoe wat ook aan of bij",
    "pl": "i w na z jest się że do nie oraz jak dla czy przez po od lub to które",
    "pt": "o os as e de da do que com para em uma não por é são como dos mais ou",
    "ro": "și de în la cu pe este sau nu care din pentru un ce sunt mai",
    "ru": "и в на с не что как для по от или это при из к о же",
    "sk": "a je sa na že ako pre pri ktoré ktorý sú alebo tak keď tiež svojho",
    "sl": "in je se na za da pri kot ki so ali tudi z kako ne po",
    "sr": "и у је да се на за што како или који су од није те као",
    "sv": "och är att det som av till med inte på kan eller hur också för ett en den",
    "tr": "ve bir bu için ile de da olarak daha gibi veya değil ne nasıl olan",
    "uk": "і в на з не що як для та від або це при із до у є й",
    "vi": "và là của có không cho với được các một trong những người như để",
}
WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}
# Scripts, by the first word of their letters' names, that one language is mostly written in.
SCRIPTS = {
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
PERSIAN = frozenset("پچژگکی")  # letters that Arabic lacks, or writes otherwise
WORD = re.compile(r"[^\W\d_]+")
READ = 20_000  # letters: as many as a guess needs
FEWEST = 2  # different common words, below which nothing is guessed


def guess(texts: Iterable[str]) -> str:
    """The code of the language that most of the text is in; English where there is too little to tell."""
    text = " ".join(texts)[:READ].casefold()
    return _by_script(text) or _by_words(text) or ENGLISH


def _by_script(text: str) -> str:
    """The language of a script of its own, where a third of the letters belong to it."""
    letters = [sign for sign in text if sign.isalpha()]
    counted = Counter(SCRIPTS.get(unicodedata.name(sign, "").split(" ")[0], "") for sign in letters)
    if counted["ja"] and counted["ja"] * 10 > counted["zh"]:
        counted["ja"] += counted.pop("zh", 0)
    own = counted.total() - counted.pop("", 0)
    if own * 3 <= len(letters):
        return ""
    language = max(counted, key=lambda code: (counted[code], code))
    if language == "ar" and sum(sign in PERSIAN for sign in letters) * 50 > len(letters):
        return "fa"
    return language


def _by_words(text: str) -> str:
    """The language of which the text has the most different common words, then the most of them."""
    counted = Counter(WORD.findall(text))
    best, most = ENGLISH, (FEWEST - 1, 0)
    for language, words in WORDS.items():
        found = [counted[word] for word in words if word in counted]
        weight = (len(found), sum(found))
        if weight > most or (weight == most and language == ENGLISH):
            best, most = language, weight
    return best if most[0] >= FEWEST else ""
