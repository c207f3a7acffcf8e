"""Scorecards as tables below their heading, and what is read of them."""

from rubrics.blueprints.reading import Read
from rubrics.blueprints.scorecard import Scorecard, read_scorecard
from tests.rubrics.role_documents import START, blocks_of, read_hiring, table

CARD = START + "<h2>19) Hiring Evaluation Criteria</h2><h3>Scorecard dimensions</h3>"


HEADING = "<h3>Scorecard dimensions</h3>"


def dimensions(inner: str) -> list[tuple]:
    return [(row["name"], row["weight"], row["anchors"]) for row in read_hiring(HEADING + inner)["dimensions"]]


def names(inner: str) -> list[str]:
    return [row[0] for row in dimensions(inner)]


def read_table(*rows: str, titled: bool = True) -> Read[Scorecard]:
    return read_scorecard(blocks_of(table(*rows)), titled=titled)


def card(*tables: str, titled: bool = True) -> Read[Scorecard]:
    return read_scorecard(blocks_of("".join(tables)), titled=titled)
