"""The company's identity provider: a real one on loopback, the whole round trip, and only for people who are here."""

import json
import re
import subprocess
import sys
import urllib.request
from dataclasses import dataclass

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from audit.models import Event
from tests.config.processes import ROOT, environment, eventually, free_port, running

CLIENT, SECRET = "evenhand", "a secret between the two"
CALLBACK = "/accounts/oidc/company/login/callback/"
PEOPLE = [
    ("interviewer@example.com", True),
    ("recruiter@example.com", False),
    ("nobody.here@example.com", True),
    ("admin@example.com", True),
]


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """The address of the running provider."""
    folder, port = tmp_path_factory.mktemp("provider"), free_port()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    env = environment(
        DJANGO_SETTINGS_MODULE="tests.identity_provider.settings",
        PROVIDER_DATABASE=str(folder / "people.sqlite3"),
        PROVIDER_KEY=pem,
    )
    wanted = {"people": PEOPLE, "client": CLIENT, "secret": SECRET, "callback": f"http://testserver{CALLBACK}"}
    prepare = [sys.executable, "-m", "tests.identity_provider.prepare", json.dumps(wanted)]
    subprocess.run(prepare, cwd=ROOT, env=env, check=True)
    serve = [sys.executable, "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"]
    address = f"http://127.0.0.1:{port}"
    with running(*serve, env=env, log=folder / "log"):
        assert eventually(lambda: answers(f"{address}/.well-known/openid-configuration")), (folder / "log").read_text()
        yield address


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60):
            return True
    except OSError:
        return False


@pytest.fixture
def trusted(provider, settings, sample):
    """Evenhand with that provider, as the environment variables configure it."""
    app = {
        "provider_id": "company",
        "name": "Example account",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": provider},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return Trip(provider)


@dataclass
class Trip:
    """A browser's way from our sign-in page to the provider and back."""

    provider: str

    def go(self, email: str, *, query: str = "", change=lambda url: url):
        """Our session and the answer to the callback, after a password at the provider."""
        ours = Client()
        away = ours.get(self._button(ours) + query)
        assert away.status_code == 302
        assert away["Location"].startswith(f"{self.provider}/identity/o/authorize?")
        back = self._at_the_provider(away["Location"], email)
        assert back.startswith(f"http://testserver{CALLBACK}?")
        return ours, ours.get(change(back.removeprefix("http://testserver")))

    def _button(self, ours: Client) -> str:
        page = ours.get("/accounts/login/").content.decode()
        found = re.search(r'href="([^"]+)">Sign in with Example account<', page)
        assert found
        return found[1].replace("&amp;", "&")

    def _at_the_provider(self, address: str, email: str) -> str:
        browser = requests.Session()
        page = browser.get(address, timeout=60)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        sent = {"login": email, "password": "at-the-provider", "csrfmiddlewaretoken": token[1]}
        following = page.url.partition("next=")[2]
        answer = browser.post(
            page.url, sent | {"next": requests.utils.unquote(following)}, timeout=60, allow_redirects=False
        )
        assert "Location" in answer.headers, answer.text
        while not answer.headers["Location"].startswith("http://testserver"):
            answer = browser.get(
                requests.compat.urljoin(self.provider, answer.headers["Location"]), timeout=60, allow_redirects=False
            )
        return answer.headers["Location"]


def test_somebody_who_is_here_signs_in_by_their_verified_address(trusted, person):
    client, back = trusted.go("interviewer@example.com")

    assert back["Location"] == "/"
    assert client.get("/").context["request"].user == person("interviewer")
    assert Event.objects.filter(kind="user.signed_in", actor_id=person("interviewer").pk).exists()
    assert person("interviewer").check_password("evenhand-demo")


@pytest.mark.parametrize("email", ["recruiter@example.com", "nobody.here@example.com"])
def test_an_unverified_or_unknown_address_signs_nobody_in_and_creates_nobody(trusted, email):
    before = User.objects.count()

    client, back = trusted.go(email)

    assert back.status_code == 403
    assert "You have no Evenhand account" in back.content.decode()
    assert client.get("/").status_code == 302
    assert User.objects.count() == before
    assert Event.objects.filter(kind="user.sign_in_failed", actor_id=None).exists()


def test_somebody_deactivated_gets_the_answer_of_the_unknown(trusted):
    User.objects.filter(email="interviewer@example.com").update(is_active=False)

    inactive = trusted.go("interviewer@example.com")[1]
    unknown = trusted.go("nobody.here@example.com")[1]

    assert inactive.status_code == unknown.status_code == 403
    assert inactive.content == unknown.content


def test_a_forged_or_repeated_answer_of_the_provider_is_refused(trusted):
    forged, refused = trusted.go("interviewer@example.com", change=lambda url: re.sub("state=[^&]+", "state=x", url))
    other, back = Client(), []
    trusted.go("interviewer@example.com", change=lambda url: back.append(url) or url)

    assert "We could not sign you in" in refused.content.decode()
    assert "We could not sign you in" in other.get(back[0]).content.decode()
    assert forged.get("/").status_code == other.get("/").status_code == 302


def test_nobody_connects_an_account_of_the_provider_to_their_own(trusted, client_of):
    client, back = trusted.go("nobody.here@example.com", query="&process=connect")

    assert "We could not sign you in" in back.content.decode()
    assert client.get("/").status_code == 302


def test_a_provider_that_is_away_is_said(trusted, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": f"http://127.0.0.1:{free_port()}"}

    page = Client().get("/accounts/oidc/company/login/?process=login")

    assert "We could not sign you in" in page.content.decode()


def test_only_the_provider_lets_people_in_where_it_is_so_set(trusted, settings):
    settings.OIDC_ONLY = True

    def by_password(name: str) -> int:
        client = Client()
        client.post("/accounts/login/", {"login": f"{name}@example.com", "password": "evenhand-demo"})
        return client.get("/").status_code

    assert [by_password(name) for name in ("interviewer", "recruiter", "admin")] == [302, 302, 200]
    assert trusted.go("interviewer@example.com")[1]["Location"] == "/"
    page = Client().get("/accounts/login/").content.decode()
    assert page.index("Sign in with Example account") < page.index("Administrators: sign in with a password")


def test_without_a_provider_there_is_no_button_and_no_way(sample):
    assert "Sign in with" not in Client().get("/accounts/login/").content.decode().replace("Sign in with a passkey", "")
    assert Client().get("/accounts/oidc/company/login/").status_code == 404
    assert Client().get(CALLBACK).status_code == 404


SETTINGS = """
from django.conf import settings
app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
print(app["settings"]["server_url"], app["client_id"], app["secret"], app["name"], settings.MFA_PASSKEY_LOGIN_ENABLED)
"""


def test_the_environment_configures_it(forking):
    values = {
        "OIDC_ISSUER": "https://login.example.com/",
        "OIDC_CLIENT_ID": "evenhand",
        "OIDC_CLIENT_SECRET": "shh",
        "OIDC_NAME": "Example",
        "OIDC_ONLY": "1",
    }
    env = environment(DEBUG="1", DATABASE_URL="postgresql://nowhere/none", **values)

    done = forking.manage("shell", "-v", "0", "-c", SETTINGS, env=env)

    assert done.stdout.splitlines()[-1] == "https://login.example.com evenhand shh Example False", done.stderr


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"OIDC_ISSUER": "login.example.com"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "http://login.example.com"}, "OIDC_ISSUER"),
        ({"OIDC_ISSUER": "https://login.example.com"}, "OIDC_CLIENT_ID"),
        ({"OIDC_ONLY": "1"}, "OIDC_ONLY"),
    ],
)
def test_half_a_configuration_stops_the_start(forking, values, named):
    done = forking.manage("check", env=environment(DEBUG="1", DATABASE_URL="postgresql://nowhere/none", **values))

    assert done.returncode != 0
    assert named in done.stderr
