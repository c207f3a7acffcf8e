"""Forms of things that several people change: saving one never undoes what somebody
else changed meanwhile.

A form carries, in a hidden field, a digest of each value that it first showed. When it
comes back, a field that its sender left alone takes the value that is stored by now. A
field that both changed is refused with the stored value beside the typed one; sent
again, it is meant.
"""

import hashlib
from collections.abc import Iterable, MutableMapping, Sequence
from datetime import UTC, datetime
from typing import ClassVar, cast

from django import forms
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils import formats, timezone
from django.utils.text import Truncator

from audit.services import doers_since

SHOWN = "shown"
AT = "at"  # stands before the moment at which the form was shown
LONGEST_TOLD = 300
YOURS = "Save again to put yours in its place."


def as_it_is_now(request: HttpRequest, *rows: Model) -> None:
    """Where a form is sent, read these rows anew, and let nobody change them until it
    is saved.

    They come in the order of docs/architecture.md, “Who waits for whom”. Raises Http404
    where one is there no more.
    """
    if request.method != "POST":
        return
    for row in rows:
        stored = type(row)._default_manager.select_for_update(no_key=True)
        try:
            row.refresh_from_db(from_queryset=stored)
        except type(row).DoesNotExist as error:  # type: ignore[attr-defined]  # each model has its own
            raise Http404("This was removed meanwhile.") from error


class SharedForm(forms.BaseForm):
    """A form that changes what is stored; its `initial` is as it is stored now."""

    kinds: ClassVar[tuple[str, ...]]  # of the events by which the trail knows such a change
    kept: Sequence[str] = ()  # the labels of fields that somebody else changed, and that stay so
    _theirs: Sequence[str] = ()

    def keep_others(self, changed: Model | None) -> None:
        """Call it at the end of `__init__`, when every choice is offered; `changed` is
        the row, for who changed it."""
        self._changed = changed
        self._since: datetime | None = None
        self._stored = {name: self._as_sent(name) for name, field in self.fields.items() if self._is_kept(field)}
        self.fields[SHOWN] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._written())
        if self.is_bound:
            self._compare()

    def said(self, done: str) -> str:
        """What a page says once it is saved, with what of others was kept."""
        if not self.kept:
            return done
        return f"{done} {self._who()} changed this meanwhile, and it stays: {', '.join(self.kept)}."

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        self.cleaned_data.pop(SHOWN, None)
        for name in self._theirs:
            self.add_error(name, f"{self._who()} changed this meanwhile. {self._told(name)} {YOURS}")

    def in_words(self, name: str, values: list[str]) -> str:
        """The stored value of a field as its reader knows it."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            rows = field.queryset.filter(pk__in=values) if field.queryset is not None else []
            return ", ".join(field.label_from_instance(row) for row in rows)
        if isinstance(field, forms.ChoiceField):
            choices = cast("list[tuple[str, str]]", field.choices)
            labels = {str(value): str(label) for value, label in choices}
            return ", ".join(labels.get(value, value) for value in values)
        if isinstance(field, forms.BooleanField):
            return "ticked" if values else "not ticked"
        if isinstance(field, forms.DateTimeField) and values:
            return formats.date_format(timezone.localtime(self.get_initial_for_field(field, name)), "j F Y, H:i")
        return Truncator(" ".join(values)).chars(LONGEST_TOLD)

    def _told(self, name: str) -> str:
        words = self.in_words(name, _values(self._stored[name]))
        return f"It says now: {words}." if words else "It is empty now."

    def _who(self) -> str:
        """The names of those who changed it since the form was shown, as far as the
        trail knows them."""
        if self._since is None:
            return "Somebody"
        return " and ".join(doers_since(self._since, kinds=self.kinds, subject=self._changed)) or "Somebody"

    @staticmethod
    def _is_kept(field: forms.Field) -> bool:
        return not (field.disabled or isinstance(field.widget, forms.MultipleHiddenInput))

    def _as_sent(self, name: str) -> object:
        """The stored value of a field, as its control would send it."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(field.widget, forms.CheckboxInput):
            return bool(value)
        stored = field.widget.format_value(value)
        if isinstance(stored, list) and not getattr(field.widget, "allow_multiple_selected", False):
            return stored[0] if stored else ""
        return stored

    def _written(self) -> str:
        pairs = [f"{AT}:{int(timezone.now().timestamp())}"]
        pairs += [f"{name}:{_digest(value)}" for name, value in self._stored.items()]
        return " ".join(pairs)

    def _compare(self) -> None:
        """Find what others changed; where its sender left that alone, it is as if they
        had sent it as it is stored."""
        sent = self.data.copy()  # type: ignore[attr-defined]  # a dictionary, or what a request has
        seen = _read(str(sent.get(self.add_prefix(SHOWN), "")))
        self._since = _moment(seen.get(AT, ""))
        kept, theirs = [], []
        for name, stored in self._stored.items():
            if seen.get(name) in {None, _digest(stored)}:
                continue
            key = self.add_prefix(name)
            value = self.fields[name].widget.value_from_datadict(sent, self.files, key)
            if _digest(value) == seen[name]:
                _put(sent, key, stored)
                kept.append(str(self[name].label))
            elif _values(value) != _values(stored):
                theirs.append(name)
        sent[self.add_prefix(SHOWN)] = self._written()
        self.data, self.kept, self._theirs = sent, kept, theirs


def _values(value: object) -> list[str]:
    """One value, or several in an order of our own; none where it is empty."""
    if isinstance(value, bool):
        return ["on"] if value else []
    several: Iterable[object] = value if isinstance(value, list | tuple | set | QuerySet) else [value]
    texts = ["" if each is None else str(each).replace("\r\n", "\n").strip() for each in several]
    return sorted(filter(None, texts))


def _digest(value: object) -> str:
    words = "\0".join(_values(value)).encode(errors="replace")
    return hashlib.sha256(words).hexdigest()[:16]


def _read(text: str) -> dict[str, str]:
    pairs = [pair.partition(":") for pair in text[:10_000].split()]
    return {name: value for name, _, value in pairs}


def _moment(text: str) -> datetime | None:
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        return None
    return datetime.fromtimestamp(int(text), UTC)


def _put(sent: MutableMapping[str, object], key: str, stored: object) -> None:
    """Change what was sent; a box without a tick sends nothing."""
    if isinstance(stored, list) and hasattr(sent, "setlist"):
        sent.setlist(key, stored)
    elif stored is False:
        sent.pop(key, None)
    else:
        sent[key] = "" if stored is None else stored
