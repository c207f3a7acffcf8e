"""Our own server, asked as any other application is."""

import json

import pytest

from accounts.published import PASSWORD
from tests.bench import peer

RECRUITER = "recruiter@example.com"


@pytest.fixture
def recruiter(transactional_db, sample, person, live_server):
    """Who can sign in with the sample's password on the server that runs."""
    found = person("recruiter")
    found.set_password(PASSWORD)
    found.save(update_fields=["password"])
    return found


@pytest.fixture
def measured_by(monkeypatch, live_server, recruiter, capsys):
    """The command's exit code and what it printed."""
    monkeypatch.setenv("PEER_PASSWORD", PASSWORD)

    def run(*arguments: str, base: str = live_server.url) -> tuple[int, str, str]:
        code = peer.main([base, *arguments, "--user", RECRUITER, "--seconds", "0.2"])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_pages_are_measured_by_so_many_clients(measured_by):
    code, out, _ = measured_by("home=/", "openings=/openings/", "--clients", "1", "2")

    told = json.loads(out)
    assert code == 0
    assert told["format"] == "evenhand-peer/1"
    assert [(row["name"], row["clients"]) for row in told["pages"]] == [
        ("home", 1),
        ("openings", 1),
        ("home", 2),
        ("openings", 2),
    ]
    for row in told["pages"]:
        assert row["failed"] == 0
        assert row["answers"] >= row["clients"]
        assert 0 < row["p50"] <= row["p95"]
        assert row["bytes"] > 1000


def test_a_page_that_is_not_given_fails(measured_by):
    code, out, _ = measured_by("none=/nowhere/", "sign-in=/accounts/login/")

    missing, elsewhere = json.loads(out)["pages"]
    assert code == 1
    assert (missing["answers"], missing["p50"]) == (0, None)
    assert missing["failed"] > 0
    assert (elsewhere["answers"], elsewhere["p95"]) == (0, None)  # it leads who is signed in to the home page


def test_another_run_stands_beside_it(measured_by, tmp_path):
    earlier = tmp_path / "other.json"
    earlier.write_text(json.dumps({"pages": [{"name": "home", "clients": 1, "p50": 0.001}]}))

    code, out, _ = measured_by("home=/", "openings=/openings/", "--beside", str(earlier))

    (row,) = json.loads(out)["beside"]
    assert code == 0
    assert (row["name"], row["clients"]) == ("home", 1)
    assert row["times"] > 1


def test_who_does_not_get_in_is_told_why(measured_by, monkeypatch):
    _, _, other_form = measured_by("home=/", "--user-field", "username")
    monkeypatch.setenv("PEER_PASSWORD", "not this one")
    code, out, refused = measured_by("home=/")

    assert other_form == "/accounts/login/ has no form with the fields username and password.\n"
    assert (code, out) == (1, "")
    assert f"did not let {RECRUITER} in" in refused


@pytest.mark.parametrize(
    ("base", "page", "told"),
    [
        ("ftp://host", "home=/", "ftp://host is no address"),
        ("http://host", "home", "home is not NAME=PATH"),
        ("http://host", "home=x", "home=x is not NAME=PATH"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(base, page, told, capsys):
    with pytest.raises(SystemExit):
        peer.main([base, page, "--user", RECRUITER])

    assert told in capsys.readouterr().err
