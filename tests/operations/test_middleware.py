"""Probes of a container engine come over plain HTTP, to an address that is in no list of hosts."""

import pytest


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["hire.example.com"]


def test_healthz_answers_a_plain_probe_in_production(client):
    response = client.get("/healthz", headers={"host": "127.0.0.1:8000"})

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_names_what_is_missing_to_a_plain_probe(client):
    response = client.get("/readyz", headers={"host": "127.0.0.1:8000"})

    assert response.status_code == 503
    assert list(response.json()["missing"]) == ["worker"]


TOKEN = "a-token-for-tests-0123456789-abcdef"


def ask(client, token: str):
    return client.get("/metrics", headers={"host": "10.0.0.7:8000", "authorization": f"Bearer {token}"})


@pytest.mark.django_db
def test_metrics_are_for_whoever_shows_the_token_over_plain_http_and_any_name(client, settings):
    settings.METRICS_TOKEN = TOKEN

    answer = ask(client, TOKEN)

    assert answer.status_code == 200
    assert b'evenhand_part_state{part="database"} 0.0' in answer.content


@pytest.mark.parametrize(("setting", "shown"), [(TOKEN, "another"), (TOKEN, ""), ("", ""), ("", TOKEN)])
def test_without_the_token_there_are_no_metrics(client, settings, setting, shown):
    settings.METRICS_TOKEN = setting

    answer = ask(client, shown)

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"evenhand_" not in answer.content
