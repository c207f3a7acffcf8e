"""How a workbook shows a number: whole, in percent, as a date or a time. A digit shown as a date stays one."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys(range(14, 18), "yyyy-mm-dd"),
    **dict.fromkeys(range(18, 22), "h:mm"),
    22: "yyyy-mm-dd h:mm",
    **dict.fromkeys(range(27, 37), "yyyy-mm-dd"),
    **dict.fromkeys((45, 46, 47), "h:mm"),
    **dict.fromkeys(range(50, 59), "yyyy-mm-dd"),
}
NOT_THE_FORMAT = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
FIRST_REAL_DATE = 366  # days: 1901; before it, what is shown as a date is a small number under a wrong format
SECONDS_OF_A_DAY = 24 * 60 * 60
DATE_OF_DAY_0 = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


@dataclass(frozen=True)
class NumberFormats:
    """The format of each style of cell, as text; `since_1904` says from when days are counted."""

    by_style: tuple[str, ...] = ()
    since_1904: bool = False

    @classmethod
    def of(cls, styles: Element | None, *, since_1904: bool) -> "NumberFormats":
        """The formats that a style sheet states."""
        if styles is None:
            return cls((), since_1904)
        own = {node.get("numFmtId", ""): node.get("formatCode", "") for node in _all(styles, "numFmt")}
        formats = [node for cells in _all(styles, "cellXfs") for node in _all(cells, "xf")]
        codes: list[str] = []
        for node in formats:
            number = node.get("numFmtId", "0")
            codes.append(own.get(number) or _built_in(number))
        return cls(tuple(codes), since_1904)

    def shown(self, written: str, style: int) -> str:
        """What a cell of this style shows for a number as the file writes it."""
        try:
            number = float(written)
        except ValueError:
            return written
        if not math.isfinite(number):
            return written
        code = self.by_style[style] if style < len(self.by_style) else ""
        return _shown(number, code, self.since_1904)


def _built_in(number: str) -> str:
    return BUILT_IN.get(int(number), "") if number.isdigit() else ""


def _all(node: Element, name: str) -> list[Element]:
    """Each element of this local name inside."""
    return [child for child in node.iter() if child.tag.rpartition("}")[2] == name]


def _shown(number: float, code: str, since_1904: bool) -> str:
    bare = NOT_THE_FORMAT.sub("", code.partition(";")[0]).lower()
    if "%" in bare:
        return f"{_plain(number * 100)}%"
    has_date = bool(re.search(r"[yd]", bare))
    has_time = bool(re.search(r"[hs]", bare))
    if has_date and number >= FIRST_REAL_DATE:
        return _date(number, has_time, since_1904, has_seconds="s" in bare)
    if has_time and 0 < number < FIRST_REAL_DATE and not has_date:
        return _time(number)
    return _plain(number)


def _plain(number: float) -> str:
    """A number without needless digits: what a computer keeps of 0.1 + 0.2 is 0.3."""
    rounded = round(number, 9)
    if rounded.is_integer() and abs(rounded) < 1e15:
        return str(int(rounded))
    return f"{rounded:.10g}"


def _date(number: float, has_time: bool, since_1904: bool, *, has_seconds: bool) -> str:
    """To the nearest second: as a share of a day no number is 10:00 exactly. Seconds only where there are any."""
    try:
        moment = DATE_OF_DAY_0[since_1904] + timedelta(seconds=round(number * SECONDS_OF_A_DAY))
    except OverflowError:
        return _plain(number)
    if not has_time:
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M:%S}" if has_seconds and moment.second else f"{moment:%Y-%m-%d %H:%M}"


def _time(number: float) -> str:
    minutes = round(number * 24 * 60)
    return f"{minutes // 60}:{minutes % 60:02}"
