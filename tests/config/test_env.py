"""Readers of the environment: what they take, what they make of nothing, and that a refusal names the variable."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "EVENHAND_TEST_VALUE"


@pytest.fixture
def given(monkeypatch):
    """Sets the variable that the readers below are asked for."""
    return lambda value: monkeypatch.setenv(NAME, value)


def test_nothing_and_an_empty_text_are_the_default(given):
    assert (env.text(NAME, "x"), env.optional(NAME)) == ("x", None)
    given("")
    assert (env.text(NAME, "x"), env.optional(NAME)) == ("x", None)
    given("y")
    assert (env.text(NAME, "x"), env.optional(NAME)) == ("y", "y")


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("TRUE", True), (" yes ", True), ("on", True), ("0", False), ("False", False), ("no", False)],
)
def test_flags_are_read_in_any_case(given, value, meant):
    given(value)

    assert env.flag(NAME, not meant) is meant


@pytest.mark.parametrize("value", ["-1", "1.5", "1e3", "٣", "two", "0"])
def test_a_whole_number_below_the_least_is_refused_by_name(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} must be a whole number of at least 1"):
        env.whole(NAME, 5, least=1)


def test_a_whole_number_is_read(given):
    assert env.whole(NAME, 5) == 5
    given(" 12 ")
    assert env.whole(NAME, 5, least=12) == 12


@pytest.mark.parametrize(
    ("value", "hosts"),
    [
        ("hire.example.com", ["hire.example.com"]),
        ("a.example, b.example ,", ["a.example", "b.example"]),
        (".example.com,*", [".example.com", "*"]),
        ("[::1],127.0.0.1", ["[::1]", "127.0.0.1"]),
    ],
)
def test_hosts_stand_between_commas(given, value, hosts):
    given(value)

    assert env.hosts(NAME, ["localhost"]) == hosts


@pytest.mark.parametrize("value", ["https://a.example", "a.example:443", "a.example/x", "a b", "::1", ","])
def test_a_host_with_more_than_its_name_is_refused(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} must be host names"):
        env.hosts(NAME, ["localhost"])


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("", ""),
        ("https://login.example.com/", "https://login.example.com"),
        ("http://localhost:9", "http://localhost:9"),
    ],
)
def test_an_issuer_is_an_address(given, value, read):
    given(value)

    assert env.issuer(NAME) == read


@pytest.mark.parametrize("value", ["login.example.com", "http://login.example.com", "ftp://localhost", "https://"])
def test_an_issuer_without_encryption_is_refused_unless_it_is_this_machine(given, value):
    given(value)

    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} must be an address"):
        env.issuer(NAME)


@pytest.mark.parametrize("address", ["mysql://u:secret@h/n", "postgresql://u:secret@h", "postgresql://u:secret@h:x/n"])
def test_a_database_that_is_none_is_refused_without_its_password(address):
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} must name a PostgreSQL database") as refused:
        env.postgresql(NAME, address)

    assert "secret" not in str(refused.value)


def test_a_broker_that_is_none_is_refused_without_its_password(given):
    given("nothing://:secret@host")

    with pytest.raises(ImproperlyConfigured, match=NAME) as refused:
        env.broker(NAME, "filesystem://")

    assert "secret" not in str(refused.value)


def test_a_kept_key_is_made_once_and_for_its_owner_alone(tmp_path):
    first = env.kept_key(tmp_path / "data")

    assert len(first) >= 48
    assert env.kept_key(tmp_path / "data") == first
    path = tmp_path / "data" / "secret-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["secret-key"]


def test_an_empty_key_of_an_interrupted_start_is_made_anew(tmp_path):
    (tmp_path / "secret-key").touch()

    assert len(env.kept_key(tmp_path)) >= 48


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("", "http://127.0.0.1:8000"),
        ("0.0.0.0:9000", "http://127.0.0.1:9000"),
        ("[::]:9000", "http://127.0.0.1:9000"),
        ("10.0.0.7:80", "http://10.0.0.7:80"),
    ],
)
def test_a_server_that_listens_everywhere_is_reached_on_loopback(monkeypatch, given, address):
    monkeypatch.setenv("BIND", given)

    assert env.reachable("BIND", "127.0.0.1:8000") == address


@pytest.mark.parametrize("value", ["short", "a" * 40])
def test_a_token_that_could_be_guessed_is_refused(monkeypatch, value):
    monkeypatch.setenv("METRICS_TOKEN", value)

    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN is too weak"):
        env.token("METRICS_TOKEN")


def test_no_token_is_none(monkeypatch):
    monkeypatch.delenv("METRICS_TOKEN", raising=False)

    assert env.token("METRICS_TOKEN") == ""
