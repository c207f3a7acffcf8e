"""How the company's identity provider is asked. The sign-in package reads any module `provider` at the start, so this
one has another name."""

from typing import Any

import requests
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.shortcuts import render


class ProviderSession(requests.Session):
    """Requests to the company's provider; one that is away is told in a page, on every
    step of the way."""

    SECONDS = 3

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        try:
            return super().request(*args, **({"timeout": self.SECONDS} | kwargs))
        except requests.RequestException as error:
            page = render(context.request, "socialaccount/authentication_error.html", status=502)
            raise ImmediateHttpResponse(page) from error
