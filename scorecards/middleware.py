"""External interviewers: signed in to the pages of their one scorecard, to no other."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from scorecards.models import GuestLink, Scorecard

SESSION_KEY = "guest_link"


class GuestMiddleware:
    """Lets the holder of an open link in where it leads, as long as it is open.

    Once the scorecard is finished its page can still be read in that browser, until the
    link would have run out.
    """

    OPEN = frozenset(
        {
            "scorecard",
            "scorecard_draft",
            "scorecard_hints",
            "scorecard_decline",
            "handoff",
            "kit_blueprint",
            "panelist_kit",
            "panelist_file",
        }
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: Mapping[str, int]) -> None:
        """Make the link's holder the reader of this request, if the page is theirs."""
        match = request.resolver_match
        if match is None or match.url_name not in self.OPEN:
            return
        link_id = request.session.get(SESSION_KEY)
        if link_id is None or request.user.is_authenticated:
            return
        links = GuestLink.objects.unexpired().select_related("panelist__user", "panelist__scorecard")
        link = links.filter(pk=link_id, panelist=kwargs["pk"]).first()
        if link is None:
            return
        card: Scorecard | None = getattr(link.panelist, "scorecard", None)
        if card is None or card.is_writable or match.url_name == "scorecard":
            request.user = link.panelist.user
