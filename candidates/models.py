"""Openings, rounds, candidates, applications, interviews, panelists: who sees which."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from accounts.models import ComposedCharField, Findable, FindableQuerySet, User, key_follows, terms_index
from rubrics.models import Dimension, Exercise, RubricVersion


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
    long (docs/privacy.md).
    """

    CALLED = ("title",)

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

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [terms_index("opening")]
        constraints = [
            key_follows("opening", "title"),
            models.CheckConstraint(condition=Q(retention_days__gte=1), name="kept_for_a_day_at_least"),
        ]

    def __str__(self) -> str:
        return self.title


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
    """One step of the interview plan; it covers some of the rubric's dimensions."""

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

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["opening", "name"], name="round_name")]

    def __str__(self) -> str:
        return self.name


class CandidateQuerySet(FindableQuerySet["Candidate"]):
    def visible_to(self, user: User) -> Self:
        """Those with an application that this person sees."""
        applications = Application.objects.visible_to(user)
        return self.filter(Exists(applications.filter(candidate=OuterRef("pk"))))


class Candidate(Findable):
    """A person who applies; `erased_at` is when all that was said of them went."""

    CALLED = ("name", "email")

    name = ComposedCharField(max_length=300)
    email = models.EmailField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    # Of the address, once it is erased, so that an import does not bring the person back.
    erased_key = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [terms_index("candidate")]
        constraints = [
            key_follows("candidate", "name"),
            models.UniqueConstraint(Lower("email"), name="candidate_email_ignores_case"),
        ]

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


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> Self:
        """Those of visible openings and those whose panel one is on; never one's own."""
        if not user.is_active:
            return self.none()
        panelists = Panelist.objects.filter(interview__application=OuterRef("pk"), user=user)
        in_openings = Q(opening__in=Opening.objects.visible_to(user))
        others = self.exclude(candidate__email__iexact=user.email)
        return others.filter(in_openings | Q(Exists(panelists)))

    def run_by(self, user: User) -> Self:
        """Those of openings that this person sees, not as an interviewer alone."""
        openings = Opening.objects.visible_to(user)
        return self.visible_to(user).filter(opening__in=openings)


class Application(models.Model):
    """A candidate for one opening; `code_name` stands for them where it is anonymous."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="applications")
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="applications")
    code_name = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Set once, as the debrief's meeting opens: then nobody amends what they submitted.
    debrief_opened_at = models.DateTimeField(null=True, editable=False)

    # Whether a page's reader may not know the candidate; None where nobody asked.
    # See `scorecards.policies.nameless`.
    nameless: bool | None = None

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "opening"], name="one_application"),
            models.UniqueConstraint(fields=["opening", "code_name"], condition=~Q(code_name=""), name="one_code_name"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="opened_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__debrief_opened_at__isnull=False)
                & pgtrigger.Q(old__debrief_opened_at__df=pgtrigger.F("new__debrief_opened_at")),
            )
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
    def alias(self) -> str:
        """What stands for the candidate's name where that is hidden."""
        return self.code_name or f"Candidate {self.pk}"


class Interview(models.Model):
    """One round held with one application; `due_at` is when its scorecards are late."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="interviews")
    round = models.ForeignKey(Round, models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=models.F("starts_at")), name="due_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.round} with {self.application.candidate}"


class PanelistQuerySet(models.QuerySet["Panelist"]):
    def visible_to(self, user: User) -> Self:
        """A panelist row leads to a scorecard page: each person has only their own."""
        if not user.is_active:
            return self.none()
        mine = self.filter(user=user)
        return mine.exclude(interview__application__candidate__email__iexact=user.email)


class Panelist(models.Model):
    """One person on the panel of one interview; what a shadow writes counts nowhere."""

    class Role(models.TextChoices):
        LEAD = "lead", "Lead"
        SHADOW = "shadow", "Shadow (never counted)"

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="panelists")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="panels")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.LEAD)

    objects = PanelistQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["interview", "user"], name="one_panelist_per_interview")]

    def __str__(self) -> str:
        return f"{self.user} on {self.interview_id}"
