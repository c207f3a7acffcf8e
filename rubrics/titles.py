"""The title of a rubric: each is there once, and a rubric's address comes from it."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from accounts.folding import composed
from rubrics.blueprints.keys import first_free
from rubrics.models import Rubric, RubricVersion

LIMIT = 300
NEEDED = "A rubric needs a title."
TAKEN = "There is already a rubric with this title. Open it and start a new draft from it, or choose another title."
FOLLOWING = ["slug", "title", *Rubric.FOLLOWING]
STAYS = "Published versions bear this title, so it stays. To use another title, make a copy of this version."


def slug_of(title: str) -> str:
    """At most 100 characters of a title: ASCII, else its own letters, else “rubric”."""
    in_ascii, in_its_letters = slugify(title), slugify(title, allow_unicode=True)
    return in_ascii[:100] or in_its_letters[:100] or "rubric"


def new_rubric(title: str) -> Rubric:
    """A rubric that is not stored yet.

    Raises ValidationError at `title` for an empty one, or one that another rubric has.
    """
    title = _checked(title)
    return Rubric(slug=_free_slug(title), title=title)


def has_fixed_title(version: RubricVersion) -> bool:
    """Whether published versions bear the title, so that a draft cannot change it."""
    return version.rubric.versions.exclude(state=RubricVersion.State.DRAFT).exists()


def retitle(version: RubricVersion, title: str) -> None:
    """Give the draft's rubric another title and address; the caller saves it (`FOLLOWING`).

    Raises ValidationError at `title`: for an empty one, one that another rubric has, or where published versions
    bear the one of now.
    """
    rubric = version.rubric
    if has_fixed_title(version):
        raise ValidationError({"title": STAYS})
    title = _checked(title, rubric)
    if slug_of(title) != slug_of(rubric.title):
        rubric.slug = _free_slug(title)
    rubric.title = title


def _checked(title: str, own: Rubric | None = None) -> str:
    title = composed(" ".join(title.split()))[:LIMIT]
    if not title:
        raise ValidationError({"title": NEEDED})
    others = Rubric.objects.exclude(pk=own.pk) if own else Rubric.objects.all()
    if others.filter(title__iexact=title).exists():
        raise ValidationError({"title": TAKEN})
    return title


def _free_slug(title: str) -> str:
    stem = slug_of(title)
    taken = set(Rubric.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return first_free(stem, taken)
