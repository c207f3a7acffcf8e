"""What a browser with an empty cache receives to show the scoring page: everything the page names, as it is sent."""

import http.client
import re
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from candidates.models import Panelist
from tests.bench import data, server
from tests.bench.figures import Figure

KINDS = {".css": "style", ".js": "scripts", ".svg": "pictures"}
LOADED = {"link[href]": "href", "script[src]": "src", "img[src]": "src", "[hx-trigger^=load]": "hx-get"}
IMPORTED = {
    ".js": re.compile(rb"""^\s*(?:import|export)\b[^;"']*["']([^"']+)["']""", re.MULTILINE),
    ".css": re.compile(rb"""url\(["']?(?!["']?data:)([^"')]+)"""),
}


def measure(world: data.World, panelist: Panelist) -> list[Figure]:
    with server.serving() as (port, _):
        sizes = _sizes(port, f"/panelists/{panelist.pk}/scorecard/", data.cookie(world.looker))
    parts = dict.fromkeys(["page", *KINDS.values()], 0)
    for path, size in sizes.items():
        parts[KINDS.get(PurePath(path).suffix, "page")] += size
    return [
        Figure("weight: scoring page, empty cache", sum(sizes.values()) / 1000, "kB", most=200),
        *(Figure(f"weight: {kind}", size / 1000, "kB") for kind, size in parts.items()),
    ]


def _sizes(port: int, page: str, cookie: str) -> dict[str, int]:
    """Bytes as sent by address: the page, what it names, and what that imports."""
    sizes: dict[str, int] = {}
    wanted = [page]
    while wanted:
        path = wanted.pop()
        if path not in sizes:
            plain, sizes[path] = _fetched(port, path, cookie)
            wanted += [urljoin(path, named) for named in _named(path, plain)]
    return sizes


def _fetched(port: int, path: str, cookie: str) -> tuple[bytes, int]:
    """The body as it reads, and its length as a browser receives it: with gzip, since brotli needs HTTPS."""
    bodies = []
    for encoding in ("identity", "gzip"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": encoding})
        answer = connection.getresponse()
        assert answer.status == 200, path
        bodies.append(answer.read())
        connection.close()
    return bodies[0], len(bodies[1])


def _named(path: str, body: bytes) -> Iterator[str]:
    suffix = PurePath(path).suffix
    if suffix in IMPORTED:
        yield from (found.decode() for found in IMPORTED[suffix].findall(body))
    elif not suffix:
        tree = LexborHTMLParser(body)
        for selector, attribute in LOADED.items():
            yield from (str(node.attributes[attribute]) for node in tree.css(selector) if node.attributes[attribute])
