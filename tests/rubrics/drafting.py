"""Drafts changed as their editor does it."""

from accounts.models import User
from rubrics.drafts import Saved, save_draft
from rubrics.models import Dimension, RubricVersion
from rubrics.rows import add_row


def write(version: RubricVersion, texts: dict[str, str], *, by: User) -> Saved:
    """Save these fields, by someone who has seen all that is stored."""
    seen = RubricVersion.objects.get(pk=version.pk).edit
    return save_draft(version, texts, edit=seen, by=by)


def reword(dimension: Dimension, *, by: User, **parts: str) -> Dimension:
    """Save parts of a dimension: `name`, `level_3` and so on."""
    write(dimension.version, {f"dimension_{dimension.pk}_{part}": text for part, text in parts.items()}, by=by)
    return Dimension.objects.select_related("version").get(pk=dimension.pk)


def add_dimension(version: RubricVersion, *, by: User, **parts: str) -> Dimension:
    """One more dimension at the end, with these parts."""
    return reword(add_row(version, "dimension", by=by), by=by, **parts)
