"""Processor time of each page, of a view of Django's own that gives the same bytes to the same signed-in person.

Both are asked in this process, in turn, through the whole of their middleware and on one
lasting connection; the clock counts this process alone, whoever else is busy on the machine.
"""

import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

import psutil
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from config import gunicorn
from scorecards.models import Rating
from tests.bench import data
from tests.bench.figures import Figure

ROUNDS = 40
BACKEND = "django.contrib.auth.backends.ModelBackend"
MIDDLEWARE = [  # what `startproject` writes into a project, and what leads to the views below
    f"{__name__}.only_bare_views",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
MOST = {  # of a bare view's; 4 were asked for
    "recruiter's home": 3.9,
    "debrief of 5": 7.5,
    "interviewer's home": 5.3,
    "application": 4.7,
    "scoring page": 4.5,
    "50 candidates": 16,  # a list, for which nothing was asked
    "notice settings": 7,
}
TOKEN = "b" * 32  # of forms: the cookie's and the header's


@dataclass(frozen=True)
class Asked:
    """A request; `cookie` is of the product's session, `bare` of Django's own."""

    path: str
    cookie: str
    bare: str


def measure(world: data.World) -> list[Figure]:
    scored = data.application(world, "Costly Person")
    data.submitted(world, scored, data.interviewers(world, 5))
    panelist = data.owed(world, data.application(world, "Costly Owed"))
    recruiter, looker = world.recruiter, world.looker
    pages = {
        "recruiter's home": (recruiter, "/"),
        "debrief of 5": (recruiter, f"/applications/{scored.pk}/debrief/"),
        "interviewer's home": (looker, "/"),
        "application": (recruiter, f"/applications/{scored.pk}/"),
        "scoring page": (looker, f"/panelists/{panelist.pk}/scorecard/"),
        "50 candidates": (recruiter, "/candidates/"),
        "notice settings": (looker, "/notices/settings/"),
    }
    gunicorn.settle()  # as the web server does before it serves
    with _lasting_connection(), override_settings(AUTHENTICATION_BACKENDS=_both()):
        figures = []
        for name, (user, address) in pages.items():
            asked = Asked(address, data.cookie(user), _bare_cookie(user))
            ratio, milliseconds = _of_bare(asked)
            figures.append(Figure(f"CPU: {name}, of a bare view's", ratio, most=MOST[name]))
            figures.append(Figure(f"CPU: {name}", milliseconds, "ms"))
            figures.append(Figure(f"CPU: {name}, database", _in_database(asked), "ms"))
        return [*figures, _autosave(world, panelist.pk)]


def _of_bare(asked: Asked) -> tuple[float, float]:
    """The page's cost of the bare view's, and in milliseconds."""
    _Bare.body = _sent(PRODUCT, asked.path, asked.cookie)
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(_cost(lambda: _sent(PRODUCT, asked.path, asked.cookie)))
        bare += [_cost(lambda: _sent(BARE, "/bare/", asked.bare)) for _ in range(3)]
    return median(ours) / median(bare), median(ours) * 1000


def _in_database(asked: Asked) -> float:
    """Milliseconds that this process's session of the database works for one answer."""
    before = in_session()
    for _ in range(ROUNDS):
        _sent(PRODUCT, asked.path, asked.cookie)
    return (in_session() - before) / ROUNDS * 1000


def in_session() -> float:
    """Seconds of the processor so far in this thread's session of the database, which runs on this machine."""
    connection.ensure_connection()
    session = connection.connection.info.backend_pid
    if sys.platform == "linux":
        return time.clock_gettime(~session << 3 | 2)  # its clock by clock_getcpuclockid(3), in nanoseconds
    used = psutil.Process(session).cpu_times()
    return float(used.user + used.system)


def _autosave(world: data.World, panelist: int) -> Figure:
    """Saving a changed text, of a bare view's one UPDATE of the same row."""
    cookie, bare_cookie = data.cookie(world.looker), _bare_cookie(world.looker)
    field = f"evidence_{world.round.dimensions.first().pk}"
    address = f"/panelists/{panelist}/scorecard/draft/"
    ours, bare = [], []
    for edit in range(ROUNDS * 3):
        sent = {field: f"{data.EVIDENCE} {edit}", "edit": str(edit)}
        ours.append(_cost(lambda: _sent(PRODUCT, address, cookie, sent)))  # noqa: B023 - called at once
        _Bare.rating = Rating.objects.filter(scorecard__panelist=panelist).values_list("pk", flat=True)[0]
        bare.append(_cost(lambda: _sent(BARE, "/bare/update/", bare_cookie, sent)))  # noqa: B023
    return Figure("CPU: autosave, of a bare view's UPDATE", median(ours[5:]) / median(bare[5:]), most=1.8)


def _cost(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def _sent(handler: WSGIHandler, path: str, cookie: str, form: dict[str, str] | None = None) -> bytes:
    """The body of the answer, which has to be 200."""
    content = urlencode(form or {}).encode()
    environ = {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(content)),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": f"{cookie}; csrftoken={TOKEN}",
        "HTTP_X_CSRFTOKEN": TOKEN,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": sys.stderr,
    }
    told: list[str] = []
    answer = handler(environ, lambda status, headers: told.append(status))
    body = b"".join(answer)
    answer.close()
    assert told[0].startswith("200"), (path, told)
    return body


@contextmanager
def _lasting_connection() -> Iterator[None]:
    """As each of the web server's threads keeps it, with its plans, instead of one for each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    database = connections[DEFAULT_DB_ALIAS]
    database.keeps_plans = True  # type: ignore[attr-defined]  # as `config.database` says of itself
    try:
        yield
    finally:
        database.keeps_plans = False  # type: ignore[attr-defined]
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


# --- the bare views ----------------------------------------------------------
class _Bare:
    """What the next bare view gives or changes."""

    body = b""
    rating = 0


def bare(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    return HttpResponse(_Bare.body)


@csrf_exempt
def bare_update(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    (text,) = [value for name, value in request.POST.items() if name != "edit"]
    Rating.objects.filter(pk=_Bare.rating).update(evidence=f"{text}.")
    return HttpResponse("{}")


urlpatterns = [path("bare/", bare), path("bare/update/", bare_update)]


def only_bare_views(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]  # Django's own way of saying it
        return get_response(request)

    return middleware


def _handlers() -> tuple[WSGIHandler, WSGIHandler]:
    with override_settings(MIDDLEWARE=MIDDLEWARE, SESSION_ENGINE="django.contrib.sessions.backends.db"):
        bare_one = WSGIHandler()
    return WSGIHandler(), bare_one


PRODUCT, BARE = _handlers()


def _both() -> list[str]:
    from django.conf import settings

    return [*settings.AUTHENTICATION_BACKENDS, BACKEND]


def _bare_cookie(user: User) -> str:
    """A session whose person is read as Django itself reads one."""
    from django.conf import settings

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
