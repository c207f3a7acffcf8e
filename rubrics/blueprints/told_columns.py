"""The columns of a table that was told to be the scorecard: as a person said, and for the others as the rules say. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rubrics.blueprints.columns import Columns, columns_of
from rubrics.blueprints.lines import Row
from rubrics.blueprints.tellings import ASKED, LEVEL_OF, LOOK_FOR, NAME, NOTHING, WEIGHT


def told_columns(header: Row, told: Sequence[str]) -> Columns:
    """The columns of a header, of each of which `told` says what it is, or nothing.

    What was told goes before the rules: no other column is the name, the weight or a level that one was told to be.
    """
    own = columns_of(header, titled=True) or NO_SCORECARD
    answered = {index: telling for index, telling in enumerate(told) if telling}
    others = [index for index in range(len(header)) if index not in answered]
    own_asked = own.asked if own.asked in others else None
    own_weight = own.weight if own.weight in others else None
    own_look_for = sorted(set(own.look_for).intersection(others))
    name = _name(own, answered, header, others)
    columns = Columns(
        name=name,
        weight=_only(answered, WEIGHT, own_weight),
        levels={},
        assumed=False,
        title=header[name].text,
        numbers=own.numbers,
        asked=_only(answered, ASKED, own_asked),
        look_for=(*_all(answered, LOOK_FOR), *own_look_for),
        signs={index: kind for index, kind in own.signs.items() if index in others},
        left_out=frozenset(_all(answered, NOTHING)),
    )
    return _with_levels(columns, own, answered)


def _with_levels(columns: Columns, own: Columns, answered: dict[int, str]) -> Columns:
    """The columns with the levels: as told, and for the others as the rules say, whose warnings then hold."""
    levels, more = _levels(own, answered)
    by_rule = [index for index in _of_levels(own) if index not in answered]
    refused = own.refused - answered.keys()
    return replace(
        columns,
        levels=levels,
        more=more,
        assumed=own.assumed and bool(by_rule),
        refused=refused,
        warnings=own.warnings if by_rule or refused else (),
        levels_told=bool(levels) and not by_rule,
    )


NO_SCORECARD = Columns(name=0, weight=None, levels={}, assumed=False)


def _all(answered: dict[int, str], telling: str) -> tuple[int, ...]:
    return tuple(index for index, said in answered.items() if said == telling)


def _only(answered: dict[int, str], telling: str, otherwise: int | None) -> int | None:
    return next((index for index, said in answered.items() if said == telling), otherwise)


def _name(own: Columns, answered: dict[int, str], header: Row, others: Iterable[int]) -> int:
    """The column of names: as told, else by the rules, else the first with a heading that nothing was told of."""
    told = _only(answered, NAME, None)
    if told is not None:
        return told
    if own.name not in answered:
        return own.name
    taken = {own.weight, own.asked, *_of_levels(own)}
    free = [index for index in others if index not in taken]
    headed = [index for index in free if header[index].text]
    return next(iter(headed or free), own.name)


def _of_levels(own: Columns) -> list[int]:
    """The columns that the rules take for levels."""
    further = [index for indexes in own.more.values() for index in indexes]
    return sorted([*own.levels.values(), *further])


def _levels(own: Columns, answered: dict[int, str]) -> tuple[dict[int, int], dict[int, tuple[int, ...]]]:
    """The first column of each level and the further ones.

    A level that was told has the columns that were told and no others.
    """
    by_level: dict[int, list[int]] = {}
    for index, telling in answered.items():
        if telling in LEVEL_OF:
            by_level.setdefault(LEVEL_OF[telling], []).append(index)
    told = set(by_level)
    for level, first in own.levels.items():
        free = [index for index in (first, *own.more.get(level, ())) if index not in answered]
        if level not in told and free:
            by_level[level] = free
    levels = {level: indexes[0] for level, indexes in by_level.items()}
    more = {level: tuple(indexes[1:]) for level, indexes in by_level.items() if len(indexes) > 1}
    return levels, more
