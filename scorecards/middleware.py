"""External interviewers: to the pages of their one seat they count as signed in, to every other as nobody."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from scorecards.models import GuestLink, Scorecard

SESSION_KEY = "guest_link"


class GuestMiddleware:
    """Lets the holder of an open link in where the link leads, request by request: nothing of it outlives the link.

    Once the scorecard is finished its page can still be read in that browser, until the link would have run out.
    """

    OPEN = frozenset(
        {"scorecard", "scorecard_draft", "scorecard_hints", "scorecard_decline", "handoff", "kit_blueprint"}
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        if match is None or match.url_name not in self.OPEN:
            return
        number = request.session.get(SESSION_KEY)
        if number is None or request.user.is_authenticated:
            return
        links = GuestLink.objects.standing().select_related("panelist__user", "panelist__scorecard")
        link = links.filter(pk=number, panelist=kwargs["pk"]).first()
        if link is None:
            return
        card: Scorecard | None = getattr(link.panelist, "scorecard", None)
        if card is None or card.is_draft or match.url_name == "scorecard":
            request.user = link.panelist.user
