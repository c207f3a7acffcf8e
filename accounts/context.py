"""What every page needs to know about its reader."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from accounts.addresses import address
from accounts.models import User


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool


def signing_in(request: HttpRequest) -> dict[str, bool]:
    """Whether the company's identity provider is the only way in for all but
    administrators."""
    return {"oidc_only": settings.OIDC_ONLY}


def mail(request: HttpRequest) -> dict[str, bool]:
    """Whether mail reaches anybody: pages promise none where it does not."""
    return {"mail_is_set_up": settings.MAIL_IS_SET_UP}


def release(request: HttpRequest) -> dict[str, str]:
    """Version and commit for those who work here: a stranger or a guest need not know
    what holes to try."""
    user = getattr(request, "user", None)
    works_here = user is not None and user.is_authenticated and not user.is_guest
    return {"release": settings.RELEASE if works_here else ""}


def guide(request: HttpRequest) -> dict[str, str]:
    """The page of the guide for this reader's role; its first page where the role is
    not known."""
    user = getattr(request, "user", None)
    name = _guide_for(user) if user is not None and user.is_authenticated else ""
    return {"guide": address("guide_page", name) if name else address("guide")}


def _guide_for(user: User) -> str:
    """Of several roles the one with the most to do every day; "" for a role on an
    opening alone."""
    if user.is_guest:
        return "interviewers"
    roles = {
        "recruiters": user.is_recruiter,
        "hiring-managers": user.is_hiring_manager,
        "administrators": user.is_administrator,
        "interviewers": not user.runs_openings,
    }
    return next((name for name, held in roles.items() if held), "")


def navigation(request: HttpRequest) -> dict[str, tuple[NavItem, ...]]:
    """The pages that this reader's roles reach, the current one marked."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.is_guest:
        return {"nav_items": ()}
    names = [("Home", "home")]
    if user.runs_openings:
        names += [("Openings", "opening_list"), ("Candidates", "candidate_list")]
    names.append(("Rubrics", "rubric_list"))
    if user.is_administrator or user.is_recruiter:
        names.append(("Retention", "retention_list"))
    if user.is_administrator:
        names += [("People", "people"), ("Outbox", "mail_list"), ("Audit", "audit_trail"), ("Word lists", "word_lists")]
        names.append(("Status", "status"))
    return {"nav_items": tuple(_item(request, label, address(name)) for label, name in names)}


def _item(request: HttpRequest, label: str, url: str) -> NavItem:
    current = request.path == url if url == "/" else request.path.startswith(url)
    return NavItem(label, url, current)
