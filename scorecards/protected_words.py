"""Words that may name a protected characteristic, per language: what ships; an administrator's list replaces it.

A trailing * stands for any ending. The lists are hints for a writer, no filter: they are short on purpose.
"""

from scorecards.models import WordList

SHIPPED = {
    "en": [
        "age", "aged", "too old", "years old", "too young", "older than", "younger than", "elderly", "millennial*",
        "boomer*", "pregnan*", "maternity", "paternity", "married", "single mother", "husband", "wife",
        "children", "kids", "family", "religio*", "christian*", "muslim*", "jewish", "hindu*", "church",
        "mosque", "prayer*",
        "disab*", "illness*", "his health", "her health", "their health", "health issue*", "health problem*",
        "health condition*", "wheelchair", "depression", "autis*", "adhd",
        "accent", "foreign*", "immigrant*", "nationality", "racial", "ethnic*", "visa",
        "gay", "lesbian", "transgender", "gender", "feminine", "masculine",
    ],
    "de": [
        "zu alt", "jahre alt", "zu jung", "lebensalter", "schwanger*", "elternzeit", "verheiratet", "ehemann",
        "ehefrau", "kinder", "familie*", "religi*", "christlich*", "muslim*", "jüdisch*", "kirche", "moschee",
        "behinder*", "krankheit*", "erkrank*", "gesundheit*", "akzent", "ausländ*", "migrant*", "herkunft",
        "nationalität", "ethni*", "schwul", "lesbisch", "geschlecht*",
    ],
    "fr": [
        "âgé*", "trop vieux", "trop vieille", "trop jeune*", "enceinte", "grossesse", "marié*", "son mari", "épouse",
        "enfants", "famille", "religi*", "chrétien*", "musulman*", "juif*", "juive*", "église", "mosquée",
        "handicap*", "malad*", "santé", "accent", "étranger*", "étrangère*", "immigré*", "nationalité", "ethni*",
    ],
    "es": [
        "edad", "demasiado mayor", "demasiado joven", "embaraz*", "casado", "casada", "marido", "esposa", "hijos",
        "familia", "religi*", "cristian*", "musulm*", "judí*", "iglesia", "mezquita", "discapaci*", "enferm*",
        "salud", "acento", "extranjer*", "inmigrant*", "nacionalidad", "étnic*",
    ],
}  # fmt: skip
LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}


def lists() -> dict[str, list[str]]:
    """Words by language: the administrator's list where there is one, else what ships. One query."""
    own = {row.language: row.words.split("\n") for row in WordList.objects.all()}
    return {language: own.get(language, SHIPPED.get(language, [])) for language in {**SHIPPED, **own}}


def all_words() -> list[str]:
    """Interviewers write in whatever language they like, so the lists of all languages count."""
    return [word for words in lists().values() for word in words]
