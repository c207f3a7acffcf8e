"""The words by which a blueprint's parts are known; a family of documents, so families of words."""

import re


def words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


SUMMARY_SECTION = words(r"\brole summary\b", r"^summary$", r"\brole overview\b", r"^overview\b", r"\babout the role\b")
HIRING_SECTION = words(
    r"\bhiring\b",
    r"\binterview\b.*\b(evaluat|criteria|guide|assess)",
    r"\bcandidate (evaluation|assessment)",
    r"\binterview (evaluation|process|kit)",
    r"\bevaluation criteria\b",
    r"\bselection criteria\b",
)
FINAL_SECTION = words(
    r"\bscorecard summary\b",
    r"\bfinal (role )?(scorecard|summary)\b",
    r"\brole scorecard\b",
    r"\bat a glance\b",
)
TECHNICAL_SECTION = words(
    r"\btechnical skills?\b",
    r"\bskills required\b",
    r"\brequired skills\b",
    r"\bhard skills\b",
    r"\btechnical competenc",
    r"^(core |key )?skills\b",
)
SOFT_SECTION = words(r"\bsoft skills?\b", r"\bbehaviou?ral\b", r"\binterpersonal\b")
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
    r"\bwhat to assess\b",
    r"\bassess(ment)? (areas|focus|in)\b",
    r"\bfocus areas?\b",
    r"\bareas? to (assess|probe|evaluate)\b",
    r"\bwhat to (evaluate|probe|test|look at)\b",
    r"\bassessment areas\b",
    r"\binterview (focus|topics|areas)\b",
    r"\bcompetenc(y|ies) to assess\b",
)
EXERCISES = words(
    r"\bexercises?\b",
    r"\bcase stud(y|ies)\b",
    r"\bwork samples?\b",
    r"\bpractical\b",
    r"\bsimulations?\b",
    r"\btake-?home\b",
)
RED_FLAG = words(r"\bred flags?\b", r"\bdeal-?breakers?\b", r"\bdisqualif", r"\bwarning signs?\b", r"\bknock-?outs?\b")
WEAK = words(r"\bweak\b", r"\bconcern", r"\bnegative (signals?|indicators?)\b", r"\byellow flags?\b")
STRONG = words(r"\bstrong\b", r"\bpositive (signals?|indicators?)\b", r"\bgreen flags?\b", r"\bgood signs?\b")
SCORECARD = words(
    r"\bscorecard\b",
    r"\bscoring\b",
    r"\brubric\b",
    r"\brating (dimensions|scale|guide)\b",
    r"\bevaluation dimensions\b",
    r"\bdimensions\b",
)

DIMENSION_NAME = words(r"\bdimensions?\b", r"\bcriteri(on|a)\b", r"\bcompetenc(y|ies)\b")
DIMENSION_HEAD = words(
    r"\bdimensions?\b",
    r"\bcriteri(on|a)\b",
    r"\bcompetenc(y|ies)\b",
    r"\barea\b",
    r"\battribute\b",
    r"\bcategory\b",
    r"\bfactor\b",
    r"\bskill\b",
)
WEIGHT_HEAD = words(
    r"\bweight(ing|age)?s?\b",
    r"\bgewicht(ung)?\b",
    r"\bpoids\b",
    r"\bpeso\b",
    r"^\s*%",
    r"\bimportance %",
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
MEETS = words(r"\bmeets?\b", r"\bat bar\b", r"\bmeeting\b", r"\bsolid\b", r"\bacceptable\b", r"\bon bar\b")
TOTAL = words(
    r"^\W*((grand|weighted|overall|final|sub|composite|maximum|max) ?-?/? ?)*"
    r"(totals?|overall|sum|average|score|rating|recommendation|composite|summe|gesamt\w*|somme|suma|totale|σ|∑)"
    r"([ /]*(score|weight|rating|points?|overall|total|average|recommendation|hiring recommendation))*s?\s*:?"
    r"\s*(\([^()]{0,30}\)|\d+\s*%?)?\W*$"
)

LOOK_FOR = words(
    r"^\s*(what )?to look for\b",
    r"^\s*what (good|great|strong) looks like\b",
    r"^\s*look[- ]?fors?\b",
    r"^\s*looking for\b",
    r"^\s*evaluat(e|ion)( criteria| on)?\b",
    r"^\s*assess(ment)?( criteria| on)?\b",
    r"^\s*success (criteria|signals)\b",
    r"^\s*signals?\b",
    r"^\s*we look for\b",
    r"^\s*scoring\b",
    r"^\s*good answers?\b",
)
PROMPT = words(
    r"^\s*(prompt|task|scenario|brief|setup|the task|instructions?|question|description|exercise|context|assignment|goal|objective)s?$"
)
DURATION_LABEL = words(r"^\s*(duration|time|length|timebox|time ?box|time limit|time needed|suggested time)$")
DURATION = re.compile(
    r"\b(?:(?:about|approx\.?|up to|~)\s*)?\d+(?:[.,]\d+)?(?:\s*(?:[-–—]|to)\s*\d+(?:[.,]\d+)?)?[\s-]*(?:minutes?|mins?|hours?|hrs?|h|days?)\b(?!\w)",
    re.IGNORECASE,
)

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
