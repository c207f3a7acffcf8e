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
