"""What travels compressed: pages; never a file or an autosave's answer."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, JsonResponse
from django.test import RequestFactory

from config.compression import PageCompressionMiddleware

LONG = "a page says this again and again " * 100


@pytest.fixture
def travelled():
    """The answer as it reaches a browser that understands gzip."""
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip, br"})
    return lambda response: PageCompressionMiddleware(lambda _: response)(request)


def test_page_travels_compressed(travelled):
    response = travelled(HttpResponse(LONG))

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == LONG
    assert len(response.content) < len(LONG) / 4


def test_same_page_never_has_a_telling_length(travelled):
    lengths = {len(travelled(HttpResponse(LONG)).content) for _ in range(30)}

    assert len(lengths) > 1


@pytest.mark.parametrize(
    "response",
    [
        JsonResponse({"theirs": LONG}),
        HttpResponse(LONG, content_type="text/csv"),
        FileResponse(iter([LONG.encode()]), content_type="application/pdf"),
    ],
    ids=["autosave", "csv", "packet"],
)
def test_whatever_is_no_page_travels_as_it_is(travelled, response):
    assert "Content-Encoding" not in travelled(response).headers


def test_real_page_is_compressed_for_whoever_asks(client, sample):
    page = client.get("/accounts/login/", headers={"accept-encoding": "gzip"})

    assert page.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["Vary"]
