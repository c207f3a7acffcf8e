"""What a packet's pages look like, measured on the finished file: how empty each is, and
where its tables break.
"""

import io
import re
import subprocess
from dataclasses import dataclass

import pikepdf
from selectolax.lexbor import LexborHTMLParser

TOP, FOOT = 25, 20  # mm of the margins, as in the print sheet
DOTS = 20  # of the pictures, per inch
INK = 200  # of 255; what is darker is no paper
HEAD = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")


def emptiness(pdf: bytes) -> list[float]:
    """Of each page the highest blank band between the margins, as a share of what is between them."""
    command = ["pdftoppm", "-r", str(DOTS), "-gray", "-"]
    pictures = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    found = []
    while pictures:
        head = HEAD.match(pictures)
        assert head
        wide, high = int(head[1]), int(head[2])
        end = head.end() + wide * high
        found.append(_emptiness(pictures[head.end() : end], wide))
        pictures = pictures[end:]
    return found


def _emptiness(picture: bytes, wide: int) -> float:
    rows = [picture[start : start + wide] for start in range(0, len(picture), wide)]
    shown = rows[round(TOP * DOTS / 25.4) : len(rows) - round(FOOT * DOTS / 25.4)]
    longest = blank = 0
    for row in shown:
        blank = 0 if min(row) < INK else blank + 1
        longest = max(longest, blank)
    return longest / len(shown)


@dataclass(frozen=True)
class Piece:
    """As much of a table as one page holds: how many rows of its body, and of how many."""

    page: int
    rows: int
    whole: int


def pieces(pdf: bytes, html: str) -> list[Piece]:
    """The tables of the HTML as they stand in the file. No row is parted by a page's end."""
    wholes = [len(table.css("tbody > tr")) for table in LexborHTMLParser(html).css("table")]
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        parts = [(numbers[row.Pg.objgen], _rows(row)) for row in _tables(document.Root.StructTreeRoot)]
    for whole in wholes:
        left = whole
        while left > 0:
            page, rows = parts.pop(0)
            found.append(Piece(page, rows, whole))
            left -= rows
        assert left == 0
    assert not parts
    return found


def _tables(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = []
    for kid in _kids(node):
        found += [kid] if kid.S == "/Table" else _tables(kid)
    return found


def _rows(table: pikepdf.Object) -> int:
    bodies = [kid for kid in _kids(table) if kid.S == "/TBody"]
    return sum(row.S == "/TR" for body in bodies for row in _kids(body))


def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K", [])
    listed = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
