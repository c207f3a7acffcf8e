"""A document made in a process of its own, which can be ended and gives its memory back."""

import sys
from pathlib import Path

from accounts.child_process import ChildFailed, ChildTookTooLong, confine, run_module

SECONDS = 50  # less than a web server waits for a page
MEGABYTES = 1500
ROOT = Path(__file__).resolve().parents[2]


class NotRendered(RuntimeError):
    """The document was not made; the words say why, and hold nothing of it."""


def rendered(html: str, *, paper: str) -> bytes:
    """The PDF of the HTML. Raises NotRendered where it takes too long or fails."""
    try:
        return run_module(__name__, paper, data=html.encode(), seconds=SECONDS, folder=ROOT)
    except ChildTookTooLong as error:
        raise NotRendered("Creating the PDF took too long.") from error
    except ChildFailed as error:
        raise NotRendered("The PDF could not be created.") from error


def main(paper: str) -> None:
    from packets.documents.pdf import render

    confine(megabytes=MEGABYTES)
    sys.stdout.buffer.write(render(sys.stdin.buffer.read().decode(), paper=paper).content)


if __name__ == "__main__":
    main(sys.argv[1])
