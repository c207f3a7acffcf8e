"""Pages travel compressed; static files were compressed beforehand and do not come this
way."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages and nothing else: a packet is compressed already, and an
    autosave's answer is a few words.

    A compressed page's length says nothing about its secrets (the attack named BREACH):
    Django adds random bytes to each, and writes the form token anew into each.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
