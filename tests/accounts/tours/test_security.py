"""Every page: closed to strangers, under a strict content policy, private to its reader."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, include, path, reverse

from tests.config.processes import GOOD_KEY, connected_database, environment

# pages for those who are not signed in yet
OPEN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
    "account_request_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_trust",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "invitation",  # for whoever holds the link
    "guest",
    "guest_leave",
    "setup",  # there only before the first account
    "calendar_feed",  # for whoever holds the address
    "guide",
    "guide_page",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


broken.login_required = False
urlpatterns = [path("broken/", broken), path("", include("config.urls"))]


def addresses(resolver: URLResolver | None = None, before: str = "/") -> dict[str | None, str]:
    """Every name of the product to an address, with 1 wherever it takes a value."""
    found: dict[str | None, str] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found |= addresses(entry, here)
        else:
            found[entry.name] = re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "1", here).replace("^", "").replace("$", "")
    return found


def test_every_address_has_a_name():
    found = addresses()

    assert None not in found
    assert len(found) > 40


def test_strangers_are_sent_to_the_login_page_from_everywhere(sample):
    closed = {name: url for name, url in addresses().items() if name not in OPEN}

    answers = [(name, ask(url)) for name, url in closed.items() for ask in (Client().get, Client().post)]

    assert len(closed) > 30
    for name, response in answers:
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("account_login")), name


def strict(response: HttpResponse) -> bool:
    given = response.get("Content-Security-Policy", "")
    return {part.strip() for part in given.split(";")} >= POLICY and "unsafe" not in given


@pytest.fixture(scope="module")
def answered_before() -> dict[str, list[HttpResponse]]:
    """What each person is answered at every address, which no test changes: asked by the first that wants it."""
    return {}


@pytest.fixture
def answers_to(client_of, answered_before):
    def answers(name: str) -> list[HttpResponse]:
        if name not in answered_before:
            client = client_of(name)
            answered_before[name] = [client.get(url) for url in addresses().values()]
        return answered_before[name]

    return answers


@pytest.mark.parametrize("name", ["interviewer", "admin"])
def test_every_page_is_under_the_strict_policy_and_private(answers_to, name):
    answers = answers_to(name)

    assert {200, 403, 404} <= {response.status_code for response in answers}
    assert [response.request["PATH_INFO"] for response in answers if not strict(response)] == []
    for response in answers:
        assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"


def test_pages_for_strangers_and_errors_are_under_the_strict_policy(sample, settings):
    settings.ROOT_URLCONF = "tests.accounts.tours.test_security"
    client = Client(raise_request_exception=False)

    answers = {
        200: client.get("/accounts/login/"),
        404: client.get("/accounts/nowhere/"),
        500: client.get("/broken/"),
        403: Client(enforce_csrf_checks=True).post("/accounts/login/"),
        400: client.get("/accounts/login/", headers={"Host": "evil.example"}),
    }

    for status, response in answers.items():
        assert response.status_code == status
        assert strict(response), status
        assert "broken on purpose" not in response.content.decode()


@pytest.mark.parametrize("name", ["interviewer", "admin"])
def test_pages_hold_no_inline_script_or_style(answers_to, name):
    answers = answers_to(name)
    bodies = [answer.getvalue().decode() for answer in answers if answer["Content-Type"].startswith("text/html")]

    assert len(bodies) > 40
    for body in bodies:
        assert "<style" not in body
        assert " style=" not in body
        assert " onclick=" not in body
        assert "<script>" not in body


PROGRAM = """
from django.conf import settings
from django.db import transaction
from django.test import Client
from accounts.models import User
plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing was collected here
settings.STORAGES = settings.STORAGES | {"staticfiles": plain_files}
ask = lambda **options: Client().get("/accounts/login/", headers={"Host": "hire.example.com"}, **options)
with transaction.atomic():
    User.objects.create_user("somebody@example.com")
    plain, safe = ask(), ask(secure=True)
    transaction.set_rollback(True)
print(plain.status_code, plain["Location"])
print(safe.status_code, safe["Strict-Transport-Security"])
print(safe.cookies["csrftoken"].OutputString().lower())
print(settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE)
"""


@pytest.fixture
def production(db):
    """The environment of a server, on the tests' own database."""
    return environment(
        DATABASE_URL=connected_database(),
        CELERY_BROKER_URL="redis://127.0.0.1:9/0",
        SECRET_KEY=GOOD_KEY,
        ALLOWED_HOSTS="hire.example.com",
    )


def test_production_cookies_are_secure_and_plain_http_is_sent_to_https(production, forking):
    done = forking.manage("shell", "-v", "0", "-c", PROGRAM, env=production)

    assert done.returncode == 0, done.stderr
    plain, safe, cookie, session = done.stdout.splitlines()[-4:]
    assert plain == "301 https://hire.example.com/accounts/login/"
    assert safe == "200 max-age=31536000; includeSubDomains; preload"
    assert {"secure", "httponly", "samesite=lax"} <= {part.strip() for part in cookie.split(";")}
    assert session == "True True Lax"


def test_production_passes_the_deployment_check_on_a_real_database(production, forking):
    done = forking.manage("check", "--deploy", "--fail-level", "WARNING", "--database", "default", env=production)

    assert (done.returncode, done.stderr) == (0, "")
