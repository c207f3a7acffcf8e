"""Bold lines are headings where a document has no others."""

from rubrics.readers.headings import with_bold_headings


def bold(text: str) -> str:
    return f"<p><strong>{text}</strong></p>"


def test_bold_lines_are_headings_and_numbered_ones_stand_above():
    pieces = [
        bold("1) Role"),
        "<p>a</p>",
        bold("2) Hiring"),
        bold("Str</strong><strong>ong </strong> <strong>signals:"),
        "<ul></ul>",
    ]

    assert with_bold_headings(pieces) == [
        "<h2>1) Role</h2>",
        "<p>a</p>",
        "<h2>2) Hiring</h2>",
        "<h3>Strong signals</h3>",
        "<ul></ul>",
    ]


def test_where_there_are_headings_bold_lines_stay_paragraphs():
    pieces = ["<h1>A</h1>", "<h2>B</h2>", bold("c")]

    assert with_bold_headings(pieces) == pieces


def test_what_is_only_partly_bold_or_long_stays_a_paragraph():
    pieces = [bold("Why:</strong> because <strong>so"), bold("x" * 101), "<p><strong>a</strong> b</p>"]

    assert with_bold_headings(pieces) == pieces
