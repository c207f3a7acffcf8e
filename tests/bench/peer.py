"""How fast any web application answers whoever is signed in there, so that Evenhand can be put beside what you use.

    PEER_PASSWORD=... python -m tests.bench.peer http://127.0.0.1:8000 --user recruiter@example.com \\
        home=/ candidates=/candidates/ --clients 1 4 --seconds 15 > evenhand.json

Each client signs in with the form of `--sign-in` and then asks for one page after the other, each for `--seconds`, by
as many clients at once as `--clients` says. The JSON gives median and p95 in milliseconds for each page. `--beside
evenhand.json` also says how many times as long each page takes here as there, by the pages' names.
"""

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from selectolax.lexbor import LexborHTMLParser, LexborNode

FORMAT = "evenhand-peer/1"
TIMEOUT = 60  # seconds that an answer may take


class CannotMeasure(Exception):
    """Says in a sentence what the application did instead of what was asked for."""


@dataclass(frozen=True)
class Door:
    """How people sign in: the page with the form, and what its two fields are called."""

    path: str = "/accounts/login/"
    user_field: str = "login"
    password_field: str = "password"


@dataclass(frozen=True)
class Page:
    """One page as so many clients saw it. Milliseconds; `failed` are answers other than the page."""

    name: str
    path: str
    clients: int
    answers: int
    failed: int
    p50: float | None
    p95: float | None
    bytes: int


@dataclass
class _Seen:
    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    bytes: int = 0


def signed_in(base: str, door: Door, user: str, password: str) -> requests.Session:
    """A browser's session after the form was sent as the page gives it, with every hidden field."""
    browser = requests.Session()
    page = browser.get(urljoin(base, door.path), timeout=TIMEOUT)
    form = _form(page.text, door)
    sent = {str(one.attributes["name"]): one.attributes.get("value") or "" for one in form.css(HIDDEN)}
    sent |= {door.user_field: user, door.password_field: password}
    target = urljoin(page.url, form.attributes.get("action") or page.url)
    answer = browser.post(target, sent, headers={"Referer": page.url}, timeout=TIMEOUT)
    refused = answer.status_code >= 400 or LexborHTMLParser(answer.text).css_first(_named(door.password_field))
    if refused:
        raise CannotMeasure(f"{target} did not let {user} in (status {answer.status_code}).")
    return browser


HIDDEN = "input[type=hidden][name]"


def _named(name: str) -> str:
    return f"input[name={json.dumps(name)}]"


def _form(text: str, door: Door) -> LexborNode:
    for form in LexborHTMLParser(text).css("form"):
        if form.css_first(_named(door.user_field)) and form.css_first(_named(door.password_field)):
            return form
    raise CannotMeasure(f"{door.path} has no form with the fields {door.user_field} and {door.password_field}.")


def measure(
    base: str, browsers: list[requests.Session], paths: dict[str, str], *, clients: list[int], seconds: float
) -> Iterator[Page]:
    """Each page in turn, by the first so many of the browsers at once. Raises CannotMeasure where nothing answers."""
    for count in clients:
        for name, path in paths.items():
            with ThreadPoolExecutor(count) as pool:
                seen = list(pool.map(partial(_asked, urljoin(base, path), seconds), browsers[:count]))
            yield _page(name, path, seen)


def _asked(address: str, seconds: float, browser: requests.Session) -> _Seen:
    """What one client saw after a first look, which may fill a cache."""
    seen = _Seen()
    try:
        browser.get(address, timeout=TIMEOUT)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            _ask(address, browser, seen)
    except requests.RequestException as error:
        raise CannotMeasure(f"{address} gave no answer ({type(error).__name__}).") from error
    return seen


def _ask(address: str, browser: requests.Session, seen: _Seen) -> None:
    """One look. A page that leads elsewhere is none: it would be the sign-in page's time."""
    started = time.perf_counter()
    answer = browser.get(address, timeout=TIMEOUT, allow_redirects=False)
    took = time.perf_counter() - started
    if answer.status_code == 200:
        seen.seconds.append(took)
        seen.bytes = len(answer.content)
    else:
        seen.failed += 1


def _page(name: str, path: str, seen: list[_Seen]) -> Page:
    taken = sorted(second for one in seen for second in one.seconds)
    return Page(
        name=name,
        path=path,
        clients=len(seen),
        answers=len(taken),
        failed=sum(one.failed for one in seen),
        p50=round(median(taken) * 1000, 2) if taken else None,
        p95=round(taken[math.ceil(0.95 * len(taken)) - 1] * 1000, 2) if taken else None,
        bytes=max(one.bytes for one in seen),
    )


def compared(pages: list[Page], other: dict[str, Any]) -> list[dict[str, Any]]:
    """How many times as long each page's median is as the other's page of that name with as many clients."""
    theirs = {(row["name"], row["clients"]): row["p50"] for row in other["pages"]}
    rows = []
    for page in pages:
        there = theirs.get((page.name, page.clients))
        if page.p50 and there:
            rows.append({"name": page.name, "clients": page.clients, "times": round(page.p50 / there, 2)})
    return rows


# --- the command -------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    password = os.environ.get("PEER_PASSWORD", "")
    door = Door(asked.sign_in, asked.user_field, asked.password_field)
    try:
        browsers = [signed_in(asked.base, door, asked.user, password) for _ in range(max(asked.clients))]
        pages = list(measure(asked.base, browsers, dict(asked.pages), clients=asked.clients, seconds=asked.seconds))
    except (CannotMeasure, requests.RequestException) as error:
        print(error, file=sys.stderr)
        return 1
    told = {"format": FORMAT, "base": asked.base, "seconds": asked.seconds, "pages": [asdict(page) for page in pages]}
    if asked.beside:
        told["beside"] = compared(pages, json.loads(asked.beside.read_text()))
    print(json.dumps(told, indent=1))
    return 1 if any(page.failed or not page.answers for page in pages) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="python -m tests.bench.peer"
    )
    parser.add_argument("base", type=_base, help="where the application answers: http://host:port")
    parser.add_argument("pages", nargs="+", type=_named_path, metavar="NAME=PATH")
    parser.add_argument("--user", required=True, help="who signs in; the password is read from PEER_PASSWORD")
    parser.add_argument("--sign-in", default=Door.path, help="the page with the form (%(default)s)")
    parser.add_argument("--user-field", default=Door.user_field, help="%(default)s")
    parser.add_argument("--password-field", default=Door.password_field, help="%(default)s")
    parser.add_argument("--clients", type=_count, nargs="+", default=[1], help="how many at once, in turn (1)")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each page (%(default)s)")
    parser.add_argument("--beside", type=Path, help="the JSON of another run, to compare with")
    return parser


def _base(text: str) -> str:
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname:
        raise argparse.ArgumentTypeError(f"{text} is no address: http://host:port")
    return text


def _named_path(text: str) -> tuple[str, str]:
    name, equals, path = text.partition("=")
    if not (name and equals and path.startswith("/")):
        raise argparse.ArgumentTypeError(f"{text} is not NAME=PATH, where the path begins with /")
    return name, path


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least one client")
    return count


if __name__ == "__main__":
    sys.exit(main())
