"""A request that says it is too long is refused before its body is read."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.limits import RequestSizeMiddleware


@pytest.fixture
def answer(settings):
    """The status for a request that states this length."""
    settings.REQUEST_LIMIT = 1_000
    middleware = RequestSizeMiddleware(lambda request: HttpResponse("through"))

    def ask(length: str) -> int:
        request = RequestFactory().post("/")
        request.META["CONTENT_LENGTH"] = length
        request._read_started = True  # whoever reads it now fails
        return middleware(request).status_code

    return ask


@pytest.mark.parametrize("length", ["", "0", "999", "1000"])
def test_what_is_short_enough_goes_through(answer, length):
    assert answer(length) == 200


@pytest.mark.parametrize("length", ["1001", "9" * 30, "-1", "1e2", "many"])
def test_what_is_too_long_or_says_no_length_is_refused(answer, length):
    assert answer(length) == 413
