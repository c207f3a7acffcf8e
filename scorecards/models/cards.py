"""Scorecards and what is in them; who saw whose, and who may.

The database refuses to change what was submitted.
"""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audit.erasing import BY_ITSELF, Erasable, blanked, immutable
from audit.history import tracked
from candidates.models import Application, Panelist
from rubrics.models import Dimension, Exercise, Signal
from scorecards.models.erasing import BY_CARD, BY_PANELIST


def application_of_panelist(panelist: str) -> str:
    """SQL for the application of this panelist; nothing where the panelist is gone."""
    return (
        "SELECT i.application_id FROM candidates_panelist p JOIN candidates_interview i ON i.id = p.interview_id"  # noqa: S608 - only our own column names are put in
        f" WHERE p.id = {panelist}"
    )


def application_of_card(card: str) -> str:
    """SQL for the application of this scorecard."""
    return (
        "SELECT i.application_id FROM scorecards_scorecard s JOIN candidates_panelist p ON p.id = s.panelist_id"  # noqa: S608 - only our own column names are put in
        f" JOIN candidates_interview i ON i.id = p.interview_id WHERE s.id = {card}"
    )


def unread_card(row: str) -> str:
    """SQL by the name of a scorecard's row: whether nobody but its writer can read it.

    A draft is its writer's; once the debrief has opened it may be handed out.
    """
    return f"({row}.state = 'draft' AND {_not_opened(application_of_panelist(f'{row}.panelist_id'))})"


def unread_rating(row: str) -> str:
    """The same by the name of a rating's row."""
    is_draft = f"SELECT 1 FROM scorecards_scorecard d WHERE d.id = {row}.scorecard_id AND d.state = 'draft'"  # noqa: S608 - only our own column names are put in
    return f"(EXISTS ({is_draft}) AND {_not_opened(application_of_card(f'{row}.scorecard_id'))})"


def _not_opened(application: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM candidates_application a WHERE a.id = ({application})"  # noqa: S608 - only our own column names are put in
        " AND a.debrief_opened_at IS NULL)"
    )


def undone(card: str) -> str:
    """SQL of a trigger: whether a row goes because the import that brought this
    scorecard is undone.

    The setting `evenhand.undoing` ends with its transaction; only `scorecards.undoing`
    sets it.
    """
    return f"TG_OP = 'DELETE' AND evenhand_undoing({card})"


RATING_TEXTS = Erasable(BY_CARD, ("not_assessed_reason", "evidence"), history="RatingChange")
LOCKED_RATING = pgtrigger.Trigger(
    name="score_locked",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("before", "TEXT"), ("after", "TEXT")],
    func=f"""
        IF TG_OP <> 'INSERT' THEN before := concat(OLD.score, OLD.not_assessed, OLD.not_assessed_reason); END IF;
        IF TG_OP <> 'DELETE' THEN after := concat(NEW.score, NEW.not_assessed, NEW.not_assessed_reason); END IF;
        IF COALESCE(before, 'f') <> COALESCE(after, 'f') AND EXISTS (
            SELECT 1 FROM scorecards_scorecard s
             WHERE s.id = COALESCE(CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.scorecard_id END, NEW.scorecard_id)
               AND s.locked_at IS NOT NULL) THEN
            IF {blanked(RATING_TEXTS)} THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'the scores of this scorecard are locked';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,  # noqa: S608 - only our own names of columns are put in
)
IMMUTABLE = pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
SEEN_STAYS = pgtrigger.Trigger(
    name="never_changed",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF {undone("OLD.scorecard_id")} THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'rows of % are not changed or deleted', TG_TABLE_NAME;
    """,
)


def only_while_scorecard_is_draft(erasable: Erasable | None = None) -> list[pgtrigger.Trigger]:
    """Rows of a scorecard change while it is a draft; an erasure takes `erasable`
    texts."""
    passes = f"IF {blanked(erasable)} THEN RETURN NEW; END IF;" if erasable else ""
    return [
        pgtrigger.Trigger(
            name="only_while_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("card_state", "TEXT")],
            func=f"""
                SELECT CASE WHEN s.erased THEN 'erased' ELSE s.state END INTO card_state FROM scorecards_scorecard s
                 WHERE (s.state <> 'draft' OR s.erased)
                   AND (TG_OP <> 'INSERT' AND s.id = OLD.scorecard_id
                        OR TG_OP <> 'DELETE' AND s.id = NEW.scorecard_id)
                 LIMIT 1;
                IF FOUND THEN
                    {passes}
                    IF {undone("OLD.scorecard_id")} THEN RETURN OLD; END IF;
                    RAISE EXCEPTION 'this scorecard was % and can no longer change', card_state;
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            """,  # noqa: S608 - only our own names of columns are put in
        )
    ]


TOLD_TO_PANELIST = """
    UPDATE candidates_panelist SET owes_by = owes_by
     WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.panelist_id ELSE NEW.panelist_id END;
    RETURN NULL;
"""
# When it begins or ceases to be a draft that may be written: the panelist's `owes_by` follows.
PANELIST_FOLLOWS = [
    pgtrigger.Trigger(
        name="panelist_follows_finished",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=~pgtrigger.Q(new__state="draft") | pgtrigger.Q(new__erased=True),
        func=TOLD_TO_PANELIST,
    ),
    pgtrigger.Trigger(
        name="panelist_follows",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state"))
        | pgtrigger.Q(old__erased__df=pgtrigger.F("new__erased")),
        func=TOLD_TO_PANELIST,
    ),
    pgtrigger.Trigger(
        name="panelist_follows_removed",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        condition=~pgtrigger.Q(old__state="draft") | pgtrigger.Q(old__erased=True),
        func=TOLD_TO_PANELIST,
    ),
]


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def counted(self) -> Self:
        """What a debrief rests on: submitted, not withdrawn, and not a shadow's."""
        return self.shown().filter(withdrawal=None)

    def shown(self) -> Self:
        """What a debrief shows: submitted, though it was withdrawn, and not a
        shadow's."""
        return self.filter(state=Scorecard.State.SUBMITTED, panelist__role=Panelist.Role.LEAD)


SCORECARD_TEXTS = Erasable(BY_PANELIST, ("summary", "decline_reason"), history="ScorecardChange")


@tracked(
    "ScorecardChange",
    ["panelist", "state", "recommendation", "summary", "decline_reason", "locked_at"],
    application=application_of_panelist("OLD.panelist_id"),
    private=unread_card,
)
class Scorecard(models.Model):
    """One panelist's judgement.

    `edit` counts saves and `field_edits` says which of them last changed each field: a
    writer who knows an older count is refused a field that changed since. Once
    `locked_at` is set, scores and recommendation stay, while evidence stays open until
    the due time.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        DECLINED = "declined", "Declined"

    class Recommendation(models.TextChoices):
        STRONG_NO = "strong_no", "Strong no"
        NO = "no", "No"
        YES = "yes", "Yes"
        STRONG_YES = "strong_yes", "Strong yes"

    erasable = SCORECARD_TEXTS

    panelist = models.OneToOneField(Panelist, models.PROTECT, related_name="scorecard")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices, blank=True)
    summary = models.TextField(blank=True)
    decline_reason = models.TextField(blank=True)
    edit = models.PositiveIntegerField(default=0)
    field_edits = models.JSONField(default=dict, blank=True)
    locked_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    saw_others_first = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)
    # The candidate was erased: no word may come back, not even from a tab still open.
    erased = models.BooleanField(default=False)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | ~Q(state="draft") & Q(submitted_at__isnull=False),
                name="finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | ~Q(recommendation=""), name="submitted_recommends"
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(decline_reason=""), name="declined_says_why"),
        ]
        triggers = [
            *PANELIST_FOLLOWS,
            pgtrigger.Trigger(
                name="frozen_once_finished",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["submitted", "declined"]) | pgtrigger.Q(old__erased=True),
                func=f"""
                    IF {blanked(SCORECARD_TEXTS, "erased")} THEN RETURN NEW; END IF;
                    IF {undone("OLD.id")} THEN RETURN OLD; END IF;
                    RAISE EXCEPTION 'rows of % are not changed or deleted', TG_TABLE_NAME;
                """,
            ),
            pgtrigger.Protect(
                name="lock_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__locked_at__isnull=False)
                & (
                    pgtrigger.Q(old__locked_at__df=pgtrigger.F("new__locked_at"))
                    | pgtrigger.Q(old__recommendation__df=pgtrigger.F("new__recommendation"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"scorecard {self.pk} ({self.state})"

    @property
    def is_writable(self) -> bool:
        """It may still be written: not that of an erased candidate, nor once its writer
        has left the panel. See `writable`."""
        return self.state == self.State.DRAFT and not self.erased and self.panelist.ended_at is None


@tracked(
    "RatingChange",
    ["scorecard", "dimension", "score", "not_assessed", "not_assessed_reason", "evidence"],
    application=application_of_card("OLD.scorecard_id"),
    private=unread_rating,
)
class Rating(models.Model):
    """A score, or not assessed with a reason, or (in a draft) neither yet.

    The anchor of its level is kept as it read.
    """

    class Reason(models.TextChoices):
        TIME = "ran out of time", "Ran out of time"
        FOCUS = "not my focus", "Not my focus"
        DECLINED = "candidate declined", "Candidate declined"
        OTHER = "other", "Other (explain in the evidence)"

    erasable = RATING_TEXTS

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="ratings")
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField(null=True)
    not_assessed = models.BooleanField(default=False)
    not_assessed_reason = models.CharField(max_length=500, blank=True)
    evidence = models.TextField(blank=True)
    anchor_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "dimension"], name="one_rating_per_dimension"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="score_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(not_assessed=False), name="score_or_not_assessed"
            ),
        ]
        triggers = [*only_while_scorecard_is_draft(RATING_TEXTS), LOCKED_RATING]

    def __str__(self) -> str:
        return f"rating {self.pk}"


SIGNAL_MARK_TEXTS = Erasable(BY_CARD, ("note",))


class SignalMark(models.Model):
    """A signal or red flag of the rubric that was seen, or only noted."""

    erasable = SIGNAL_MARK_TEXTS

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="signal_marks")
    signal = models.ForeignKey(Signal, models.PROTECT, related_name="marks")
    seen = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scorecard", "signal"], name="one_mark_per_signal")]
        triggers = only_while_scorecard_is_draft(SIGNAL_MARK_TEXTS)

    def __str__(self) -> str:
        return f"mark {self.pk}"


class LookForMark(models.Model):
    """What became of one look-for; `index` counts from 0 in the exercise's list."""

    class Outcome(models.TextChoices):
        SEEN = "seen", "Seen"
        MISSED = "missed", "Missed"
        NOT_REACHED = "not_reached", "Not reached"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="look_for_marks")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="+")
    index = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta:
        ordering = ["exercise", "index"]
        constraints = [models.UniqueConstraint(fields=["scorecard", "exercise", "index"], name="one_mark_per_look_for")]
        triggers = only_while_scorecard_is_draft()

    def __str__(self) -> str:
        return f"look-for {self.index}: {self.outcome}"

    @property
    def text(self) -> str:
        """The look-for, as the exercise words it."""
        return str(self.exercise.look_for[self.index])


class HandoffNoteQuerySet(models.QuerySet["HandoffNote"]):
    def for_panelist(self, panelist: Panelist) -> Self:
        """What leads of earlier interviews left for this one, and one's own notes."""
        interview = panelist.interview
        earlier = Q(panelist__interview__starts_at__lt=interview.starts_at)
        others = ~Q(panelist__user=panelist.user_id)
        leads = Q(panelist__role=Panelist.Role.LEAD)
        mine = Q(panelist=panelist)
        notes = self.filter(panelist__interview__application=interview.application_id)
        return notes.filter(mine | (earlier & others & leads))


HANDOFF_NOTE_TEXTS = Erasable(BY_PANELIST, ("text",))


class HandoffNote(models.Model):
    """A fact for the next interviewers, apart from any opinion; it is never changed."""

    class Kind(models.TextChoices):
        COVERED = "covered", "Covered"
        PROBE = "probe", "Please probe"
        BACKGROUND = "background", "Background"

    erasable = HANDOFF_NOTE_TEXTS

    panelist = models.ForeignKey(Panelist, models.PROTECT, related_name="handoff_notes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)

    objects = HandoffNoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        triggers = [immutable(HANDOFF_NOTE_TEXTS)]

    def __str__(self) -> str:
        return f"note {self.pk} ({self.kind})"


class Sighting(models.Model):
    """The first time that a person was shown another's scorecard, and where."""

    class Way(models.TextChoices):
        DEBRIEF = "debrief", "on the debrief page"
        MEETING = "meeting", "in the debrief's meeting"
        FINALISTS = "finalists", "in a comparison of finalists"
        PACKET = "packet", "in a packet"
        BATCH = "batch", "in packets for several candidates"
        COMPARISON = "comparison", "in a comparison with their own scorecard"
        EXPORT = "export", "in an export of the opening"
        SUBJECT_ACCESS = "subject_access", "in the data held about the candidate"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="sightings")
    way = models.CharField(max_length=20, choices=Way.choices, blank=True)  # empty in rows older than the column
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "scorecard"], name="first_sight_only")]
        triggers = [SEEN_STAYS]

    def __str__(self) -> str:
        return f"sighting {self.pk}"


OVERRIDE_TEXTS = Erasable(BY_ITSELF, ("reason",))


class Override(models.Model):
    """A recruiter off the panel let a person see before submitting, for a reason."""

    erasable = OVERRIDE_TEXTS

    application = models.ForeignKey(Application, models.PROTECT, related_name="overrides")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="one_override"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
        ]
        triggers = [immutable(OVERRIDE_TEXTS)]

    def __str__(self) -> str:
        return f"override {self.pk}"


def writable(prefix: str = "") -> Q:
    """Panelists whose scorecard may still be written, begun or not.

    `prefix` leads from the filtered rows to the panelist ("panelist__"). For an erased
    candidate nobody writes anything, nor does whoever left a panel. What it means
    stands in the trigger `owes_by_kept` of `Panelist`; `Scorecard.is_writable` says the
    same of one scorecard.
    """
    return Q(**{f"{prefix}owes_by__isnull": False})


def counts(prefix: str = "") -> Q:
    """Panelists whose scorecard is submitted and not withdrawn; a shadow's is no figure
    for all that."""
    submitted = Q(**{f"{prefix}scorecard__state": Scorecard.State.SUBMITTED})
    return submitted & Q(**{f"{prefix}scorecard__withdrawal": None})


def expected(prefix: str = "") -> Q:
    """Panelists whose scorecard `counts` or may still come: of whoever declined or was
    released nothing is expected."""
    return counts(prefix) | writable(prefix)


def owed(prefix: str = "") -> Q:
    """Panelists of whom a scorecard is asked: `writable`, and the application is not
    closed by hand. What was decided is not asked: nobody blind may learn of it."""
    closed = Q(**{f"{prefix}interview__application__state__in": Application.CLOSED})
    return writable(prefix) & ~closed


def is_owed(panelist: Panelist) -> bool:
    """`owed` of one panelist, as the row, its interview and its application were last
    read."""
    return panelist.owes_by is not None and panelist.interview.application.state not in Application.CLOSED


def blind(user: User) -> Q:
    """Applications on whose panel this person may still write a scorecard, without an
    override.

    One such scorecard hides everything, whatever was submitted on another; that the
    application was closed opens nothing. Declining ends the debt and opens nothing by
    itself: what the person may then read is what their role lets anybody off the panel
    read.
    """
    panelists = Panelist.objects.filter(interview__application=OuterRef("pk"), user=user)
    override = Override.objects.filter(application=OuterRef("pk"), user=user)
    return Q(Exists(panelists.filter(writable()))) & ~Q(Exists(override))


def unblinded(applications: QuerySet[Application], user: User) -> QuerySet[Application]:
    """Those of them that this person is not `blind` to."""
    return applications.filter(~blind(user))
