"""What a line outside tables is: a level, a scale to tick, room for a score, or what is tested. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from string import ascii_uppercase

from rubrics.blueprints import by_language, words
from rubrics.blueprints.labels import SYMBOLS, is_job_grade, label_of, rank_of, said_beside_its_rank
from rubrics.blueprints.lines import Line, parted
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.weights import weight_in_name

SIGNS = (words.RED_FLAG, words.WEAK, words.STRONG, words.GOOD_ANSWER, words.POOR_ANSWER)
BELOW_ALL = 7  # the level of a name that is no heading: below every heading


# --- Levels ---


def level_label(text: str) -> str:
    """The text where it is nothing but the label of a level; empty for any other."""
    if len(text) > LONGEST_LABEL or any(sign.search(text) for sign in SIGNS[:1]):
        return ""
    label = label_of(text)
    if label.kind == "word" and said_beside_its_rank(text) and not begins_with_a_box(text):
        return ""  # “Good teamwork” names what is rated
    if label.rank is not None or label.kind == "letter" or (label.kind == "grade" and is_job_grade(text)):
        return text
    is_number = label.numbers is not None and NUMBER_LABEL.match(text)
    return text if is_number else ""


def names_levels_alone(block: Block) -> bool:
    """Whether all lines of a block, or all rows below its head, begin with a level.

    The texts behind these define the scale.
    """
    if block.kind == "table":
        found = [level_label(row[0].text) for row in block.rows[1:] if row]
    else:
        found = [split_level(line)[0] for line in block.lines]
    return len(found) > 1 and all(found)


def pairs_in(text: str) -> list[tuple[str, str]]:
    """The numbers that a line pairs with words, as in “1 = poor, 5: excellent”."""
    return PAIR.findall(text[:LONGEST_LEGEND])


def pairs_numbers_with_levels(text: str) -> bool:
    """Whether a line says what the numbers of a scale mean, two at least."""
    return sum(rank_of(word) is not None for _, word in pairs_in(text)) > 1


LONGEST_LEGEND = 400  # characters of a line that are looked at
PAIR = re.compile(r"(?<![\d.,])(\d{1,2})\s?(?:=|:|\s[-–—])\s?([^\W\d_][^=;,.:()\d]{1,40})")


def is_sign(label: str) -> bool:
    """Whether a label names a red flag, a weak or strong signal, or an answer of either kind."""
    return any(sign.search(label) for sign in SIGNS)


LONGEST_LABEL = 60
LAST_OF_TEXT = 0x2FFF  # what comes behind is no sign of punctuation: of a level's symbols, the pictures
NUMBER_LABEL = re.compile(
    rf"^\W*(?:{by_language.LEVEL_HEADS})?\W*\d{{1,2}}(?:\s*(?:[-–—]|to)\s*\d{{1,2}})?\s*(?:{by_language.POINTS})?\W*$",
    re.IGNORECASE,
)


def split_level(line: Line) -> tuple[str, str]:
    """A line's level and the text behind it; both are empty for a line that begins with none.

    “5 – Outstanding: leads others” is level “5 – Outstanding”. A mere “1.” numbers a line of a list.
    """
    if is_scale(line.text):
        return "", ""
    symbol = SYMBOL_BEFORE.match(line.text)
    if symbol and not any(sign.search(line.text) for sign in SIGNS):
        return symbol.group(1), line.text[symbol.end() :].strip(" :–—-")
    stars = STARS_BEFORE.match(line.text)
    if stars:
        return stars.group(1), line.text[stars.end() :]
    lettered = LETTERED_LEVEL.match(line.text)
    if lettered:
        return lettered[1], line.text[lettered.end() :].strip()
    found = NUMBERED_LEVEL.match(line.text)
    if found:
        return _with_word(found.group(1).strip(), line.text[found.end() :].strip())
    name, text = cut_at_label(line)
    if name == line.text and not (line.bold or line.depth == 0):
        return "", ""
    return (name, text) if level_label(name) else ("", "")


SYMBOL_BEFORE = re.compile(rf"^({'|'.join(sign for sign in SYMBOLS if ord(sign[0]) > LAST_OF_TEXT)})\ufe0f?(?=\s)")


STARS_BEFORE = re.compile(r"^([★⭐]{1,10})☆*\s*[:–—-]?\s+(?=[^\W\d_])")


LETTERED_LEVEL = re.compile(r"^\W*([A-F][+-]?)\s*=\s*(?=\S)")  # “A = superb”


def cut_at_label(line: Line) -> tuple[str, str]:
    """A line cut at the end of its bold beginning, else at its first colon or dash."""
    bold = line.bold.rstrip(" :–—-")
    if bold and line.text.startswith(bold) and len(bold) < len(line.text.rstrip(" :")):
        return bold, line.text[len(bold) :].strip(" :–—-")
    return parted(line.text)


def _with_word(number: str, rest: str) -> tuple[str, str]:
    """The word behind a level's number belongs to its label, where it says how good the level is."""
    word, text = parted(rest)
    if text and _is_a_rank(word):
        return (f"{number} {word}" if word.startswith("(") else f"{number} – {word}"), text
    if _is_a_rank(rest) and len(rest) < LONGEST_LABEL:
        return f"{number} – {rest}", ""
    bracketed = BRACKETED_WORD.match(rest)
    if bracketed:
        return f"{number} {bracketed.group(1)}", rest[bracketed.end() :].strip(" :–—-")
    return number, rest


def _is_a_rank(text: str) -> bool:
    """Whether a text says how good a level is and nothing else: “No examples” is the wording of a level."""
    return rank_of(text) is not None and not said_beside_its_rank(text)


NUMBERED_LEVEL = re.compile(
    rf"^\W*((?:(?:{by_language.LEVEL_HEADS})\s*)?\d{{1,2}}(?:\s*(?:[-–—]|to)\s*\d{{1,2}}(?!\d))?(?:\s*(?:{by_language.POINTS})\b)?"
    r"|(?:[0-9]|10)\s*(?=\())\s*(?:\s[-–—]\s|[:=–—]|(?=\())",
    re.IGNORECASE,
)
BRACKETED_WORD = re.compile(r"^(\([^()]{2,40}\))\s*[:–—-]?\s*")


def split_numbered_word(line: Line) -> tuple[str, str]:
    """A word or two with a number in brackets before a colon, and what follows; both are empty for any other line."""
    found = NUMBERED_WORD.match(line.text)
    return (found["label"], line.text[found.end() :].strip()) if found else ("", "")


NUMBERED_WORD = re.compile(r"^(?P<label>[^\W\d_][^():.;]{2,30}\((?:[0-9]|10)\))\s*[:–—-]")


# --- Room for a score ---


def is_scale(text: str) -> bool:
    """Whether a line counts from 0 or 1 to 3 at least, with hardly a word at each number, or has boxes to tick."""
    if len(text) > LONGEST_SCALE:
        return False
    if len(re.findall(TICKED, text)) > 1:
        return True
    if not SCALE_BEGINS.match(text):
        return False
    numbers = [int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    return len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def is_room(text: str) -> bool:
    """Whether a line is a scale to tick, or has room for a score, and neither names nor asks anything."""
    before = re.split(TICKED, text[:LONGEST_SCALE], maxsplit=1)[0]
    if before.rstrip().endswith("?"):
        return False
    return is_scale(text) or SCORE_BLANK.match(text) is not None


LONGEST_SCALE = 160
SCALE_BEGINS = re.compile(rf"^[^\w]*(?:(?:{by_language.LEVEL_HEADS})\W+)?[01]\b", re.IGNORECASE)
BOX = r"[☐□○◯⬜]"
TICKED = rf"{BOX}|\[\s?\]|\(\s?\)"  # what is_scale takes for a box


def begins_with_a_box(text: str) -> bool:
    """Whether a line is one of several choices to tick."""
    return BEGINS_WITH_BOX.match(text) is not None


BEGINS_WITH_BOX = re.compile(rf"\s*(?:{TICKED})")


def is_to_write_on(text: str) -> bool:
    """Whether a line is room to write on, perhaps behind a label: “Comments: ______”."""
    return TO_WRITE_ON.fullmatch(text) is not None


TO_WRITE_ON = re.compile(r"[^_…]{0,60}(?:_{3,}|…{2,}|\.{6,})[_…\s.]*")


def offers_levels(text: str) -> bool:
    """Whether a text is a choice of levels, three at least: “Poor / Fair / Good”."""
    choices = [choice.strip() for choice in re.split(r"[/|·]", text[:LONGEST_SCALE])]
    return len(choices) > 2 and all(rank_of(choice) is not None for choice in choices)


SCORE_BLANK = re.compile(
    rf"^\W*(?:{by_language.LEVEL_HEADS})\s*(?:\([^()]{{1,30}}\))?\s*[:.]?\s*(?:[_☐.…]{{1,60}}[\s_☐.…]*(?:/\s*\d{{1,3}})?|/\s*\d{{1,3}})\s*$"
    rf"|^\W*(?:{by_language.LEVEL_HEADS})\s*[:.]?\s*[(\[]\s*[01]\s*(?:[-–—]|to)\s*\d{{1,2}}\s*[)\]]\W*$",
    re.IGNORECASE,
)


# --- Names and labels ---


def counts_a_question(text: str) -> bool:
    """Whether a heading says nothing but which question it is, perhaps with its weight: “Question 2 (40 %)”."""
    return COUNTS_A_QUESTION.fullmatch(weight_in_name(text)[0].strip()) is not None


COUNTS_A_QUESTION = re.compile(rf"(?:{by_language.QUESTIONS})\s*(?:no\.?|nr\.?|#)?\s*\d{{1,2}}", re.IGNORECASE)


def is_asked(text: str) -> bool:
    """Whether a text asks for certain, by its end or as a command: “Describes ...” and “How well ...” are definitions."""
    return text.rstrip("\"'”“’»").endswith("?") or COMMAND.match(text) is not None


COMMAND = words.words(
    r"^\W*(?:please )?(describe|(tell|show|walk|talk) (me|us)|give (me|us|an)|explain|share|think of|imagine"
    r"|suppose|(beschreiben|nennen|erzählen|schildern|erklären|zeigen|berichten|stellen) sie"
    r"|décrivez|parlez|racontez|donnez|expliquez|montrez|présentez|citez|dites|imaginez"
    r"|describa|cuénte(nos|me)|cuente|háble(nos|me)|explique|muéstre(nos|me)|dé un|dígan(os|me)|imagine)\b"
)


def what_is_tested(text: str) -> str:
    """The competency that a line says a question is about, as in “Competency assessed: Tact”; empty for any other."""
    found = TESTED.match(text)
    return found["name"].strip(" .") if found else ""


TESTED = re.compile(
    rf"^\W*(?:{by_language.TESTED_NOUNS})(?:\s*\(?(?:being )?(?:assessed|tested|measured|evaluated|probed)\)?)?\W*:\W*"
    r"(?P<name>[^\W\d_][^:?]{1,70})$",
    re.IGNORECASE,
)
PLAIN_NAME = re.compile(r"[^\W\d_][^.!?;]{1,48}[^.!?;,]")  # a short line that is no sentence


def without_letters(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, in which headings that are counted by letters are without these: “A. Stock”, “B. Team”.

    They are counted where those of one level begin with A, B and so on.
    """
    blocks = list(blocks)
    letters: dict[int, str] = {}
    for block in blocks:
        found = LETTERED.match(block.text) if block.is_heading else None
        if found:
            letters[block.level] = letters.get(block.level, "") + found.group(1)
    counted = {level for level, said in letters.items() if _counts(said)}
    return [_unlettered(block, counted) for block in blocks]


def _counts(letters: str) -> bool:
    return len(letters) > 1 and ascii_uppercase.startswith(letters)


def _unlettered(block: Block, counted: Collection[int]) -> Block:
    if block.is_heading and block.level in counted:
        return replace(block, text=LETTERED.sub("", block.text))
    return block


LETTERED = re.compile(r"^\s*([A-Z])[.):]\s+(?=\S)")


def headings_below_several(blocks: Iterable[Block]) -> frozenset[str]:
    """The headings that stand in the same words below several headings of higher rank."""
    above: list[tuple[int, int]] = []  # the level and number of each heading that this one stands below
    below: dict[str, set[int]] = {}
    for number, block in enumerate(blocks):
        if not block.is_heading:
            continue
        while above and above[-1][0] >= block.level:
            above.pop()
        if above:
            below.setdefault(block.text, set()).add(above[-1][1])
        above.append((block.level, number))
    return frozenset(text for text, headings in below.items() if len(headings) > 1)


def labels_below_several(blocks: Iterable[Block]) -> frozenset[str]:
    """The bold lines that stand in the same words below several headings."""
    heading = 0
    below: dict[str, set[int]] = {}
    for number, block in enumerate(blocks):
        if block.is_heading:
            heading = number
        elif acts_as_heading(block):
            below.setdefault(block.lines[0].text, set()).add(heading)
    return frozenset(text for text, headings in below.items() if len(headings) > 1)
