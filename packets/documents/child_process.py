"""A document made in a process of its own, which can be ended and gives its memory back."""

import subprocess
import sys
from pathlib import Path

SECONDS = 50  # less than a web server waits for a page
MEGABYTES = 1500
ROOT = Path(__file__).resolve().parents[2]


class NotRendered(RuntimeError):
    """The document was not made; the words say why, and hold nothing of it."""


def rendered(html: str, *, paper: str) -> bytes:
    """The PDF of the HTML. Raises NotRendered where it takes too long or fails."""
    command = [sys.executable, "-m", __name__, paper]
    try:
        done = subprocess.run(command, input=html.encode(), capture_output=True, timeout=SECONDS, cwd=ROOT, check=True)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise NotRendered("Creating the PDF took too long.") from error
    except subprocess.CalledProcessError as error:
        raise NotRendered("The PDF could not be created.") from error
    return done.stdout


def main(paper: str) -> None:
    import resource

    from packets.documents.pdf import render

    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024**2,) * 2)
    sys.stdout.buffer.write(render(sys.stdin.buffer.read().decode(), paper=paper).content)


if __name__ == "__main__":
    main(sys.argv[1])
