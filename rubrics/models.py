"""Rubrics and their versions. The database itself refuses to change a version once it is published."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import ComposedCharField, Findable, FindableQuerySet, User, key_follows, terms_index
from audit.history import tracked


def only_while_draft(version_of_row: str) -> list[pgtrigger.Trigger]:
    """A trigger that refuses any change of a row whose version (SQL in terms of `r`) is no longer a draft."""
    return [
        pgtrigger.Trigger(
            name="only_while_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("r", "RECORD"), ("version_state", "TEXT")],
            func=f"""
                IF TG_OP IN ('UPDATE', 'DELETE') THEN
                    r := OLD;
                    SELECT v.state INTO version_state FROM rubrics_rubricversion v WHERE v.id = ({version_of_row});
                    IF version_state <> 'draft' THEN
                        RAISE EXCEPTION 'this rubric version is % and can no longer change', version_state;
                    END IF;
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                r := NEW;
                SELECT v.state INTO version_state FROM rubrics_rubricversion v WHERE v.id = ({version_of_row});
                IF version_state <> 'draft' THEN
                    RAISE EXCEPTION 'this rubric version is % and can no longer change', version_state;
                END IF;
                RETURN NEW;
            """,  # noqa: S608 - the one inserted part is a literal of this module, never input
        )
    ]


class Blueprint(models.Model):
    """An imported document, kept with the sha256 of its bytes and readable section by section.

    `source` is what a rubric's own JSON named as its source (title, url, sha256), else null.
    """

    title = models.CharField(max_length=500)
    url = models.CharField(max_length=2000, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    filename = models.CharField(max_length=255, blank=True)
    source = models.JSONField(null=True, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.title


class BlueprintSection(models.Model):
    """One top section.

    `html` was cleaned to a small list of structural tags without attributes.
    """

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="sections")
    order = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=500)
    html = models.TextField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["blueprint", "order"], name="section_order")]

    def __str__(self) -> str:
        return self.title


class Rubric(Findable):
    """What one role is judged by, in numbered versions.

    Two rubrics may differ in their title's signs alone.
    """

    CALLED = ("title",)

    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    title = ComposedCharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FindableQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [terms_index("rubric")]
        constraints = [key_follows("rubric", "title")]

    def __str__(self) -> str:
        return self.title


class RubricVersionQuerySet(models.QuerySet["RubricVersion"]):
    def visible_to(self, user: User) -> Self:
        """Drafts for those who manage rubrics.

        Published and retired versions for everybody who is active.
        """
        if not user.is_active:
            return self.none()
        return self if user.manages_rubrics else self.exclude(state="draft")

    def published(self) -> Self:
        """The versions that openings may be pinned to; one per rubric at most."""
        return self.filter(state="published")


# Of a version what no list shows: texts and JSON that are longer than all the rest of its row.
NOT_LISTED = ("summary", "evidence_levels", "warnings", "field_edits", "removed")


@tracked("VersionChange", ["rubric", "number", "state", "summary", "evidence_levels"])
class RubricVersion(models.Model):
    """A draft, or what was published once and never changes.

    `number` counts from 1 within the rubric; `language` is the BCP 47 code of the one that it is written in.
    `scale_min` and `scale_max` are what the document states, or empty; scores are 1 to 5 all the same, and
    `evidence_levels` lists those that need evidence. `warnings` are rows of code and message.

    Of a draft: `edit` counts its saves, `field_edits` says which of them last changed a field, and `removed` holds
    what was taken out of it, the newest last (see `rubrics.rows`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, null=True, related_name="versions")
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    scale_min = models.IntegerField(null=True)
    scale_max = models.IntegerField(null=True)
    levels_assumed = models.BooleanField(default=True)
    evidence_levels = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edit = models.PositiveIntegerField(default=0)
    field_edits = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed = models.JSONField(default=list, blank=True)

    objects = RubricVersionQuerySet.as_manager()

    class Meta:
        ordering = ["rubric", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "number"], name="version_number"),
            models.UniqueConstraint(fields=["rubric"], condition=Q(state="draft"), name="one_draft_per_rubric"),
            models.UniqueConstraint(fields=["rubric"], condition=Q(state="published"), name="one_published_per_rubric"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="published_has_a_time"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_once_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["published", "retired"]),
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
                       AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'this rubric version is % and can no longer change', OLD.state;
                """,
            ),
            pgtrigger.Trigger(
                name="complete_when_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="published"),
                func="""
                    IF EXISTS (SELECT 1 FROM rubrics_dimension d
                                WHERE d.version_id = NEW.id AND d.weight IS NOT NULL AND d.weight_reason = '') THEN
                        RAISE EXCEPTION 'a weight of this rubric version has no reason';
                    END IF;
                    IF EXISTS (SELECT 1 FROM rubrics_dimension d WHERE d.version_id = NEW.id AND d.name = '') THEN
                        RAISE EXCEPTION 'a dimension of this rubric version has no name';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rubric.title}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


def _in_draft(row: str) -> str:
    """Of a dimension's history: it may still change with each pause of its writer."""
    versions = f"rubrics_rubricversion v WHERE v.id = {row}.version_id AND v.state = 'draft'"
    return f"EXISTS (SELECT 1 FROM {versions})"  # noqa: S608 - `row` is a literal of ours, never input


def _in_drafts_dimension(row: str) -> str:
    """The same of the wording of a dimension's levels."""
    joined = "rubrics_dimension d JOIN rubrics_rubricversion v ON v.id = d.version_id"
    found = f"{joined} WHERE d.id = {row}.dimension_id AND v.state = 'draft'"
    return f"EXISTS (SELECT 1 FROM {found})"  # noqa: S608 - `row` is a literal of ours, never input


@tracked(
    "DimensionChange",
    ["version", "order", "key", "name", "weight", "weight_reason", "must_have", "origin"],
    private=_in_draft,
)
class Dimension(models.Model):
    """One thing judged, 1-5.

    A weight is a share in percent; one that is set needs a written reason by the time that its version is published.
    `origin` says where in the library it came from (`rubrics.library.sources.OriginJson`), as it does of other rows.
    """

    version = models.ForeignKey(RubricVersion, models.CASCADE, related_name="dimensions")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=300)
    weight = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    weight_reason = models.CharField(max_length=500, blank=True)
    must_have = models.BooleanField(default=False)
    origin = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="dimension_key"),
            models.CheckConstraint(condition=Q(weight__isnull=True) | Q(weight__gte=0), name="weight_is_not_negative"),
        ]
        triggers = only_while_draft("r.version_id")

    def __str__(self) -> str:
        return self.name


@tracked("AnchorChange", ["dimension", "level", "text"], private=_in_drafts_dimension)
class Anchor(models.Model):
    """The wording of one level of one dimension."""

    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "level"], name="anchor_level"),
            models.CheckConstraint(condition=Q(level__gte=1) & Q(level__lte=5), name="anchor_level_1_to_5"),
        ]
        triggers = only_while_draft("SELECT d.version_id FROM rubrics_dimension d WHERE d.id = r.dimension_id")

    def __str__(self) -> str:
        return f"{self.level}: {self.text}"


class Question(models.Model):
    """Something to ask about a dimension, with what a strong and a weak answer has, in words or empty."""

    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="questions")
    order = models.PositiveIntegerField()
    text = models.TextField()
    strong = models.TextField(blank=True)
    weak = models.TextField(blank=True)
    origin = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["order"]
        triggers = only_while_draft("SELECT d.version_id FROM rubrics_dimension d WHERE d.id = r.dimension_id")

    def __str__(self) -> str:
        return self.text


class Exercise(models.Model):
    """A practical task.

    `look_for` is a list of texts, `duration` as the document writes it, and `dimension_keys` says which dimensions
    the task shows.
    """

    version = models.ForeignKey(RubricVersion, models.CASCADE, related_name="exercises")
    order = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=500)
    duration = models.CharField(max_length=100, blank=True)
    prompt = models.TextField(blank=True)
    look_for = models.JSONField(default=list)
    dimension_keys = models.JSONField(default=list, blank=True)
    origin = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["order"]
        triggers = only_while_draft("r.version_id")

    def __str__(self) -> str:
        return f"{self.label}: {self.title}" if self.label else self.title


class FocusArea(models.Model):
    """Something to assess; `topics` is a list of texts, the parts of `detail`."""

    version = models.ForeignKey(RubricVersion, models.CASCADE, related_name="focus_areas")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    detail = models.TextField(blank=True)
    topics = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]
        triggers = only_while_draft("r.version_id")

    def __str__(self) -> str:
        return self.name


class Signal(models.Model):
    """Something that speaks for or against a candidate.

    `order` counts from 0 within its kind.
    """

    class Kind(models.TextChoices):
        STRONG = "strong", "Strong signal"
        WEAK = "weak", "Weak signal"
        RED_FLAG = "red_flag", "Red flag"

    version = models.ForeignKey(RubricVersion, models.CASCADE, related_name="signals")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    origin = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["kind", "order"]
        triggers = only_while_draft("r.version_id")

    def __str__(self) -> str:
        return self.text


class Skill(models.Model):
    """A technical skill.

    `group` is must-have, good-to-have, advanced or emerging, `importance` as written.
    """

    version = models.ForeignKey(RubricVersion, models.CASCADE, related_name="skills")
    order = models.PositiveIntegerField()
    group = models.CharField(max_length=20)
    name = models.TextField()
    description = models.TextField(blank=True)
    use = models.TextField(blank=True)
    importance = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        triggers = only_while_draft("r.version_id")

    def __str__(self) -> str:
        return self.name


class SoftSkill(models.Model):
    """A soft skill: why it matters, how it shows up, what strong performance looks like."""

    version = models.ForeignKey(RubricVersion, models.CASCADE, related_name="soft_skills")
    order = models.PositiveIntegerField()
    name = models.TextField()
    why = models.TextField(blank=True)
    how = models.TextField(blank=True)
    strong = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        triggers = only_while_draft("r.version_id")

    def __str__(self) -> str:
        return self.name


class LibraryEntryQuerySet(FindableQuerySet["LibraryEntry"]):
    def visible_to(self, user: User) -> Self:
        """The parts of those published versions that this person may see."""
        versions = RubricVersion.objects.visible_to(user).published()
        return self.filter(version__in=versions)


class LibraryEntry(Findable):
    """A part of a published version, as the library finds it.

    `wording` is what the part says besides its name. What is published never changes, and so no entry does.
    """

    CALLED = ("name", "wording")

    class Kind(models.TextChoices):
        DIMENSION = "dimension", "Dimension"
        EXERCISE = "exercise", "Exercise"
        SIGNAL = "signal", "Signal"
        QUESTION = "question", "Question"

    version = models.ForeignKey(RubricVersion, models.CASCADE, related_name="library_entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    dimension = models.ForeignKey(Dimension, models.CASCADE, null=True, related_name="+")
    exercise = models.ForeignKey(Exercise, models.CASCADE, null=True, related_name="+")
    signal = models.ForeignKey(Signal, models.CASCADE, null=True, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="+")
    name = ComposedCharField(max_length=500)
    wording = models.TextField(blank=True)

    objects = LibraryEntryQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [terms_index("library_entry")]
        constraints = [
            key_follows("library_entry", "name"),
            models.CheckConstraint(
                condition=(
                    Q(kind="dimension", dimension__isnull=False)
                    | Q(kind="exercise", exercise__isnull=False)
                    | Q(kind="signal", signal__isnull=False)
                    | Q(kind="question", question__isnull=False)
                ),
                name="entry_has_its_row",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RememberedReadingQuerySet(models.QuerySet["RememberedReading"]):
    def visible_to(self, user: User) -> Self:
        """Those of everybody, for whoever manages rubrics."""
        return self if user.is_active and user.manages_rubrics else self.none()


class RememberedReading(models.Model):
    """What somebody told of a document's shape, to be used for the next document of that shape.

    `fingerprint` is a keyed hash of the shape: a document's headings may hold names, and none is kept here.
    `directions` are places in the shape and what they were told to be (see `rubrics.blueprints.shape`). `rubric` is
    the one that was imported so, null once that is gone.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    directions = models.JSONField()
    rubric = models.ForeignKey(Rubric, models.SET_NULL, null=True, related_name="+")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    objects = RememberedReadingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"As told for {self.rubric}" if self.rubric else "As told"
