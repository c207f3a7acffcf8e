"""Dimensions that a page names outside tables, to be rated or with weights, and that have no levels there. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import filterfalse, pairwise

from rubrics.blueprints import by_language, words
from rubrics.blueprints.labels import rank_of
from rubrics.blueprints.line_kinds import (
    BOX,
    COUNTS_A_QUESTION,
    LONGEST_SCALE,
    PLAIN_NAME,
    SCALE_BEGINS,
    SCORE_BLANK,
    begins_with_a_box,
    counts_a_question,
    cut_at_label,
    headings_below_several,
    is_asked,
    is_room,
    is_scale,
    is_sign,
    labels_below_several,
    level_label,
    offers_levels,
    pairs_numbers_with_levels,
    split_level,
    what_is_tested,
)
from rubrics.blueprints.lines import Line, parted, unnumbered
from rubrics.blueprints.rated_rows import DimensionRow, is_a_sentence, is_short
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.sections import Block, acts_as_heading, heading_of
from rubrics.blueprints.signals import signals_of_table
from rubrics.blueprints.tellings import SCORECARD
from rubrics.blueprints.turned import name_of
from rubrics.blueprints.weights import ALL_POINTS, points_as_weights, weight_alone

# --- Weights in headings and lists ---


def with_weights(blocks: list[Block]) -> list[DimensionRow]:
    """Headings, else list items and bold lines, of which two at least have a weight in percent."""
    headings = [weighted(block.text) for block in blocks if block.is_heading]
    bold = [weighted(block.lines[0].text) for block in blocks if acts_as_heading(block)]
    listed = [weighted(line.text) for block in blocks for line in block.lines]
    for found in (headings, bold, listed):
        rows = [row for row in found if row is not None]
        named = [row for row in rows if _names_a_dimension(row)]
        if len(named) > 1:
            return named
    return []


def with_all_weights(blocks: list[Block]) -> list[DimensionRow]:
    """Headings whose weights make a hundred together; none otherwise."""
    rows = with_weights([block for block in blocks if block.is_heading])
    total = sum(row.weight or 0 for row in rows)
    return rows if total == ALL_POINTS else []


def with_weights_in_headings(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, in which a line that is nothing but a weight stands in the heading above it instead."""
    found: list[Block] = []
    heading = -1  # the place of the last one that has no weight yet
    for block in blocks:
        if heading_of(block):
            heading = len(found) if weighted(heading_of(block)) is None else -1
        elif heading >= 0:
            block, weight = _without_its_weight(block)
            if weight:
                found[heading] = _with_weight(found[heading], weight)
                heading = -1
        if block.is_heading or block.lines or block.kind == "table":
            found.append(block)
    return found


def _without_its_weight(block: Block) -> tuple[Block, str]:
    """A block without its first line that is nothing but a weight, and that weight; empty where there is none."""
    for index, line in enumerate(block.lines):
        weight = weight_alone(line.text)
        if weight:
            return replace(block, lines=block.lines[:index] + block.lines[index + 1 :]), weight
    return block, ""


def _with_weight(heading: Block, weight: str) -> Block:
    behind = f" ({weight} %)"
    if heading.is_heading:
        return replace(heading, text=heading.text.rstrip(": ") + behind)
    line = heading.lines[0]
    text = line.text.rstrip(": ") + behind
    return replace(heading, lines=(replace(line, text=text, bold=text),))


def _names_a_dimension(row: DimensionRow) -> bool:
    return bool(row.name) and not words.TOTAL.search(row.name)


def weighted(text: str) -> DimensionRow | None:
    """A name and its weight, as in “Teamwork (30 %): shares”; None for a text without one."""
    found = WEIGHTED.match(text)
    if found is None:
        return None
    number = found["bracketed"] or found["plain"]
    return DimensionRow(name_of(found["name"]), float(number.replace(",", ".")))


PERCENT = rf"(?:{by_language.WEIGHTS})?\s*[:=]?\s*"
WEIGHTED = re.compile(
    rf"^(?P<name>[^:(\[]{{1,80}}?)\s*(?:[(\[]\s*{PERCENT}(?P<bracketed>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*%\s*[)\]]"
    rf"|\s*[-–—:,]\s*{PERCENT}(?P<plain>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*%)(?=\s*(?:$|[:.,;–—-]))",
    re.IGNORECASE,
)


def with_points(blocks: list[Block]) -> Read[list[DimensionRow]]:
    """Headings, else list items and bold lines, two at least, with points behind their names.

    They are the weights where they make a hundred together. Otherwise they are left out, with a warning.
    """
    headings = [_with_what_it_asks(block, below) for block, below in pairwise([*blocks, Block("text")])]
    listed = [line.text for block in blocks for line in block.lines]
    out_of = [_out_of(text) for text in listed]
    if sum(row.weight or 0 for row in out_of if row) == ALL_POINTS and len(out_of) > 1:
        return _points_as_weights([row for row in out_of if row])
    for texts in (headings, listed):
        rows = _pointed(texts)
        if len(rows) > 1:
            return _points_as_weights(rows)
    return Read([])


def _with_what_it_asks(block: Block, below: Block) -> str:
    """What a heading or a bold line says; one that only counts a question says what is asked below it instead."""
    heading = heading_of(block)
    counted = counts_a_question(name_of(heading)) and below.kind == "text" and bool(below.lines)
    if not counted:
        return heading
    return COUNTS_A_QUESTION.sub(lambda _: below.lines[0].text, heading, count=1)


def _out_of(text: str) -> DimensionRow | None:
    """A name before room for points of so many, which are its weight: “Talk ____ / 40”; None for any other line."""
    found = OUT_OF.match(text)
    if found is None or not found["name"].strip() or words.TOTAL.search(found["name"]):
        return None
    return DimensionRow(name_of(found["name"]), float(found["points"]))


OUT_OF = re.compile(r"^(?P<name>[^:_]{2,80}?)\s*[:.…–—-]*\s*_{2,}\s*(?:/|of|out of)\s*(?P<points>\d{1,2})\b")


def _pointed(texts: Iterable[str]) -> list[DimensionRow]:
    """The names among these texts that have points behind them, with their points as the weights."""
    found = [POINTED.match(unnumbered(text)) for text in texts]
    rows = [DimensionRow(name_of(row["name"]), float(row["points"])) for row in found if row is not None]
    return [row for row in rows if _names_a_dimension(row)]


def _points_as_weights(rows: list[DimensionRow]) -> Read[list[DimensionRow]]:
    """Names with their points, without these where they do not make a hundred together."""
    if sum(row.weight or 0 for row in rows) == ALL_POINTS:
        return Read(rows, (points_as_weights(rows[0].name),))
    message = f"The points behind “{rows[0].name}” and others do not add up to 100, so they were left out."
    return Read([replace(row, weight=None) for row in rows], (PlanWarning("points_left_out", message),))


POINTED = re.compile(
    rf"^(?P<name>[^:(\[]{{2,80}}?)\s*(?:[(\[]|[–—:]|\s-)\s*(?:max(?:imum|\.)?\W+)?(?:[01]\s*(?:[-–—]|to|bis|à|a)\s*)?"
    rf"(?P<points>\d{{1,2}})\s*(?:{by_language.POINTS})\b",
    re.IGNORECASE,
)


# --- Lines to fill in ---


def to_fill_in(blocks: list[Block]) -> list[DimensionRow]:
    """Lines with room for a score behind a name, two at least: “Teamwork: ☐ 1 ☐ 2 ☐ 3” or “Teamwork ___ / 5”."""
    blocks = _without_other_choices(blocks)
    lines = [line for block in blocks for line in block.lines]
    names = [_name_to_fill_in(line) for line in lines]
    for found in (
        names,
        _headings_above_a_scale(blocks),
        list(_items_above_a_scale(blocks)),
        list(_names_before_blanks(blocks)),
        list(_questions_above_rooms(blocks)),
    ):
        rows = [DimensionRow(name) for name in found if name]
        if len(rows) > 1:
            return rows
    return []


def _without_other_choices(blocks: list[Block]) -> list[Block]:
    """The blocks; where boxes with numbers are ticked, without the lines whose boxes offer anything else but levels."""
    first = [_first_choice(line.text) for block in blocks for line in block.lines]
    if sum(map(str.isdigit, first)) < 2:
        return blocks
    return [replace(block, lines=tuple(filterfalse(_offers_other_things, block.lines))) for block in blocks]


def _offers_other_things(line: Line) -> bool:
    choice = _first_choice(line.text)
    return bool(choice) and not choice.isdigit() and rank_of(choice) is None


def _first_choice(text: str) -> str:
    """What the first box of a line is for; empty for a line without one."""
    found = FIRST_CHOICE.search(text)
    return found[1].strip(" :;,.|/") if found else ""


FIRST_CHOICE = re.compile(r"[☐□○◯⬜]\s*([^\W_][^☐□○◯⬜]{0,40})")


def _name_to_fill_in(line: Line) -> str:
    """The name before room for a score; what a line says of a bold name is no part of it."""
    if SCORE_BLANK.match(line.text) or (SCALE_BEGINS.match(line.text) and is_scale(line.text)):
        return ""
    bold = line.bold.rstrip(" :–—-")
    text = line.text
    if bold and text.startswith(bold) and ROOM_FOR_A_SCORE.search(text[len(bold) :][-LONGEST_SCALE:]):
        text = f"{bold}: 1 2 3"
    label, choices = cut_at_label(line)
    if offers_levels(choices):
        text = f"{label}: 1 2 3"
    found = TO_FILL_IN.match(text)
    if found is None or level_label(found["name"]) or ABOUT_PEOPLE.search(found["name"]):
        return ""
    name = name_of(SCORE_BEHIND.sub("", found["name"]))
    return "" if words.TOTAL.search(name) else name


def _questions_above_rooms(blocks: Iterable[Block]) -> Iterator[str]:
    """The questions below which a line has room for a score, whatever stands between them, but for another heading."""
    question = ""
    for block in blocks:
        question = "" if block.is_heading else question
        for line in block.lines:
            if question and is_room(line.text):
                yield name_of(question)
                question = ""
            elif is_asked(line.text) and not words.ABOUT_THE_FORM.search(line.text):
                question = line.text


def _names_before_blanks(blocks: Iterable[Block]) -> Iterator[str]:
    """The names before mere blanks below a line that asks to rate each item, or says what the scores mean.

    “Voice ____” is one, and “Comments ____” is none.
    """
    asked = False
    for line in (line for block in blocks for line in block.lines):
        found = BEFORE_A_BLANK.fullmatch(line.text) if asked else None
        asked = asked or _asks_to_rate_each(line.text) or pairs_numbers_with_levels(line.text)
        name = name_of(found["name"]) if found else ""
        if name and not any(
            pattern.search(name) for pattern in (ABOUT_PEOPLE, SOMEBODY, NO_ITEM, words.TOTAL, words.ABOUT_THE_FORM)
        ):
            yield name


def _asks_to_rate_each(text: str) -> bool:
    return REQUEST.search(text) is not None and EACH.search(text) is not None


BEFORE_A_BLANK = re.compile(r"(?P<name>[^\W\d_][^_:?]{1,60}?)\s*[:.…]*\s*_{2,}\s*")
EACH = words.words(r"\b(each|every|following|these|all|jede[ns]?|folgenden?|chaque|suivants?|cada|siguientes?)\b")
SOMEBODY = words.words(rf"^\W*(?:{by_language.PEOPLE})s?\b")
NO_ITEM = words.words(
    r"^\W*(\w+ ){0,2}(comments?|notes?|remarks?|strengths?|weaknesses|concerns|department|location|phone|telephone|e-?mail"
    r"|address|signature|bemerkungen|unterschrift|commentaires?|observaciones)\b"
)
SCORE_BEHIND = re.compile(rf"(?<=[?.!])\s*(?:{by_language.LEVEL_HEADS})$", re.IGNORECASE)  # of a question
ROOM = (
    rf"(?:(?:{BOX}\s*[^\W_][^☐□○◯⬜]{{0,30}}){{2,}}|(?:\[\s?\]\s*[^\[\]]{{1,30}}){{2,}}"
    r"|(?<=[\s.…])A(?:\s*[|/·]?\s*[B-F]){2,5}"
    r"|[0-1](?:\s*[|/·,–—-]?\s*[1-9]|\s*[|/·]?\s*10){2,10}|_{2,}\s*(?:/|of|out of)\s*\d{1,2}"
    r"|\(\s*[01]\s*(?:[-–—]|to)\s*\d{1,2}\s*\)\s*:?\s*_*)\s*$"
)
TO_FILL_IN = re.compile(rf"^(?:{BOX}\s*)?(?P<name>[^:_☐□○◯⬜\[\]]{{2,80}}?)\s*[:.…–—-]*\s*{ROOM}")
ROOM_FOR_A_SCORE = re.compile(rf"\s{ROOM}")
ABOUT_PEOPLE = words.words(
    r"\b(candidate|applicant|interviewer|name|date|position|overall|recommendation|decision|hire|total|bewerber|datum)\b"
)


# --- Names above a scale to tick ---


def _headings_above_a_scale(blocks: list[Block]) -> list[str]:
    """The headings and bold lines below which a line is a scale to tick, as in “1 – Poor 2 – Fair 3 – Good”.

    Where one has several such lines below it, the names are the lines right above these.
    """
    labels = labels_below_several(blocks) | headings_below_several(blocks)
    lines = list(_lines_above_scales(blocks, labels))
    if len({heading for heading, _ in lines}) < len(lines):
        return [name for _, name in lines if name]
    return list(_last_names_above_scales(blocks, labels))


def _last_names_above_scales(blocks: Iterable[Block], labels: Collection[str]) -> Iterator[str]:
    """What was named last above each block with room for a score, unless that is no dimension."""
    above = ""
    for block in blocks:
        if _is_a_label(block, labels) or (above and words.EXPECTED.search(block.text)):
            continue
        named = _named_by(block, above)
        if named:
            above = named
        elif above and any(is_room(line.text) for line in block.lines):
            if not _heads_no_dimension(above):
                yield name_of(above)
            above = ""


def _named_by(block: Block, above: str) -> str:
    """What a block names: a heading itself, a line what is tested, and a text below a counted question asks it.

    `above` is what was named last. The name is empty for any other block.
    """
    heading = heading_of(block)
    if heading or not block.lines:
        return heading
    tested = what_is_tested(block.lines[0].text)
    if tested:
        return tested
    is_the_question = block.kind == "text" and counts_a_question(above)
    return block.lines[0].text if is_the_question else ""


def _heads_no_dimension(text: str) -> bool:
    """Whether a heading is about the scale, the candidate or the decision, or says scorecard itself."""
    return any(pattern.search(text) for pattern in (words.LEGEND, ABOUT_PEOPLE, words.SHEET))


def _items_above_a_scale(blocks: Iterable[Block]) -> Iterator[str]:
    """The items of lists below which, one step deeper, a line is a scale to tick or has room for a score."""
    for block in blocks:
        item = ""
        for line in block.lines:
            if line.depth == 1:
                item = line.text
            elif item and line.depth > 1 and is_room(line.text):
                yield name_of(item)
                item = ""


def _lines_above_scales(blocks: Iterable[Block], labels: Collection[str]) -> Iterator[tuple[int, str]]:
    """For each line that is a scale to tick: which heading it stands below, and the short line right above it.

    The line is empty where it is no name; below a heading about the candidate or the decision there is none. Below
    one about the scale a name is bold, or has its definition behind it.
    """
    heading = 0
    passed = legend = False
    above = ""
    for number, block in enumerate(blocks):
        text = heading_of(block)
        if text and not _is_a_label(block, labels):
            heading, passed, above = number, ABOUT_PEOPLE.search(text) is not None, ""
            legend = words.LEGEND.search(text) is not None
            continue
        for line in block.lines:
            if what_is_tested(line.text):
                heading = number
            if is_room(line.text):
                if not passed:
                    yield heading, name_of(above)
                above = ""
            else:
                above = _short_name(line.text) if _is_named(line) or not legend else ""


def _is_named(line: Line) -> bool:
    """Whether a line has bold text, or something behind a name."""
    return bool(line.bold) or bool(parted(line.text)[1])


def _short_name(text: str) -> str:
    """A short line that may name a dimension, or the name before its definition; empty for any other line.

    That is a sentence, a line about people, or one with a colon inside and no sentence behind it.
    """
    name, behind = parted(text)
    text = unnumbered(text)
    if counts_a_question(name):
        return behind
    if behind and not (is_short(name) and is_a_sentence(behind)):
        return ""
    name = name if behind else text
    is_name = PLAIN_NAME.fullmatch(name) and not _heads_no_dimension(name)
    return name.rstrip(": ") if is_name else ""


def _is_a_label(block: Block, labels: Collection[str]) -> bool:
    """Whether a title says what stands below it, such as “Positive indicators”, and so names no dimension."""
    text = heading_of(block)
    if not text:
        return False
    if text in labels or words.SUBLABEL.search(text) or words.LOOK_FOR.search(text) or words.EXPECTED.search(text):
        return True
    return bool(words.kind_of_signal(text))


# --- Lists that a text asks to rate ---


def to_rate(blocks: list[Block]) -> list[DimensionRow]:
    """The items of lists where a text asks to rate or to score them, two at least; all others are levels."""
    first = next((index for index, block in enumerate(blocks) if _asks_to_rate(block)), None)
    if first is None:
        return []
    lists = list(_lists_to_rate(blocks[first:])) or list(_lists_to_rate(blocks))
    lists = lists or list(_lists_to_rate(blocks, requirements=True))
    items = [line for block in lists for line in block.lines if line.depth == 1]
    rows = _named_items(items)
    levels = [line for line in items if split_level(line)[0]]
    return rows if len(rows) > 1 and len(rows) + len(levels) == len(items) else []


def _named_items(items: Iterable[Line]) -> list[DimensionRow]:
    names = [_name_to_rate(line) for line in items]
    return [DimensionRow(name) for name in names if name]


def _asks_to_rate(block: Block) -> bool:
    texts = [line.text for line in block.lines if not line.depth]
    if block.is_heading and not words.LEGEND.search(block.text):
        texts.append(block.text)
    return any(REQUEST.search(text) for text in texts)


def _lists_to_rate(blocks: Iterable[Block], *, requirements: bool = False) -> Iterator[Block]:
    """The lists but for those of questions, and those that the line above calls answers, signals, tips or the like.

    With `requirements` they are those that it calls must-haves, nice-to-haves or requirements.
    """
    above = ""
    for block in blocks:
        heading = heading_of(block)
        if heading:
            above = heading
        elif block.kind == "text" and block.lines[-1].text.endswith(":"):
            above = block.lines[-1].text
        elif _may_be_rated(block, above) and requirements is bool(REQUIREMENTS.search(above)):
            yield block


def _may_be_rated(block: Block, above: str) -> bool:
    """Whether a block is a list that asks nothing, and the line above it calls it nothing else."""
    if block.kind != "list" or _heads_other_things(above):
        return False
    return not any(map(_may_ask, block.lines))


def _heads_other_things(text: str) -> bool:
    patterns = (words.LOOK_FOR, words.SUBLABEL, words.EXPECTED, words.QUESTIONS, NOT_TO_RATE)
    return is_sign(text) or any(pattern.search(text) for pattern in patterns)


NOT_TO_RATE = words.words(r"\b(checklists?|tips?|next steps|instructions?)\b")
REQUIREMENTS = words.words(r"\b(must[- ]haves?|nice[- ]to[- ]haves?|requirements?)\b")


def _may_ask(line: Line) -> bool:
    return line.text.endswith("?") or line.text.startswith(('"', "“", "„", "«"))


def sections_to_rate(blocks: list[Block]) -> list[DimensionRow]:
    """The headings above lists where a text asks to score each section."""
    lines = [line.text for block in blocks for line in block.lines]
    if not any(SECTION_REQUEST.search(text) for text in lines):
        return []
    above = ""
    rows: list[DimensionRow] = []
    for block in blocks:
        if block.is_heading:
            above = "" if words.LEGEND.search(block.text) or words.SHEET.search(block.text) else block.text
        elif above and block.kind == "list":
            rows.append(DimensionRow(name_of(above)))
            above = ""
    return rows if len(rows) > 1 else []


SECTION_REQUEST = words.words(r"\b(score|rate|grade|assess|mark)\b.{0,20}\b(each|every) (section|part|heading|block)\b")


def below_their_heading(blocks: list[Block]) -> list[DimensionRow]:
    """The items of a list below a heading that says criteria, competencies or the like, and nothing else.

    Where such a list has boxes to tick, the lists of boxes below the headings behind it are of the same form.
    """
    rows: list[DimensionRow] = []
    heading = ""
    below = boxed = False
    for block in blocks:
        named = heading_of(block)
        if named:
            heading = named
            below = block.told == SCORECARD or DIMENSIONS.match(heading) is not None
        elif block.kind == "list":
            has_boxes = all(begins_with_a_box(line.text) for line in block.lines)
            boxed = boxed or (below and has_boxes)
            goes_on = boxed and has_boxes and _may_head_boxes(heading)
            if below or goes_on:
                rows += _named_items(line for line in block.lines if line.depth == 1)
    return rows if len(rows) > 1 else []


def _may_head_boxes(heading: str) -> bool:
    """Whether boxes below a heading may be ratings, and no decision or what to do around the interview."""
    if _heads_no_dimension(heading) or _heads_other_things(heading):
        return False
    return AROUND.search(heading) is None


AROUND = words.words(r"\b(before|after|prepar\w*|vor|nach|avant|après|antes|después|documents?|next)\b")


def above_signals(blocks: list[Block]) -> list[DimensionRow]:
    """The headings, two at least, that have two kinds of signals below them: what is strong, and what is not."""
    headings = Counter(block.text for block in blocks if block.is_heading)
    name = ""
    kinds: set[str] = set()
    rows: list[DimensionRow] = []
    for block in blocks:
        kind = words.kind_of_signal(heading_of(block))
        if block.is_heading and not kind and headings[block.text] == 1 and not _heads_other_things(block.text):
            name, kinds = block.text, set()
        kinds |= {kind} if kind else signals_of_table(block).keys()
        if name and len(kinds - {""}) > 1:
            rows.append(DimensionRow(name_of(name)))
            name = ""
    return rows if len(rows) > 1 else []


DIMENSIONS = words.words(
    rf"^\W*(?:(?:\w+|the)\W+){{0,2}}(?:{by_language.DIMENSION_HEADS}|competencies|criteria|dimensions|attributes|skills"
    r"|traits|qualities|values|areas)(?:\W+(?:to|we|you)\W+(?:score|rate|mark|grade))?\W*$"
)
REQUEST = words.words(by_language.RATING_REQUESTS)


def _name_to_rate(line: Line) -> str:
    """A short name at the line's beginning; empty for a level, a question and a sentence."""
    if split_level(line)[0] or line.text.endswith("?"):
        return ""
    name, _ = cut_at_label(line)
    name = re.sub(rf"^(?:{BOX}|\[\s?\])\s*", "", name).rstrip(".")
    is_name = len(name) <= 60 and len(name.split()) <= 8
    return name_of(name) if is_name else ""
