"""What was built on rows since they were added, asked of every model that there is."""

from django.db.models import Exists, Model, OuterRef, Q


def named_elsewhere(model: type[Model], *, but: type[Model] | None = None) -> Q:
    """Rows of this model that a row of any model names, other than one of `but`."""
    named = Q(pk__in=[])
    for relation in model._meta.related_objects:
        if relation.related_model is not but:
            others = relation.related_model._base_manager
            named |= Q(Exists(others.filter(**{relation.field.name: OuterRef("pk")})))
    return named
