"""The words by which a blueprint's parts are known; a family of documents, so families of words."""

import re
from collections.abc import Mapping

from rubrics.blueprints import by_language


def words(*patterns: str) -> re.Pattern[str]:
    """One pattern for all of these, whatever the case.

    `[- ]` stands for a blank and for any dash.
    """
    return re.compile("|".join(patterns).replace("[- ]", "[-\u2010-\u2015 ]"), re.IGNORECASE)


SUMMARY_SECTION = words(
    r"\brole summary\b",
    r"\bsummary of the role\b",
    r"^(executive )?summary$",
    r"\brole overview\b",
    r"^overview\b",
    r"\babout the role\b",
)
HIRING_SECTION = words(
    r"\bhiring\b",
    r"\b(interview(ing|s)?|recruit(ment|ing)|candidates?|selection)\b.{0,80}\b(evaluat\w*|criteria|guide|assess\w*|selection|scorecard|kit|plan|process)\b",
    r"\b(evaluat\w*|assess\w*)\b.{0,80}\b(candidates?|scorecard|interviews?)\b",
    r"\b(evaluation|selection) criteria\b",
    r"\bhow (we|you)(['’]ll| will)? (interview|hire|select|assess)\b",
)
FINAL_SECTION = words(
    r"\bscorecard summary\b",
    r"\bfinal (role )?(scorecard|summary)\b",
    r"\brole scorecard\b",
    r"\bat a glance\b",
    r"\bsummary (scorecard|table)\b",
)
CLOSING = words(r"\bsummary\b", r"\bat a glance\b")
TECHNICAL_SECTION = words(
    r"\b(technical|hard|functional|craft|domain)\b.{0,80}\b(skills?|competenc)",
    r"\bskills required\b",
    r"\brequired skills\b",
    r"^(core |key )?skills\b",
)
SOFT_SECTION = words(
    r"\bsoft[- ]skills?\b", r"\bbehaviou?ral\b", r"\binterpersonal\b", r"\b(people|human|power) skills\b"
)
ROLE_ITSELF = words(
    r"\bresponsibilit",
    r"\brole (summary|mission|overview)\b",
    r"\babout (the role|us|you)\b",
    r"\bdeliverables\b",
    r"\bkpis?\b",
    r"\bqualifications?\b",
    r"\bbenefits\b",
)
ROLE_SECTIONS = words(
    r"\brole\b",
    r"\bresponsibilit",
    r"\bskills?\b",
    r"\bhiring\b",
    r"\binterview",
    r"\bscorecard\b",
    r"\bcompetenc",
    r"\bdeliverables\b",
    r"\bkpis?\b",
    r"\bstakeholders?\b",
    r"\bcareer\b",
    r"\bqualifications?\b",
)

FOCUS = words(
    r"\b(what|areas?|topics?) (\w+ )?(to|should|will|we) (\w+ )?(assess|evaluate|probe|test|look at)\b",
    r"\bassess(ment)? (areas|focus|in|dimensions|topics)\b",
    r"\bfocus areas?\b",
    r"\binterview (focus|topics|areas)\b",
    r"\b(competenc(y|ies)|skills|capabilities) to (assess|evaluate|probe|test)\b",
    by_language.FOCUS_HEADINGS,
)
EXERCISES = words(
    r"\bexercises?\b",
    r"\bcase stud(y|ies)\b",
    r"\bwork samples?\b",
    r"\bpractical\b(?! (interview|details?|info(rmation)?|matters|arrangements?|points|considerations|advice|notes)\b)",
    r"\bsimulations?\b",
    r"\btake[- ]?home\b",
    r"\brole[- ]?plays?\b",
    by_language.EXERCISE_HEADINGS,
)
SIGN = r"(signals?|indicators?|candidates?|hires?|evidence|answers?|behaviou?rs?|signs?|markers?|examples?)"
ENDS = r"(?=\W*$|\W*[(:–—/]| (?:in|for|to|and|or|demonstrate|show|display|exhibit|look like|do|say)\b)"
MERE_SIGN = r"(signals?|signs?|indicators?|markers?)"  # “good answers” may be a level
LOOKS = r"(looks?|sounds?) like\b"
# What may head what rules somebody out, and may head what is required of everybody.
KNOCK_OUTS = r"\bknock[- ]?outs?\b|\bk\.?[ -]?o\.?[ -]?kriteri(um|en)\b"
RED_FLAG = words(
    r"\bred[ -]?flags?\b",
    r"\bdeal[- ]?breakers?\b",
    r"\bdisqualif",
    r"\bwarning signs?\b",
    KNOCK_OUTS,
    r"^\W*(?:never|do not|don['’]?t) (?:hire|appoint|proceed|make an offer)(?: if| when)?\W*$",
    r"^\W*(?:automatic|instant|immediate) (?:no|rejections?|fails?)(?: if| when)?\W*$|^\W*reject (?:if|when)\W*$",
    r"^\W*no[- ]gos?\W*$|^\W*nicht einstellen\b",
    by_language.RED_FLAG_HEADINGS,
)
KNOCK_OUT = words(KNOCK_OUTS)
WARNING_SIGNS = words(r"\bwarning signs?\b")
WEAK = words(
    rf"\bweak(er)?[- /](\w+[- /]+){{0,2}}{SIGN}\b{ENDS}",
    r"^\W*weak(er|ness(es)?)?\b\W*(\(|$)",
    rf"\bconcern(s|ing)?\b.{{0,20}}\b{SIGN}\b",
    r"^\W*concerns?\W*$",
    rf"\bnegative {SIGN}",
    rf"\b(bad|poor) {MERE_SIGN}\b{ENDS}",
    rf"^\W*(less|not|in) ?effective\b( {SIGN})?\W*$",
    rf"^\W*(what )?(weak|poor|bad|not great)\W+(candidates? |answers? )?{LOOKS}",
    r"\bwhat (we|you) (don[’']?t|do not|never) (want|like|hope|wish) to (see|hear)\b",
    r"\b(yellow|orange|amber) flags?\b",
    by_language.WEAK_HEADINGS,
)
STRONG = words(
    rf"\bstrong(er)?[- /](\w+[- /]+){{0,2}}{SIGN}\b{ENDS}",
    r"^\W*(strong|strengths?)\b\W*(\(|$)",
    rf"\bpositive {SIGN}",
    rf"\bgood {MERE_SIGN}\b{ENDS}",
    r"\bwhat (we|you) (want|like|love|hope|wish) to (see|hear)\b",
    r"\bgreen flags?\b",
    rf"^\W*effective\b( {SIGN})?\W*$",
    rf"^\W*(what )?(strong|great|good|excellent)\W+(candidates? |answers? )?{LOOKS}",
    by_language.STRONG_HEADINGS,
)
SIGNALS = (("red_flag", RED_FLAG), ("weak", WEAK), ("strong", STRONG))


def kind_of_signal(text: str) -> str:
    """Whether a heading says red flags, weak or strong signals; empty for any other."""
    return next((name for name, pattern in SIGNALS if pattern.search(text)), "")


def kinds_of_opposites(texts: Mapping[int, str]) -> dict[int, str]:
    """Which of several headings are strong and weak because one denies what the other says: “Do” and “Don't do”."""
    said = {index: _without_denial(text) for index, text in texts.items()}
    kinds: dict[int, str] = {}
    for index, (content, denied) in said.items():
        opposites = [other for other, entry in said.items() if entry == (content, not denied)]
        if content and len(opposites) == 1:
            kinds[index] = "weak" if denied else "strong"
    return kinds


def _without_denial(text: str) -> tuple[str, bool]:
    """A heading without its denial, its auxiliaries and the endings of its verbs, and whether it had a denial."""
    folded = " ".join(DO_NOT.sub(" not ", text.casefold().replace("’", "'")).split())
    found = re.findall(r"[^\W\d_]+", folded)
    kept = [word.removesuffix("s") for word in found if word not in DENIALS | AUXILIARIES]
    return " ".join(kept), not DENIALS.isdisjoint(found)


DO_NOT = re.compile(r"(?<=\b)(?:do|does|is|are|would|should|could|wo|ca|can)(?:n't|\s*not)\b")
AUXILIARIES = frozenset(["is", "are", "would", "should", "could", "will", "can"])  # “do” may be all that is said
DENIALS = frozenset(["not", "nicht", "kein", "keine", "ne", "pas", "no", "never", "nie"])


SCORECARD = words(
    r"\bscorecard\b",
    r"\bscoring\b",
    r"\brubric\b",
    r"\bgrading (guide|sheet|criteria)\b",
    r"\brating (dimensions|scale|guide)\b",
    r"(?<!assessment )\bdimensions\b",
    by_language.SCORECARD_HEADINGS,
)


QUESTIONS = words(
    r"\bquestions?\b",
    r"\bquestionnaires?\b",
    r"\bquestion (bank|list|set)s?\b",
    r"\bwhat to ask\b",
    by_language.QUESTION_HEADINGS,
)
FREQUENT_QUESTIONS = words(  # of the readers, and not of interviewers
    r"\bfrequently asked\b",
    r"\bfaqs?\b",
    r"\bhäufige fragen\b",
    r"\bquestions fréquentes\b",
    r"\bpreguntas frecuentes\b",
)
SHEET = words(by_language.SHEETS)
ANSWERS = r"(answers?|responses?|candidates?|signs?|signals?|indicators?|evidence|examples?|behaviou?rs?)"
GOOD_ANSWER = words(
    rf"\b(strong|good|great|excellent|ideal|model|positive|high-scoring|expected|desired|effective)\b.{{0,20}}\b{ANSWERS}\b",
    r"^\W*(strong|good|positive|green flags?|gute? antwort\w*|starke antwort\w*|bonnes? réponses?|buenas? respuestas?)\W*$",
    rf"\bwhat (good|great|strong) {LOOKS}",
    r"^\W*(evidence|signs?|points?|reasons?) (for|in favou?r)\W*$",
    rf"\b{ANSWERS} of (a )?(strengths?|success|mastery)\b",
    r"\b(gute|starke) antwort\w*|\bbonnes? réponses?\b|\bbuenas? respuestas?\b",
    r"\berwartete antwort\w*|\bréponses? attendues?\b|\brespuestas? esperadas?\b",
    by_language.POSITIVE_SIGNS,
)
POOR_ANSWER = words(
    rf"\b(weak|poor|bad|negative|low-scoring|unsatisfactory|ineffective|(less|not) effective)\b.{{0,20}}\b{ANSWERS}\b",
    r"^\W*(weak|poor|bad|negative)\W*$",
    r"^\W*(evidence|signs?|points?|reasons?) against\W*$",
    rf"\b{ANSWERS} of (a )?(weakness(es)?|concern|failure)\b",
    rf"\bwhat (bad|poor|weak) {LOOKS}",
    r"\b(schwache|schlechte) antwort\w*|\bmauvaises? réponses?\b|\bréponses? faibles?\b|\bmalas? respuestas?\b",
    r"\brespuestas? débil(es)?\b",
    by_language.NEGATIVE_SIGNS,
)
# A label before something to ask.
ASKS = words(
    r"\b(ask|q|questions?|prompts?|probes?|follow[- ]?ups?|fragen?|preguntas?|perguntas?|domand[ae]|vra(ag|gen))\W*(\d{1,2}\W*)?$"
)
# What an answer should hold.
EXPECTED = words(
    r"^\W*(expected|key|main|relevant) (points|elements)\W*$",
    r"^\W*points (expected|looked for|to cover|to listen for)\W*$",
)
# What stands in bold or as a heading below a competency and names none.
SUBLABEL = words(
    r"^\W*(lead|main|primary|key|core|follow[- ]?up|sample|suggested|interview|behaviou?ral|situational|probing"
    r"|evaluation|assessment|scoring|rating|success)?\W*"
    r"(questions?|prompts?|probes?|follow[- ]?ups?|notes?|comments?|definition|description|examples?|evidence|rationale"
    r"|benchmarks?( levels?)?|anchors?|criteria|rubric|guide|indicators?|what to (look|listen) for|look[- ]?fors?|(what to )?ask|levels?|scoring|scale"
    r"|rating scale|proficiency levels?|frage|fragen|definition|stufen|questions?|niveaux|preguntas?|niveles)\W*$",
)

# What heads the scale itself, or the sheet as a whole.
LEGEND = words(
    r"^\W*(the )?(rating|scoring|score|marking|grading|evaluation|assessment|performance|proficiency|point|overall|interview)?"
    r"\W*(scales?|levels?|key|schedules?|schemes?|legend|definitions?|guide(lines?)?|scores?|scoring|ratings?|system|rubric|scorecard|instructions?)"
    r"( definitions?| descriptions?| key| explained| legend| guide)?\W*(\(.{0,20}\))?\W*$",
    r"\b(scoring|rating) (scale|system|key|guide|instructions?|levels?)\b",
    r"^\W*((overall|final|hiring)\W+)?(recommendation|decision|rating|ranking|verdict)s?\W*$",
    r"\bhow (to|we) (score|rate|use)\b",
    r"\b(thresholds?|cut[- ]?offs?|pass(ing)?/fail(ing)?|decision (rule|guide|matrix)s?)\b",
    r"^\W*(bewertungsskala|skala|punkteskala|notenskala|bewertung|gesamteindruck|empfehlung|legende)\W*$",
    r"^\W*(échelle|barème|légende|recommandation|avis (général|global|final)|appréciation (générale|globale)|décision)\b",
    r"^\W*(escala|leyenda|recomendación|valoración (global|general|final)|decisión)\b|^\W*gesamt(urteil|bewertung|einschätzung)\b",
)


def names_hiring_part(title: str) -> bool:
    """Whether a heading names a part of the hiring section rather than a section."""
    if any(part.search(title) for part in (FOCUS, EXERCISES, RED_FLAG, WEAK, STRONG)):
        return True
    if HIRING_SECTION.search(title) or FINAL_SECTION.search(title):
        return False
    return SCORECARD.search(title) is not None


DIMENSION_NAME = words(r"\bdimensions?\b", r"\bcriteri(on|a)\b", r"\bcompetenc(y|ies)\b", by_language.DIMENSION_HEADS)
DIMENSION_HEAD = words(
    r"\bdimensions?\b",
    r"\bcriteri(on|a)\b",
    r"\bcompetenc(y|ies)\b",
    r"\barea\b",
    r"\battribute\b",
    r"\bcategory\b",
    r"\bfactor\b",
    r"\bskill\b",
    by_language.DIMENSION_HEADS,
    by_language.OTHER_DIMENSION_HEADS,
)
WEIGHT_HEAD = words(
    rf"\b({by_language.WEIGHTS})\b",
    r"^\s*%",
    r"\bimportance %",
    r"\b(co[eé]ff?icien(t|te)|koeffizient|coef)\b",
    r"\b(multiplier|multiplikator|multiplicateur|multiplicador)\b",
)
# A heading of weights that are no percentages: with a scale of its own that ends below a hundred, or a multiplier's.
RELATIVE_WEIGHT = words(
    r"[(\[]\s*[x×]?[01]?\s*(?:[-–—]|to|bis|à)\s*[x×]?(?:[2-9]|\d\d)\s*[)\]]",
    r"\b(co[eé]ff?icien(t|te)|koeffizient|coef|multiplier|multiplikator|multiplicateur|multiplicador)\b",
)
EXCEEDS_BAR = words(r"\bexceed", r"\babove (the )?bar\b", r"\braises the bar\b")
ABOVE_EXCEEDS = words(r"\bexceptional\b", r"\boutstanding\b")
EXCEEDS = words(
    r"\bexceed",
    r"\bexceptional\b",
    r"\boutstanding\b",
    r"\babove (the )?bar\b",
    r"\braises the bar\b",
    r"\bexcellent\b",
    r"\bstrong hire\b",
)
PARTLY = words(r"\bpartial", r"\bpartly\b", r"\bnearly\b", r"\balmost\b", r"\bmostly\b")
BELOW = words(
    r"\bbelow\b",
    r"\bdoes ?n[o']?t meet\b",
    r"\bdoesn.t meet\b",
    r"\bmisses\b",
    r"\binsufficient\b",
    r"\bunacceptable\b",
    r"\bnot meet",
)
MEETS = words(r"\bmeets?\b", r"\b(at|on) (the )?bar\b", r"\bmeeting\b", r"\bsolid\b", r"\bacceptable\b")
TOTAL = words(
    r"^\W*((grand|weighted|overall|final|sub|composite|maximum|max) ?-?/? ?)*"
    r"(totals?|overall|sum|average|score|rating|recommendation|composite|summe|gesamt\w*|somme|suma|totale|σ|∑)"
    r"([ /]*(score|weight|rating|points?|overall|total|average|recommendation|hiring recommendation))*s?\s*:?"
    r"\s*(\([^()]{0,30}\)|\d+\s*%?)?\W*$",
    r"^\W*max(imum)? (possible|available)( (score|points|total))?\W*$",
    r"^\W*overall (impression|evaluation|assessment)( and (recommendation|rating|score))?\W*$",
)

# What a form asks below its ratings, in rows of its own.
ABOUT_THE_FORM = words(
    r"^\W*(((interviewer|candidate|applicant|panel|chair|assessor)(['’]?s)?( name)?|print(ed)? name)\W+)?"
    r"(signature|signed|initials|unterschrift|firma|date)( and date)?\W*$",
    r"^\W*(would|will|do|should|can) (you|we) (\w+ ){0,3}(hire|recommend|appoint|employ|offer|invite|advance)\b.{0,60}\?\W*$",
    r"^\W*(hire|appoint|proceed|recommend(ed)?|suitable|offer)\b[^?]{0,30}(\?|\b(y|yes)\s*/\s*(n|no)\b)\W*(\(.{0,12}\))?\W*$",
)

OBSERVERS = r"(we|you|(the )?(interviewers?|assessors?|observers?|reviewers?|evaluators?|panel(lists?|ists?)?))"
# What is said to be looked for, and never to be scored or marked.
WATCHED_FOR = (
    r"^\W*(?:(?:what|things) (?:we |you |to |interviewers )?)?(?:look(?:ing)?(?: out)? for|look[- ]?fors?\b)"
    r"|^\W*(?:(?:worauf|darauf) (?:wir |sie |zu )?achten|zu achten auf|(?:wir|sie) achten auf|achten sie auf)\b"
    r"|^\W*(?:points? à observer|à observer|(?:nous|on) (?:observons|regardons|observe|regarde))\b"
    r"|^\W*(?:qué (?:se )?(?:buscar?|buscamos|observar?|observamos|valoramos|valora)|se valora|valoramos|observamos)\b"
)
TO_WATCH_FOR = words(WATCHED_FOR)
LOOK_FOR = words(
    r"^\s*(what )?to look for\b",
    r"^\s*what (good|great|strong|excellent|success) looks like\b",
    r"^\s*look[- ]?fors?\b",
    r"^\s*looking for\b",
    r"^\s*(what to )?(evaluat(e|ion)|assess(ment)?)( criteria| on| for)?\W*$",
    r"^\s*success (criteria|signals)\b",
    r"^\s*(strong |good |positive |key )?signals?( to look for)?\W*$",
    rf"^\s*((what|things) )?{OBSERVERS}( are|'re|’re|'ll|’ll| will| should)? (be )?(look(ing|s)? (out )?(for|at)|check(ing|s)?|judg(e|es|ing))\b",
    r"^\s*(what|how) (we|you)( will|'ll|’ll| should)? (evaluate|assess|score|grade)\b",
    r"^\s*(what (we|you) (evaluate|assess)|(évaluation|évalué|critères|bewertungskriterien|qué buscamos))\b",
    r"^\s*(scoring|marking|grading|judging)( criteria| guide)?\W*$",
    r"^\s*(good|strong) answers?\b",
    r"^\s*(worauf|bewertung|points? clés|à observer)\b",
    WATCHED_FOR,
)
PROMPT = words(
    r"^\s*(((the|your) )?(exercise |candidate )?(prompt|task|scenario|brief|setup|instruction|question|description|exercise|context|assignment|goal|objective)|aufgabe|consigne)s?$"
)
DURATION_LABEL = words(
    r"^\s*(duration|minutes|mins?|time|length|timebox|time ?box|time (limit|needed|allowed|allotted|allocated|available|required)|(suggested|estimated) (time|duration)|dauer|zeit|durée|temps|duración|tiempo)$"
)
LABEL_HEAD = words(r"^\s*(#|no\.?|nr\.?|label|id)\s*$")
EXERCISE_HEAD = words(r"\bexercises?\b", r"^\s*(title|name|case study|case|simulation)\s*$")
TABLE_HEAD = words(r"^\s*(signals?|behaviou?rs?|indicators?|examples?|red flags?|strong|weak)\s*$")
MINUTES_AND_HOURS = r"minutes?|mins?|minuten|minutos?|hours?|hrs?|h|stunden?|heures?|horas?"


def _time_in(units: str) -> str:
    number = r"\d+(?:[.,]\d+)?"
    about = r"(?:\b(?:about|approx\.?|up to)\s*|[~≈]\s*|\b)"
    return rf"{about}{number}(?:\s*(?:[-–—]|to)\s*{number})?[\s-]*(?:{units})\b(?!\w)"


DURATION = re.compile(
    _time_in(rf"{MINUTES_AND_HOURS}|days?|tage?|jours?|weeks?|wochen?"),
    re.IGNORECASE,
)
SHORT_TIME = re.compile(_time_in(MINUTES_AND_HOURS), re.IGNORECASE)

GROUPS = (
    ("emerging", words(r"\bemerging\b", r"\bfuture\b", r"\bupcoming\b")),
    ("advanced", words(r"\badvanced\b", r"\bexpert\b")),
    (
        "good-to-have",
        words(
            r"\bgood[- ]to[- ]have\b",
            r"\bnice[- ]to[- ]have\b",
            r"\bpreferred\b",
            r"\boptional\b",
            r"\bdesirable\b",
            r"\bbonus\b",
        ),
    ),
    (
        "must-have",
        words(r"\bmust[- ]haves?\b", r"\brequired\b", r"\bessential\b", r"\bcore\b", r"\bmandatory\b"),
    ),
)
