"""Rows of a list that are most likely nobody: totals, page numbers, notes below the table, its heading again. Pure.

Whoever has an address is a person, whatever their name.
"""

import re
from collections.abc import Collection, Sequence

from accounts.folding import folded

TOTAL = "This looks like a total, not a person."
HEADING = "This is the heading again."
PAGE = "This looks like a page number, not a person."
NOTE = "This looks like a note, not a person."
NOBODY = "There is neither a name nor an address."


def _folded_words(text: str) -> frozenset[str]:
    return frozenset(folded(text).split())


SUMS = _folded_words(
    "total totals subtotal Summe Gesamtsumme Zwischensumme gesamt Gesamtzahl insgesamt totaux totale totali totaal "
    "subtotaal subtotale aantal totalt razem ogółem celkem spolu toplam yekûn összesen yhteensä ukupno итого всего "
    "усього разом σύνολο الإجمالي إجمالي المجموع جمع סה 合計 小計 総計 合计 小计 总计 总数 总人数 共计 總計 總數 합계 "
    "총계 소계 कुल"
)
# What counts beside a number alone: such a word may be a name as well.
SUMS_OR_NAMES = _folded_words(
    "sum suma summa soma somme somma count number Anzahl nombre número liczba antal 共 計 计 총"
)
PEOPLE = _folded_words(
    "candidate candidates applicant applicants application applications person persons people name names row rows "
    "entry entries record records Bewerber Bewerberinnen Bewerbungen Kandidaten Kandidatinnen Personen Einträge Zeilen "
    "candidat candidats candidates candidatures personnes lignes candidatos candidatas candidati personas pessoas "
    "persone filas linhas righe kandidaten sollicitanten kandydatów osób aday kişi kandidater кандидатов кандидаты "
    "человек 名 人 位 件 명 건"
)
LITTLE = _folded_words(
    "grand sub general général generale of the all in der die das alle von de des du la le les los las el da do dos "
    "das di dei van כ"
)
PAGES = _folded_words(
    "page pages Seite pagina página strona sayfa sida side sivu oldal страница 页 頁 ページ 페이지 쪽"
)
ENDS = _folded_words("end Ende fin fine fim einde koniec konec конец")
LISTS = _folded_words("list Liste lista lijst report Bericht rapport table Tabelle file seznam список")
SECRETS = _folded_words(
    "confidential internal vertraulich internen confidentiel confidencial riservato vertrouwelijk poufne gizli"
)
BESIDE_SECRETS = _folded_words("strictly use only for streng nur für Gebrauch strictement")
WORDS = re.compile(r"\d+|[^\s\d]+")
COLON = re.compile("[:：]")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d年|\d{1,2}:\d{2}")
LABELLED = re.compile(r"(?P<label>[^:：]{1,40})[:：]\s*\S")
MARKED = re.compile(r"[*†‡※©§•#¹²³→]|\(?\d+\)\s|https?:|www\.")
SENTENCE = re.compile(r".*\w{4,}[.!?]", re.S)
UNSPACED_SENTENCE = re.compile(".*[。！？]", re.S)
FEW, MANY = 5, 9  # words of a sentence; words that no name has


def aside(cells: Sequence[str], name: str, headings: Collection[str]) -> str:
    """Why a row with this name and no address is most likely nobody; empty for a person.

    `headings` are what columns may be headed by, folded.
    """
    filled = [cell for cell in cells if cell.strip()]
    if folded(name) in headings or all(folded(cell) in headings for cell in filled):
        return HEADING
    numbered = any(map(str.isdigit, "".join(filled)))
    # A total may stand in any column.
    for text in [name] if name else filled:
        if _is_total(text, numbered=numbered):
            return TOTAL
    if not any(map(str.isalpha, name or "".join(filled))):
        return NOBODY
    if _is_page(name):
        return PAGE
    stands_alone = len(filled) == 1
    return NOTE if name and stands_alone and _is_note(name, headings) else ""


def _is_total(text: str, *, numbered: bool) -> bool:
    """“Total”, “Total: 2 candidates”, “12 Bewerber”; “Sum” beside a number. “Candidate 7” is none."""
    words = WORDS.findall(folded(text))
    said = {word for word in words if not word.isdigit()}
    if not words or not said <= SUMS | SUMS_OR_NAMES | PEOPLE | LITTLE:
        return False
    if said & SUMS:
        return True
    if not numbered:
        return False
    is_counted = words[0].isdigit() or COLON.search(text)
    return bool(said & SUMS_OR_NAMES) or bool(is_counted and said & PEOPLE)


def _is_page(text: str) -> bool:
    """“Page 1 of 3”."""
    words = WORDS.findall(folded(text))
    said = {word for word in words if not word.isdigit()}
    return len(said) < len(words) and bool(said & PAGES) and said <= PAGES | LITTLE


def _is_note(text: str, headings: Collection[str]) -> bool:
    """What stands alone in its row, with a label, a date or a mark before it, or as a sentence."""
    labelled = LABELLED.match(text)
    if labelled and folded(labelled["label"]) not in headings:
        return True
    if MARKED.match(text) or DATE.search(text):
        return True
    words = folded(text).split()
    said = set(words)
    if said & SECRETS and said <= SECRETS | BESIDE_SECRETS | LITTLE:
        return True
    if said & ENDS and said & LISTS and said <= ENDS | LISTS | LITTLE:
        return True
    if len(words) >= MANY or UNSPACED_SENTENCE.fullmatch(text):
        return True
    return len(words) >= FEW and bool(SENTENCE.fullmatch(text))
