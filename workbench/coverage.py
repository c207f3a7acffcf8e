"""One application's coverage: which interview judges what, how often each dimension is
judged, and what came in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from candidates.coverage import ENOUGH, Change, Part, covered, sentence, smallest_change
from candidates.models import Application, Interview, Panelist, Round
from rubrics.models import Dimension
from scorecards.models import Rating, Scorecard, expected
from scorecards.policies import may_see_debrief


@dataclass(frozen=True)
class Row:
    """A dimension: by interview how many are to judge it, in all, and how many did;
    None where that is not known."""

    dimension: Dimension
    cells: tuple[int, ...]
    planned: int
    came_in: int | None

    @property
    def is_thin(self) -> bool:
        """Whether it rests on one person, or on nobody."""
        return self.planned < ENOUGH


@dataclass(frozen=True)
class Coverage:
    """The interviews with their rows, and the smallest change by which nothing is thin,
    as words."""

    interviews: tuple[Interview, ...]
    rows: tuple[Row, ...]
    change: str
    knows: bool

    @property
    def thin(self) -> list[Dimension]:
        return [row.dimension for row in self.rows if row.is_thin]


def coverage_of(application: Application, reader: User) -> Coverage:
    """What is planned for everybody who runs the opening; what came in for whom the
    debrief is open.

    Shadows and whoever declined judge nothing, a withdrawn scorecard does not count, and one that was submitted counts
    whoever left the panel. For whoever may not see the debrief the panel alone counts.
    """
    knows = may_see_debrief(reader, application)
    held = application.interviews.held().select_related("round").prefetch_related("round__dimensions")
    interviews = list(held.order_by("starts_at", "pk"))
    panel_sizes = _panel_sizes(application, knows)
    dimensions = list(application.opening.rubric_version.dimensions.all())
    parts = [_part(interview.round, panel_sizes.get(interview.pk, 0)) for interview in interviews]
    counts = covered([dimension.pk for dimension in dimensions], parts)
    came_in = _came_in(application) if knows else None
    rows = []
    for dimension in dimensions:
        cells = tuple(covered([dimension.pk], [part])[dimension.pk] for part in parts)
        arrived = None if came_in is None else came_in.get(dimension.pk, 0)
        rows.append(Row(dimension, cells, counts[dimension.pk], arrived))
    change = smallest_change([dimension.pk for dimension in dimensions], parts, _offers(application, interviews))
    return Coverage(tuple(interviews), tuple(rows), sentence(change), knows)


def _panel_sizes(application: Application, knows: bool) -> dict[int, int]:
    """By interview, how many leads are to judge it or have; `knows` where it may show whose
    scorecard does not count."""
    leads = Panelist.objects.filter(interview__application=application, role=Panelist.Role.LEAD)
    leads = leads.filter(expected()) if knows else leads.on_panel()
    return dict(leads.order_by().values("interview").annotate(number=Count("pk")).values_list("interview", "number"))


def _part(round_: Round, panel_size: int) -> Part:
    return Part(round_.name, frozenset(dimension.pk for dimension in round_.dimensions.all()), panel_size)


def _offers(application: Application, interviews: Sequence[Interview]) -> list[Change]:
    """One more person in each interview, and each round that is not held yet."""
    offers = [Change(_part(interview.round, 1), 1) for interview in interviews]
    held = {interview.round_id for interview in interviews}
    for round_ in application.opening.rounds.exclude(pk__in=held).prefetch_related("dimensions"):
        offers.append(Change(_part(round_, round_.panel_size), round_.panel_size, is_new=True))
    return offers


def _came_in(application: Application) -> dict[int, int]:
    """By dimension, how many scores there are in scorecards that count."""
    cards = Scorecard.objects.counted().filter(panelist__interview__application=application)
    rated = Rating.objects.filter(scorecard__in=cards, score__isnull=False)
    return dict(rated.order_by().values("dimension").annotate(number=Count("pk")).values_list("dimension", "number"))
