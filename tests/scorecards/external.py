"""Somebody external at their link: the mail that brought it, and the browser that has opened it."""

import re

from django.core import mail
from django.test import Client
from django.urls import reverse

from candidates.models import Panelist

OUTSIDE = {"name": "Somebody Outside", "email": "Outside@Example.org", "role": "lead"}


def link() -> str:
    """The path with its key in the last mail."""
    found = re.search(r"http://testserver(/guest/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def opened() -> Client:
    """A browser in which the link of the last mail was opened."""
    client = Client()
    assert client.post(link()).status_code == 302
    return client


def page(panelist: Panelist, name: str = "scorecard") -> str:
    return reverse(name, args=[panelist.pk])
