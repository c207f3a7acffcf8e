"""What a page says, however its template is laid out."""

import re

from django.http import HttpResponse


def on_one_line(html: str) -> str:
    """The HTML with each run of white space as one blank, and none at the inner edges of an element or between cells.

    Only for reading: a text that keeps its white space (`pre-wrap`, a text area) has lost it here.
    """
    html = re.sub(r"(<[a-z][^<>]*>)\s+", r"\1", html)
    html = re.sub(r"\s+(?=</)|(?<=</td>)\s+(?=<td)", "", html)
    return re.sub(r"\s+", " ", html)


def html_of(response: HttpResponse) -> str:
    return on_one_line(response.content.decode())
