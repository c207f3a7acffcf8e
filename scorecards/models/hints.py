"""Behind the private hints: lists of protected words, and hints that were dismissed."""

from django.db import models

from audit.erasing import Erasable
from rubrics.models import Dimension
from scorecards.models.cards import Scorecard, only_while_scorecard_is_draft
from scorecards.models.erasing import BY_CARD


class WordList(models.Model):
    """What an administrator decided on the list of one language.

    `words` is their list, in the lines of `scorecards.phrases`; empty, the list that
    ships counts. Where it is not `enabled`, none counts.
    """

    language = models.CharField(max_length=10, unique=True)
    words = models.TextField(blank=True)
    enabled = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.language


DISMISSED_HINT_TEXTS = Erasable(BY_CARD, ("words", "before", "after"))


class DismissedHint(models.Model):
    """A hint on words of a draft that its author wants to see no more.

    The words stand in the evidence of `dimension`, without one in the summary.
    `before` and `after` are the words next to them; all folded. Rows go when the
    scorecard is finished.
    """

    erasable = DISMISSED_HINT_TEXTS

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="dismissed_hints")
    dimension = models.ForeignKey(Dimension, models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        triggers = only_while_scorecard_is_draft(DISMISSED_HINT_TEXTS)

    def __str__(self) -> str:
        return f"dismissed hint {self.pk}"
