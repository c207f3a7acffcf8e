"""A person who works with Evenhand. Roles here are company-wide; roles on an opening
live with the opening."""

from typing import ClassVar, Self

from django.contrib.auth import hashers
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import published
from accounts.models.finding import ComposedCharField, Findable, FindableQuerySet, key_follows, terms_index


def has_address(email: str | None, column: str = "email") -> models.Q:
    """Rows whose column is this address, in whatever case; asked as the indexes on
    addresses are written, so that they answer."""
    return models.Q(Exact(Lower(column), Lower(models.Value(email))))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> FindableQuerySet["User"]:
        return FindableQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A saved user; without a password the account exists but nobody can sign in to
        it. Raises IntegrityError for an address that is taken, in whatever case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def visible_to(self, user: "User") -> models.QuerySet["User"]:
        """Everybody but external interviewers, for administrators; others get people
        through an opening or a panel."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return self.filter(is_guest=False)

    def colleagues(self) -> models.QuerySet["User"]:
        """Those who work with Evenhand: who may sign in, be given roles and be put on
        panels."""
        return self.filter(is_active=True, is_guest=False)

    def get_by_natural_key(self, email: str | None) -> "User":
        """Whoever has this address, in whatever case. Raises User.DoesNotExist."""
        return self.get(has_address(email))


class User(Findable, AbstractBaseUser):
    """Signs in by e-mail. Every active person may be put on a panel."""

    CALLED = ("name", "email")

    email = models.EmailField(unique=True)
    name = ComposedCharField(max_length=200, blank=True)
    is_administrator = models.BooleanField(default=False)
    is_recruiter = models.BooleanField(default=False)
    is_hiring_manager = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # Without an account: sits on single panels, reached by a link for each; never signs
    # in, holds no role.
    is_guest = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [terms_index("user")]
        constraints = [
            key_follows("user", "name"),
            models.UniqueConstraint(Lower("email"), name="user_email_ignores_case"),
            models.CheckConstraint(
                condition=models.Q(is_guest=False)
                | models.Q(is_administrator=False, is_recruiter=False, is_hiring_manager=False),
                name="guests_hold_no_role",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the person's password; outside the demo the published one is
        nobody's.

        Every way of using a password asks here: signing in, reauthenticating, changing
        it.
        """
        is_right = super().check_password(raw_password)  # first, so that both refusals take as long
        return is_right and not published.is_refused(raw_password)

    @property
    def has_published_password(self) -> bool:
        """Whether the password is the one that the sample publishes; takes as long as a
        sign-in."""
        return self.has_usable_password() and hashers.check_password(published.PASSWORD, self.password)

    def get_session_auth_hash(self) -> str:
        """Another one where the sample is allowed: whoever signed in there is signed
        out where it is not."""
        own = super().get_session_auth_hash()
        return f"sample-{own}" if published.is_sample_allowed() else own

    @property
    def display_name(self) -> str:
        return self.name or self.email

    @cached_property
    def runs_openings(self) -> bool:
        """Has a company-wide role in hiring, or a role on some opening."""
        if not self.is_active:
            return False
        roles = (self.is_recruiter, self.is_hiring_manager, self.is_administrator)
        return any(roles) or self._has_membership

    @property
    def _has_membership(self) -> bool:
        """As the sign-in knew it where this person is the reader of a page, else
        asked."""
        known: bool | None = getattr(self, "known_membership", None)
        return self.memberships.exists() if known is None else known

    @property
    def manages_rubrics(self) -> bool:
        """Imports, edits and publishes them."""
        keeps_rubrics = self.is_recruiter or self.is_administrator
        return self.is_active and keeps_rubrics


class EarlierAddress(models.Model):
    """An address that somebody had before an administrator changed it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="earlier_addresses")
    email = models.EmailField()
    until = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"earlier address {self.pk} of {self.user_id}"


class SignInRules(models.Model):
    """The one row that says whose sign-in needs a second factor. Every active person is
    an interviewer."""

    ROLES = ("interviewers", "recruiters", "hiring_managers", "administrators")
    ONLY = 1

    interviewers = models.BooleanField(default=False)
    recruiters = models.BooleanField(default=False)
    hiring_managers = models.BooleanField(default=False)
    administrators = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_sign_in_rules")]

    def __str__(self) -> str:
        held = [role for role in self.ROLES if getattr(self, role)]
        return ", ".join(held) or "nobody"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Neither accepted nor taken back; it may have run out."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self) -> Self:
        """Those whose link still works."""
        return self.pending().filter(expires_at__gt=timezone.now(), user__is_active=True)


class Invitation(models.Model):
    """A link by which somebody who was added sets their name and password, once; its
    key is kept as a hash only. `words` are paragraphs on what they are invited to, a blank
    line between them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    key_hash = models.CharField(max_length=64, unique=True)
    words = models.TextField(blank=True, db_default="")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_pending_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="accepted_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} of {self.user_id}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= timezone.now()


class SentForm(models.Model):
    """A form that led on to another page, so that sending it again can lead there too.

    `digest` is the sha256 of its address, token and words; `location` where it led, and
    `tags` what the messages there let the device forget.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="sent_forms")
    digest = models.CharField(max_length=64)
    location = models.TextField(blank=True)
    tags = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="form_sent_once")]

    def __str__(self) -> str:
        return f"form {self.pk} of {self.user_id}"


def names(ids: set[int]) -> dict[int, str]:
    """By id, what these people are called today; whoever is not there is left out."""
    people = User.objects.filter(pk__in=ids).only("name", "email")
    return {user.pk: user.display_name for user in people}
