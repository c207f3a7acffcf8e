"""Openings, rounds, candidates, applications, interviews, panelists: who sees which."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar, Self, TypeVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from accounts.models import (
    ComposedCharField,
    EarlierAddress,
    Findable,
    FindableQuerySet,
    User,
    key_follows,
    terms_index,
)
from audit.erasing import BY_ITSELF, Erasable, immutable
from notices.reminders import Rule
from rubrics.models import Dimension, Exercise, RubricVersion

Row = TypeVar("Row", bound=models.Model)


class OpeningQuerySet(FindableQuerySet["Opening"]):
    def visible_to(self, user: User) -> Self:
        """Administrators: all. Recruiters: all that are not confidential.

        Anyone: those they have a role on. Nothing for whoever is no longer active.
        """
        if not user.is_active:
            return self.none()
        if user.is_administrator:
            return self
        members = OpeningMember.objects.filter(opening=OuterRef("pk"), user=user)
        seen = Q(Exists(members))
        if user.is_recruiter:
            seen |= Q(confidential=False)
        return self.filter(seen)


class Opening(Findable):
    """One job being filled, pinned to a published rubric version.

    `retention` names the rule by which its applications are kept, `retention_days` how
    long (docs/privacy.md). A closed one says how it ended in `outcome`.
    """

    CALLED = ("title",)

    class Outcome(models.TextChoices):
        FILLED = "filled", "Filled"
        UNFILLED = "unfilled", "Nobody was hired"
        CANCELLED = "cancelled", "No longer needed"

    class Retention(models.TextChoices):
        US_PRIVATE = "us_private", "One year: private employers in the US (29 CFR 1602.14)"
        US_PUBLIC = "us_public", "Two years: US state and local government (29 CFR 1602.31)"
        US_EDUCATION = "us_education", "Two years: US schools and universities (29 CFR 1602.40, 1602.49)"
        CALIFORNIA = "california", "Four years: California (Gov. Code 12946)"
        UK_SHORT = "uk_6", "Six months: United Kingdom, shorter practice; claims may take longer"
        UK_LONG = "uk_12", "Twelve months: United Kingdom, longer practice"
        PURPOSE = "purpose", "For a stated purpose: EU and elsewhere (GDPR art. 5(1)(e)), in days"

    # A year of 366 days and six months of 184 are never too short.
    RETENTION_DAYS: ClassVar[dict[str, int]] = {
        Retention.US_PRIVATE: 366,
        Retention.US_PUBLIC: 731,
        Retention.US_EDUCATION: 731,
        Retention.CALIFORNIA: 1461,
        Retention.UK_SHORT: 184,
        Retention.UK_LONG: 366,
    }
    LONGEST_RETENTION = 3_660

    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    title = ComposedCharField(max_length=300)
    rubric_version = models.ForeignKey(RubricVersion, models.PROTECT, related_name="openings")
    confidential = models.BooleanField(
        default=False, help_text="Hide this opening from recruiters who have no role on it."
    )
    anonymous = models.BooleanField(
        default=False,
        help_text="Show interviewers a code name instead of a candidate’s name and address until they submit.",
    )
    files_for_panel = models.BooleanField(
        "show files to interviewers",
        default=True,
        help_text="Interviewers see the candidate’s files and links beside their scorecard.",
    )
    retention = models.CharField(max_length=20, choices=Retention.choices, default=Retention.US_PRIVATE)
    retention_days = models.PositiveIntegerField(default=366)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, editable=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            terms_index("opening"),
            models.Index(fields=["-created_at", "-id"], name="opening_newest"),
            models.Index(fields=["sort_key"], name="opening_called"),
        ]
        constraints = [
            key_follows("opening", "title"),
            models.CheckConstraint(condition=Q(retention_days__gte=1), name="kept_for_a_day_at_least"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def who_sees_files(self) -> str:
        """Whether its interviewers see candidates' files and links, in words."""
        if not self.files_for_panel:
            return "interviewers see no files"
        return "interviewers see files once they have submitted" if self.anonymous else "interviewers see files"


class ReminderRule(models.Model):
    """How an opening reminds of scorecards; without a row as `notices.reminders.Rule` has it.

    All but `times` are hours; 0 switches that reminder off.
    """

    opening = models.OneToOneField(Opening, models.CASCADE, primary_key=True, related_name="reminder_rule")
    before_hours = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(168)])
    every_hours = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    times = models.PositiveSmallIntegerField(default=3, validators=[MaxValueValidator(20)])
    recruiter_hours = models.PositiveSmallIntegerField(default=24, validators=[MaxValueValidator(1440)])
    manager_hours = models.PositiveSmallIntegerField(default=72, validators=[MaxValueValidator(1440)])

    def __str__(self) -> str:
        return f"reminders of opening {self.opening_id}"

    @property
    def rule(self) -> Rule:
        return Rule(self.before_hours, self.every_hours, self.times, self.recruiter_hours, self.manager_hours)


class OpeningMember(models.Model):
    """A person's role on one opening; they may have both."""

    class Role(models.TextChoices):
        RECRUITER = "recruiter", "Recruiter"
        HIRING_MANAGER = "hiring_manager", "Hiring manager"

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opening", "user", "role"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Round(models.Model):
    """One step of the interview plan; it covers some of the rubric's dimensions.

    Its interviews have `panel_size` leads each, unless they are planned otherwise, from those
    on its `panel`. A recommendation is asked for `recommendation_hours` after an
    interview's end, 0 for not before the rest, and the scorecard is due after
    `scorecard_hours`.
    """

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="rounds")
    order = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField(
        "length in minutes",
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(600)],
    )
    exercise = models.ForeignKey(Exercise, models.PROTECT, null=True, blank=True, related_name="rounds")
    dimensions = models.ManyToManyField(Dimension, related_name="rounds")
    panel = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        verbose_name="usual interviewers",
        related_name="usual_rounds",
        help_text="Planning for several candidates spreads their interviews over these people.",
    )
    panel_size = models.PositiveSmallIntegerField(
        "interviewers at a time",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        db_column="seats",
    )
    recommendation_hours = models.PositiveSmallIntegerField(
        "hours to recommend",
        default=2,
        validators=[MaxValueValidator(720)],
        help_text="From the end of the interview. Whoever has no recommendation by then is reminded once; 0 for never.",
    )
    scorecard_hours = models.PositiveSmallIntegerField(
        "hours to score",
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text="From the end of the interview. Scores and evidence are due then.",
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["opening", "name"], name="round_name")]

    def __str__(self) -> str:
        return self.name


class CandidateImportQuerySet(models.QuerySet["CandidateImport"]):
    def visible_to(self, user: User) -> Self:
        """Those into openings that this person sees."""
        return self.filter(opening__in=Opening.objects.visible_to(user))


class CandidateImport(models.Model):
    """Candidates that came in together, and can be taken back together.

    Of its `rows`, `added` people were new and `joined` known already; the others were
    left out. `sha256` is that of the file, or of what was pasted.
    """

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    joined = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")

    objects = CandidateImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="undone_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk} into {self.opening_id}"


class CandidateQuerySet(FindableQuerySet["Candidate"]):
    def visible_to(self, user: User) -> Self:
        """Those with an application that this person sees."""
        applications = Application.objects.visible_to(user)
        return self.filter(Exists(applications.filter(candidate=OuterRef("pk"))))

    def without_application(self) -> Self:
        """Those whom no list shows and no retention period reaches: whoever takes applications back removes them."""
        return self.filter(~Exists(Application.objects.filter(candidate=OuterRef("pk"))))


class Candidate(Findable):
    """A person who applies; `erased_at` is when all that was said of them went.

    An address is no person: people may share one or have none. `colleague` is who they
    are in this company, under whatever address they apply.
    """

    CALLED = ("name", "email")

    name = ComposedCharField(max_length=300)
    email = models.EmailField(blank=True)
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    # Of the address, once it is erased, so that an import does not bring the person back.
    erased_key = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    brought_by = models.ForeignKey(
        CandidateImport, models.SET_NULL, null=True, editable=False, related_name="candidates"
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            terms_index("candidate"),
            models.Index(Lower("email"), name="candidate_by_email"),
            models.Index(fields=["sort_key", "id"], name="candidate_by_name"),
        ]
        constraints = [key_follows("candidate", "name")]

    def __str__(self) -> str:
        return self.name


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def in_force(self) -> Self:
        """Those that are not lifted: at most one for each candidate."""
        return self.filter(lifted_at=None)


class LegalHold(models.Model):
    """Why this candidate must not be erased, such as a dispute, until it is lifted."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="holds")
    reason = models.TextField()
    imposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imposed_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="lifted_by_somebody_at_some_time",
            ),
            models.UniqueConstraint(fields=["candidate"], condition=Q(lifted_at=None), name="one_hold_in_force"),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk} on {self.candidate_id}"


def own(user: User, candidate: str = "candidate") -> Q:
    """Rows about this person as a candidate; `candidate` leads there. The database looks
    them up once, by an index, and not row by row. Earlier addresses count as well."""
    address = Lower(Value(user.email))
    earlier = EarlierAddress.objects.filter(user=user).values("email")
    people = Candidate.objects.order_by().alias(address=Lower("email")).values("pk")
    # Joined as lists: of a choice between them no index is asked, and all candidates are read.
    themselves = people.filter(colleague=user).union(
        people.filter(address=address), people.filter(address__in=earlier), all=True
    )
    return Q(**{f"{candidate}__in": themselves})


# SQL in a trigger: the outcome of the decision that stands for this application, or ''.
DECIDED = """
    COALESCE((SELECT d.outcome FROM debriefs_decision d
               WHERE d.application_id = NEW.id
                 AND NOT EXISTS (SELECT 1 FROM debriefs_reopening r WHERE r.decision_id = d.id)), '')
"""


def looked_up_first(column: str, few: models.QuerySet[Row]) -> Func:
    """Whether the column holds the key of one of these rows, which are few.

    Their keys are read before all else, so that the database begins with them. Of a join it takes that for
    one step among many, and with more than eight of them it does not look for the best order any more.
    """
    keys = ArraySubquery(few.order_by().values("pk"), template="(ARRAY(%(subquery)s))")
    return Func(F(column), keys, template="%(expressions)s", arg_joiner=" = ANY ", output_field=models.BooleanField())


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> Self:
        """Those of visible openings and those whose panel one is on; never one's own."""
        if not user.is_active:
            return self.none()
        panelists = Panelist.objects.filter(interview__application=OuterRef("pk"), user=user)
        in_openings = Q(opening__in=Opening.objects.visible_to(user))
        others = self.exclude(own(user))
        return others.filter(in_openings | Q(Exists(panelists)))

    def current_first(self) -> Self:
        """One that was moved away comes after one of the same candidate and opening that was
        not: after a merge there may be both."""
        moved = Case(When(state=Application.State.MOVED, then=Value(1)), default=Value(0))
        return self.order_by(moved, "-pk")

    def run_by(self, user: User) -> Self:
        """Those of openings that this person sees, not as an interviewer alone; never
        one's own.

        Asked for by the opening at once: with the choice of `visible_to` beside it the
        database reads the applications of all openings for a search by name.
        """
        if not user.is_active:
            return self.none()
        others, seen = self.exclude(own(user)), Opening.objects.visible_to(user)
        if user.is_administrator or user.is_recruiter:
            return others.filter(opening__in=seen)
        return others.filter(looked_up_first("opening_id", seen))


# SQL in a trigger: when the first scorecard is due that a lead may still write for the
# application; null without one.
FIRST_OWED = """
    (SELECT min(p.owes_by) FROM candidates_interview i JOIN candidates_panelist p ON p.interview_id = i.id
      WHERE i.application_id = {application} AND p.role = 'lead')
"""


class Status(models.TextChoices):
    """How an application stands: what somebody set by hand, else what was decided."""

    ACTIVE = "active", "Active"
    ON_HOLD = "on_hold", "On hold"
    HIRED = "hired", "Hired"
    NOT_HIRED = "not_hired", "Not hired"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REJECTED = "rejected", "Rejected before interviews"
    MOVED = "moved", "Moved to another opening"


# Set on hold by hand, or by a decision.
HELD = Q(state="on_hold") | Q(decided="hold")
# Nobody has ended it: neither by hand nor by a decision. One on hold is open too.
OPEN = Q(decided="", state__in=("active", "on_hold"))
# Something has happened to it since it was added.
STARTED = Q(active_at__gt=F("created_at"))
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# When the first scorecard owed is due, and never null: lists are ordered by it.
FIRST_DUE = Coalesce("owed_by", Value(NEVER))


class Application(models.Model):
    """A candidate for one opening; `code_name` stands for them where it is anonymous.

    A candidate has one for each opening, beside such as were moved away: two rows for one
    person that are merged may both have applied there.

    `state` is set by hand and says nothing of anybody's judgement; `decided` is the
    outcome of the decision that stands, else empty, and is for nobody blind. Both make
    its `Status`: see `candidates.states`. `owed_by` is when the first scorecard is due
    that a lead may still write, for nobody blind either. The database keeps it, whatever
    it is set to. It keeps `active_at` too, when something last happened to it, and
    `kept_until`, which follows from that or from the decision and the opening's policy
    (privacy/migrations/0001_last_activity.py).
    """

    class State(models.TextChoices):
        ACTIVE = Status.ACTIVE.value, "Active"
        ON_HOLD = Status.ON_HOLD.value, "On hold"
        WITHDRAWN = Status.WITHDRAWN.value, "Withdrawn"
        REJECTED = Status.REJECTED.value, "Rejected before interviews"
        MOVED = Status.MOVED.value, "Moved to another opening"

    class Decided(models.TextChoices):
        HIRE = "hire", "Hire"
        NO_HIRE = "no_hire", "No hire"
        HOLD = "hold", "Hold"

    # Whoever is still to score one of these need not do so any more.
    CLOSED = (State.WITHDRAWN, State.REJECTED, State.MOVED)

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="applications")
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="applications")
    code_name = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE, editable=False)
    decided = models.CharField(max_length=10, choices=Decided.choices, blank=True, editable=False)
    moved_to = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="moved_from")
    # Set once, as the debrief's meeting opens: then nobody amends what they submitted.
    debrief_opened_at = models.DateTimeField(null=True, editable=False)
    owed_by = models.DateTimeField(null=True, editable=False)
    active_at = models.DateTimeField(null=True, editable=False)
    kept_until = models.DateTimeField(null=True, editable=False)
    brought_by = models.ForeignKey(
        CandidateImport, models.SET_NULL, null=True, editable=False, related_name="applications"
    )

    # Whether a page's reader may not know the candidate; None where nobody asked.
    # See `scorecards.policies.nameless`.
    nameless: bool | None = None

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="application_newest"),
            models.Index(fields=["-created_at", "-id"], condition=OPEN, name="application_open"),
            models.Index(FIRST_DUE, "id", condition=OPEN, name="application_owed"),
            models.Index(fields=["id"], condition=OPEN & Q(owed_by=None), name="application_unowed"),
            # Of the few openings of one person, without a look at the open ones of all others.
            models.Index(fields=["opening", "owed_by"], condition=OPEN, name="application_of_opening"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=OPEN & STARTED & Q(owed_by=None),
                name="application_started",
            ),
            models.Index(fields=["kept_until", "id"], name="application_kept"),
            # What lists of one status begin with, where few have it.
            models.Index(fields=["-created_at", "-id"], condition=HELD, name="application_held"),
            models.Index(
                fields=["state", "-created_at", "-id"],
                condition=Q(state__in=("withdrawn", "rejected", "moved")),
                name="application_closed",
            ),
            models.Index(
                fields=["decided", "-created_at", "-id"],
                condition=Q(decided__in=("hire", "no_hire")),
                name="application_decided",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=OPEN & Q(owed_by=None, debrief_opened_at__isnull=False),
                name="application_to_decide",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "opening"], condition=~Q(state="moved"), name="one_application_that_stayed"
            ),
            models.UniqueConstraint(fields=["opening", "code_name"], condition=~Q(code_name=""), name="one_code_name"),
            models.CheckConstraint(
                condition=Q(state="moved", moved_to__isnull=False) | ~Q(state="moved") & Q(moved_to=None),
                name="moved_to_somewhere",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decided_by_a_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("decided"),  # type: ignore[no-untyped-call]  # pgtrigger has no annotations here
                func=f"""
                    IF NEW.decided <> {DECIDED} THEN
                        RAISE EXCEPTION 'what was decided on application % follows from its decision alone', NEW.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="owed_by_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("owed_by"),  # type: ignore[no-untyped-call]  # as above
                func=f"NEW.owed_by := {FIRST_OWED.format(application='NEW.id')}; RETURN NEW;",
            ),
            pgtrigger.Protect(
                name="opened_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__debrief_opened_at__isnull=False)
                & pgtrigger.Q(old__debrief_opened_at__df=pgtrigger.F("new__debrief_opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} for {self.opening}"

    @property
    def called(self) -> str:
        """What a page for interviewers calls the candidate.

        In an anonymous opening that is the alias, unless the query found that the
        reader may know more.
        """
        hidden = self.opening.anonymous if self.nameless is None else self.nameless
        return self.alias if hidden else self.candidate.name

    @property
    def is_over(self) -> bool:
        """Whether somebody closed it by hand, so that nothing is planned for it."""
        return self.state in self.CLOSED

    @property
    def alias(self) -> str:
        """What stands for the candidate's name where that is hidden."""
        return self.code_name or f"Candidate {self.pk}"


STATE_CHANGE_TEXTS = Erasable(BY_ITSELF, ("reason",))


class StateChange(models.Model):
    """Who set an application's state, when and why; it is added and never changed."""

    erasable = STATE_CHANGE_TEXTS

    application = models.ForeignKey(Application, models.PROTECT, related_name="state_changes")
    state = models.CharField(max_length=10, choices=Application.State.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="rejection_says_why"),
        ]
        triggers = [immutable(STATE_CHANGE_TEXTS)]

    def __str__(self) -> str:
        return f"application {self.application_id}: {self.state}"


class InterviewQuerySet(models.QuerySet["Interview"]):
    def held(self) -> Self:
        """Those that are not cancelled."""
        return self.filter(cancelled_at=None)

    def to_come(self) -> Self:
        """Those that have not begun, and are not cancelled."""
        return self.held().filter(starts_at__gt=timezone.now())


class Interview(models.Model):
    """One round held with one application; `due_at` is when its scorecards are late.

    `place` is where it is held: a room, or the address of a call.
    """

    erasable = Erasable(BY_ITSELF, ("place",))

    application = models.ForeignKey(Application, models.PROTECT, related_name="interviews")
    round = models.ForeignKey(Round, models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Rises with each change, so that a calendar knows the newest word (RFC 5545, 3.8.7.4).
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    place = models.CharField("place or link", max_length=300, blank=True)
    # It is not held; one about which nobody has written anything is removed instead.
    cancelled_at = models.DateTimeField(null=True, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["due_at", "id"], name="interview_due")]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=models.F("starts_at")), name="due_after_start"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="told_to_panelists",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__due_at__df=pgtrigger.F("new__due_at")),
                func="""
                    UPDATE candidates_panelist SET owes_by = NEW.due_at
                     WHERE interview_id = NEW.id AND owes_by IS NOT NULL;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} with {self.application.candidate}"

    @property
    def over_at(self) -> datetime:
        """When the round's minutes are over."""
        return self.starts_at + timedelta(minutes=self.round.minutes)


class PanelistQuerySet(models.QuerySet["Panelist"]):
    def on_panel(self) -> Self:
        """Who is on a panel now; whoever left keeps the row, with what they wrote."""
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> Self:
        """A panelist row leads to a scorecard page: each person has only their own."""
        if not user.is_active:
            return self.none()
        mine = self.filter(user=user)
        return mine.exclude(own(user, "interview__application__candidate"))


# Whoever is on a panel may still write their scorecard until it is submitted, declined or
# an erased candidate's. The interview is held fast for a new panelist, so that it is not
# given another time meanwhile.
OWES_BY = """
    NEW.owes_by := NULL;
    IF NEW.ended_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM scorecards_scorecard s
         WHERE s.panelist_id = NEW.id AND (s.state <> 'draft' OR s.erased)) THEN
        IF TG_OP = 'INSERT' THEN
            PERFORM 1 FROM candidates_interview i WHERE i.id = NEW.interview_id FOR SHARE;
        END IF;
        SELECT i.due_at INTO STRICT NEW.owes_by FROM candidates_interview i WHERE i.id = NEW.interview_id;
    END IF;
    RETURN NEW;
"""
OWING = Q(owes_by__isnull=False)
# The application is locked first: of two who finish at once the second sees the first.
TOLD_TO_APPLICATION = f"""
    SELECT i.application_id INTO whose FROM candidates_interview i
     WHERE i.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.interview_id ELSE NEW.interview_id END;
    PERFORM 1 FROM candidates_application a WHERE a.id = whose FOR NO KEY UPDATE;
    UPDATE candidates_application a SET owed_by = a.owed_by
     WHERE a.id = whose AND a.owed_by IS DISTINCT FROM {FIRST_OWED.format(application="whose")};
    RETURN NULL;
"""  # noqa: S608 - only our own names are put in


class Panelist(models.Model):
    """One person on the panel of one interview; what a shadow writes counts nowhere.

    Once `ended_at` is set they are off the panel, and can be put on it again by another row.
    `owes_by` is when the scorecard is due that they may still write, begun or not; empty
    where they may not. The database keeps it, whatever it is set to.
    """

    class Role(models.TextChoices):
        LEAD = "lead", "Lead"
        SHADOW = "shadow", "Shadow (never counted)"

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="panelists")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="panels")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.LEAD)
    ended_at = models.DateTimeField(null=True, editable=False)
    owes_by = models.DateTimeField(null=True, editable=False)

    objects = PanelistQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["owes_by", "id"], condition=OWING, name="panelist_owing"),
            models.Index(fields=["interview"], condition=OWING, name="panelist_owing_interview"),
            models.Index(fields=["user"], condition=OWING, name="panelist_owing_user"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "user"], condition=Q(ended_at=None), name="one_panelist_per_interview"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="owes_by_kept", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=OWES_BY
            ),
            pgtrigger.Trigger(
                name="application_follows",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("whose", "BIGINT")],
                func=TOLD_TO_APPLICATION,
            ),
            pgtrigger.Trigger(
                name="application_follows_change",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__owes_by__df=pgtrigger.F("new__owes_by"))
                | pgtrigger.Q(old__role__df=pgtrigger.F("new__role")),
                declare=[("whose", "BIGINT")],
                func=TOLD_TO_APPLICATION,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.interview_id}"


# Of interviews, who is on their panels now.
ON_PANEL = models.Prefetch("panelists", Panelist.objects.on_panel())
