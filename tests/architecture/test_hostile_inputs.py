"""Hostile input of every kind in every field of every form: nothing breaks, nothing is run, nothing leaks.

The suite tries each kind on a fifth of the forms, and on each address one of the kinds; the drill tries all on all.
"""

import dataclasses
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote_plus

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from audit.filters import Asked
from tests.architecture.permission_table import rows
from tests.architecture.permission_world import SAMPLE, World
from tests.architecture.test_imports import CODE
from tests.drill import LONG
from tests.rubrics.office_files import docx, xlsx, zipped

MARK = "k7x"  # in whatever must never be run or shown unescaped
HOSTILE: dict[str, tuple[str, ...]] = {
    "SQL": ("' OR '1'='1", "'); DROP TABLE scorecards_scorecard; --", "1 UNION SELECT password FROM accounts_user"),
    "HTML": (
        f"<script>{MARK}</script>",
        f'"><img src={MARK} onerror=alert(1)>',
        f"</textarea></title><svg/onload={MARK}>",
        f"<iframe srcdoc='{MARK}'></iframe>",
    ),
    "template": (
        "{{ 41999|add:8 }}{% debug %}",
        "{{ settings.SECRET_KEY }}",
        "{% include '/etc/passwd' %}",
        "${42000+7}",
    ),
    "header": ("a\r\nX-Injected: yes\r\n\r\n", "a\nSet-Cookie: injected=1", "a\u2028X-Injected: yes"),
    "path": ("../../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd\x00.pdf", "file:///etc/passwd"),
    "CSV": ("=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", '-2+3,"', "\t=1+1", "\r=1+1"),
    "PDF": (
        "<img src='file:///etc/passwd'>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "%PDF-1.7 /JavaScript",
    ),
    "Unicode": (
        "\u202egnp.exe",
        "\x00",
        "\udce9\ud800",
        "\ufeff\u200b",
        "e\u0301" * 400,
        "\u0130\u0131\u00df",
        "\U0010ffff",
    ),
    "number": ("-1", "9" * 40, "1e309", "NaN", "0x10", "\u0663"),
    "length": ("x" * 120_000, "\n" * 50_000),
    "JSON": ("[" * 60_000, '{"a":' * 20_000, '{"__proto__": 1, "a": NaN}'),
}
# What a page reads from its address, but for the key of a link, which `permission_pages` states.
FREE = {
    "q",
    "before",
    "profile",
    "revision",
    "done",
    "order",
    "tick",
    "application",
    "panelist",
    "next",
    "page",
    "with",
}
FREE |= {"draft", "kind", "language", "paper", "at", "state", "sort", "rows", "column", "after", "step", "late"}
FREE |= {"rubric", "older"}
FREE |= {wanted.name for wanted in dataclasses.fields(Asked)}
READ = re.compile(r'\bGET\.get(?:list)?\("(\w+)"')
ROWS = rows()
SENT = {"POST", "POST submit"}


def breakthroughs(response) -> list[str]:
    """What an attacker would have won with this answer."""
    won = []
    body = response.getvalue()
    if response.status_code >= 500:
        won.append("server error")
    if response.get("Content-Type", "").startswith("text/html"):
        if re.search(rb"<(script|img|svg|iframe)[^>]*" + MARK.encode(), body) or f"<script>{MARK}".encode() in body:
            won.append("markup came through")
        if b"42007" in body:
            won.append("a template was run")
    if b"root:x:0" in body or django_settings.SECRET_KEY.encode() in body:
        won.append("a file or secret leaked")
    if response.has_header("X-Injected") or "injected" in response.cookies:
        won.append("a header was injected")
    return won


def visitor(world: World, person: str) -> Client:
    """A browser of this person's own, so that what it is sent spoils no other test's."""
    client = Client(raise_request_exception=False)
    client.force_login(world.users[person])
    return client


def able(row) -> list[tuple[str, str]]:
    """Who may do this, as person and opening; one is enough."""
    found = [
        heading.partition(", ") for heading, answer in row.answers.items() if answer in {"200", "302", "409", "422"}
    ]
    return [(person, kind or "open") for person, _, kind in found if person != "anonymous"][:1]


def encoded(fields: dict[str, object]) -> str:
    """A form's body; also a lone surrogate is sent, as the bytes that a careless client would send."""
    pairs = [
        (name, value) for name, given in fields.items() for value in (given if isinstance(given, list) else [given])
    ]
    return "&".join(f"{name}={quote_plus(str(value).encode('utf-8', 'surrogatepass'))}" for name, value in pairs)


def one_of(kind: str, name: str) -> str:
    """Another one for another form: all of them meet the product, and the suite stays short."""
    return HOSTILE[kind][sum(map(ord, name)) % len(HOSTILE[kind])]


def tried_on(kind: str, name: str, *, one_in: int) -> bool:
    return LONG or (sum(map(ord, name)) + list(HOSTILE).index(kind)) % one_in == 0


def looked_at_after(client, response) -> list:
    where = response.get("Location", "") if response.status_code == 302 else ""
    return [response, client.get(where)] if where.startswith("/") else [response]


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_form_is_broken_by_hostile_words(world: World, kind):
    """Each form is sent by somebody who may, once as a whole with the words in every field that takes some."""
    won, tried = [], Counter()
    for row in ROWS:
        if row.does not in SENT or not tried_on(kind, row.name, one_in=5):
            continue
        for person, opening in able(row):
            fields = world.data(row.name, person, opening, does=row.does)
            if not fields or row.name == "blueprint_import":
                continue
            words = one_of(kind, row.name)
            everywhere = len(row.name) % 2  # in choices and numbers too, else in every text
            spoilt = {name: words if everywhere or isinstance(value, str) else value for name, value in fields.items()}
            with transaction.atomic():
                world.bring_about(row.on, opening)
                url = world.address(row.name, person, row.on, opening)
                client = visitor(world, person)
                answer = client.post(url, encoded(spoilt), content_type="application/x-www-form-urlencoded")
                for got in looked_at_after(client, answer):
                    won += [(row.name, words[:40], each) for each in breakthroughs(got)]
                tried[row.name] += 1
                transaction.set_rollback(True)
            client.cookies.pop("messages", None)

    assert won == []
    assert len(tried) > (20 if LONG else 3)


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_page_is_broken_by_a_hostile_address(world: World, kind):
    won = []
    for row in ROWS:
        if row.does != "GET" or not tried_on(kind, row.name, one_in=len(HOSTILE)):
            continue
        for person, opening in able(row):
            url, client = world.address(row.name, person, row.on, opening), visitor(world, person)
            if url is None:
                continue
            words = HOSTILE[kind][len(row.name) % len(HOSTILE[kind])][:2_000]
            got = client.get(f"{url}?{encoded(dict.fromkeys(sorted(FREE), words))}")
            won += [(row.name, words[:40], each) for each in breakthroughs(got)]

    assert won == []


def test_every_name_that_a_page_reads_from_its_address_is_tried():
    read = {name for path in CODE for name in READ.findall(path.read_text())}

    assert read - {"key"} <= FREE
    assert len(read) > 8


@pytest.mark.parametrize(
    "path",
    [
        "/applications/99999999999999999999999/debrief/",
        "/applications/-1/debrief/",
        "/panelists/%00/scorecard/",
        "/packets/1%2e%2e%2f/file/",
        "/static/../config/settings.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/words/%F0%9F%98%80/",
        "/applications/1/debrief/scorecards/1/%3Cscript%3Ek7x%3C/",
        "//evil.example/%2f..",
        "/" + "a/" * 3_000,
    ],
)
def test_no_made_up_path_leads_anywhere(world: World, path):
    client = visitor(world, "administrator")
    answer = client.get(path)

    assert answer.status_code in {301, 302, 400, 404, 414}
    assert breakthroughs(answer) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "' OR 1=1 --, \u202e"},
        {"X-Forwarded-For": "999.1.1.1"},
        {"X-Request-Id": "x" * 5_000},
        {"User-Agent": "<script>k7x</script>" + "\x00"},
        {"Accept-Language": "../../etc/passwd;q=" + "9" * 500},
        {"Cookie": "sessionid=../../x; csrftoken=" + "<" * 500},
        {"Referer": "javascript:k7x"},
        {"HX-Request": "true", "HX-Current-URL": "file:///etc/passwd", "HX-Target": "<script>k7x"},
        {"Range": "bytes=" + "9" * 400 + "-" + "9" * 500},
        {"Range": "bytes=-"},
        {"If-None-Match": "\x00", "If-Modified-Since": "yesterday"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "application/json; charset=utf-7"},
        {"Content-Encoding": "gzip"},
    ],
    ids=str,
)
def test_no_header_breaks_a_page_and_none_is_believed(world: World, headers):
    from audit.models import Event

    client = visitor(world, "hiring manager")
    before = Event.objects.latest("pk").pk
    debrief = world.address("debrief", "hiring manager", "")
    packet = world.address("packet_download", "hiring manager", "ready")
    answers = [
        client.get(debrief, headers=headers),
        client.get(packet, headers=headers),
        client.post(
            debrief + "notes/", "kind=note", content_type=headers.get("Content-Type", "text/plain"), headers=headers
        ),
    ]

    assert [each for answer in answers for each in breakthroughs(answer)] == []
    assert set(Event.objects.filter(pk__gt=before).values_list("ip", flat=True)) <= {"127.0.0.1"}


def _zip_bomb() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("post.json", b"0" * 50_000_000)
    return packed.getvalue()


DEPTH = 100_000 if LONG else 20_000  # far beyond what any reader goes down to

# Each file's name and content; what takes long to make is made by the test that sends it.
UPLOADS: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "zip bomb": ("bomb.json", _zip_bomb),
    "deflate bomb": ("bomb.html", lambda: zlib.compress(b"0" * 50_000_000)),
    "deep JSON": ("deep.json", b"[" * 500_000),
    "huge JSON": ("huge.json", b'{"title": "' + b"x" * 8_000_000 + b'"}'),
    "numbers in JSON": (
        "numbers.json",
        json.dumps({"title": {"rendered": 1e308}, "content": {"rendered": [1]}}).encode(),
    ),
    "billion laughs": (
        "laughs.html",
        b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><h2>1) Role Summary</h2><p>&b;</p>',
    ),
    "entity of a file": (
        "xxe.html",
        b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><h2>1) Role</h2><p>&a;</p>',
    ),
    "path in the name": ("../../../../etc/cron.d/x.json", SAMPLE.read_bytes()),
    "header in the name": ("x\r\nX-Injected: yes.json", SAMPLE.read_bytes()),
    "markup in the name": (f"<script>{MARK}</script>.json", SAMPLE.read_bytes()),
    "program": ("run.html", b"\x7fELF" + bytes(range(256)) * 64),
    "PDF": ("x.json", b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
    "Word file that unpacks to much": ("x.docx", lambda: zipped({"word/document.xml": b" " * 50_000_000})),
    "Word file with an entity": (
        "x.docx",
        zipped({"word/document.xml": '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'}),
    ),
    "markup in a Word file": ("x.docx", docx([("h2", f"1) Role <script>{MARK}</script>"), ("p", "Words")])),
    "markup in a sheet": ("x.xlsx", xlsx({f"1) Role <script>{MARK}</script>": [["=cmd|' /C calc'!A0", "Words"]]})),
    "picture that is a page": ("x.html", b"\x89PNG\r\n\x1a\n<script>k7x</script>"),
    "script in the document": (
        "x.html",
        b"<h2>1) Role Summary</h2><script>k7x</script><p onclick=k7x>Words<img src=k7x onerror=x></p>",
    ),
    "UTF-7": ("x.html", b"+ADw-script+AD4-k7x+ADw-/script+AD4-<h2>1) Role Summary</h2><p>Words</p>"),
    "UTF-16 surrogates": ("x.html", "<h2>1) Role Summary</h2><p>Words</p>".encode("utf-16-le") + b"\x00\xd8" * 9),
    "deep HTML": ("x.html", b"<div>" * DEPTH + b"<h2>1) Role Summary</h2><p>Words</p>"),
    "nested tables": ("x.html", b"<table><tr><td>" * (DEPTH // 5)),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_no_upload_breaks_the_import_or_reaches_the_page(world: World, name):
    client = visitor(world, "recruiter")
    filename, content = UPLOADS[name]
    data = content() if callable(content) else content
    with transaction.atomic():
        sent = SimpleUploadedFile("placeholder.json", data)
        sent._name = filename  # as a client would send it, uncleaned
        preview = client.post(reverse("blueprint_import"), {"file": sent})
        answers = [preview]
        signed = re.search(rb'name="signed" value="([^"]+)"', preview.getvalue())
        if signed:
            stored = client.post(reverse("blueprint_import"), {"signed": signed[1].decode()})
            answers += looked_at_after(client, stored)
            if version := re.search(r"/versions/(\d+)/", stored.get("Location", "")):
                answers.append(client.get(reverse("blueprint_read", args=[version[1]])))
        transaction.set_rollback(True)

    assert [each for answer in answers for each in breakthroughs(answer)] == []
    assert all(answer.status_code in {200, 302, 413, 422, 400} for answer in answers)


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(world: World, settings):
    settings.REQUEST_LIMIT = 1_000
    answer = visitor(world, "recruiter").post(
        reverse("blueprint_import"), {"file": SimpleUploadedFile("x.json", b"x" * 2_000)}
    )

    assert answer.status_code == 413
    assert b"Nothing was saved" in answer.content


def test_whoever_asks_for_too_much_is_told_to_wait(world: World, settings):
    settings.RATELIMIT_ENABLE, settings.COSTLY_PER_MINUTE = True, 3
    client, url = visitor(world, "administrator declined"), world.address("audit_export", "administrator declined", "")

    answers = [client.get(url) for _ in range(7)]  # the minute may turn once meanwhile
    refused = next(answer for answer in answers if answer.status_code == 429)

    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    assert sum(answer.status_code == 200 for answer in answers) <= 6
    assert refused["Retry-After"] == "60"
    assert b"Wait a minute" in refused.content
    assert visitor(world, "administrator").get(url).status_code == 200
