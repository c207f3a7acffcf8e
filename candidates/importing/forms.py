"""The list to read, and what its columns and doubtful rows mean."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from candidates.importing.bringing import SKIP, Line, Verdict
from candidates.importing.roster import LABELS, Layout, Means, Row, pasted_rows
from rubrics.readers.choice import PASTED, SIZE_LIMIT, read_rows
from rubrics.readers.page import Rows, UnusableBlueprint

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.ods"


class ListForm(forms.Form):
    """A file, or what was pasted."""

    file = forms.FileField(
        required=False,
        label="List of candidates",
        help_text="Excel, OpenDocument or CSV with a column for names and, if known, one for e-mail addresses; up "
        "to 10,000 rows. Nothing is saved until you have looked at it.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    pasted = forms.CharField(
        required=False,
        strip=False,
        label="Or paste it",
        help_text=(
            "One candidate per line, as “Name &lt;address&gt;”, “Name, address” or a name alone, or rows copied from a "
            "spreadsheet."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and file.size is not None and file.size > SIZE_LIMIT:
            raise forms.ValidationError(f"This file has {file.size:,} bytes; the limit is {SIZE_LIMIT:,}.")
        return file

    def clean(self) -> dict[str, Any]:
        """Adds `rows`, those of the list, and the `sha256` of its bytes."""
        data = super().clean() or {}
        file, pasted = data.get("file"), data.get("pasted", "")
        if "file" in self.errors:
            return data
        if file and pasted.strip():
            self.add_error("pasted", "Choose a file or paste the list, not both.")
        elif not file and not pasted.strip():
            self.add_error("file", "Choose a file, or paste the list below.")
        else:
            self._read(data, "file" if file else "pasted")
        return data

    def _read(self, data: dict[str, Any], field: str) -> None:
        try:
            data["rows"], data["sha256"] = _rows_of(data)
        except UnusableBlueprint as error:
            self.add_error(field, f"The list cannot be read: {error}.")
            return
        if not data["rows"].rows:
            self.add_error(field, "The list is empty.")


def _rows_of(data: Mapping[str, Any]) -> tuple[Rows, str]:
    """The rows of the file or of what was pasted, and the sha256 of its bytes."""
    file: UploadedFile | None = data["file"]
    if file is not None:
        written = file.read()
        return read_rows(written, filename=file.name or ""), sha256(written).hexdigest()
    pasted: str = data["pasted"]
    written = pasted.encode(errors="replace")
    lines = pasted_rows(pasted)
    rows = read_rows(written, filename=PASTED) if lines is None else Rows(lines)
    return rows, sha256(written).hexdigest()


class LayoutForm(forms.Form):
    """What each column means, and in which row the first candidate stands."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, rows: Sequence[Row], guessed: Layout) -> None:
        super().__init__(data)
        self._guessed = guessed
        self.fields["first"] = forms.IntegerField(
            label="The first candidate is in row", min_value=1, max_value=rows[-1][0], initial=guessed.first
        )
        for at, means in enumerate(guessed.columns):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=f"Column {at + 1}", choices=list(LABELS.items()), initial=means
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of the columns, in their order."""
        return [self[f"column_{at}"] for at in range(len(self._guessed.columns))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [data.get(f"column_{at}") for at in range(len(self._guessed.columns))]
        for at, means in enumerate(chosen):
            if means and means != Means.NOTHING and means in chosen[:at]:
                label = LABELS[Means(means)].lower()
                self.add_error(f"column_{at}", f"Another column is the {label} already. Ignore one of them.")
        return data

    def layout(self) -> Layout:
        """Of a valid form."""
        columns = [Means(self.cleaned_data[f"column_{at}"]) for at in range(len(self._guessed.columns))]
        return Layout(tuple(columns), self.cleaned_data["first"])


class ChoicesForm(forms.Form):
    """One choice for each row that waits for one, and for each that is most likely nobody."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, lines: Sequence[Line]) -> None:
        super().__init__(data)
        self._lines = [line for line in lines if line.choices]
        for line in self._lines:
            offered = [(choice.value, choice.label) for choice in line.choices]
            is_aside = line.verdict is Verdict.ASIDE
            self.fields[_name(line)] = forms.ChoiceField(
                label=f"Row {line.person.row}",
                choices=offered if is_aside else [("", "Choose"), *offered],
                required=False,
                initial=SKIP if is_aside else "",
                error_messages={"invalid_choice": "This can no longer be chosen. Choose again."},
            )

    @property
    def asked(self) -> list[tuple[Line, forms.BoundField]]:
        """The rows that wait for a choice, with their fields."""
        return self._with(Verdict.ASKED)

    @property
    def aside(self) -> list[tuple[Line, forms.BoundField]]:
        """The rows that are left out unless somebody says that they are people, with their fields."""
        return self._with(Verdict.ASIDE)

    def _with(self, verdict: Verdict) -> list[tuple[Line, forms.BoundField]]:
        return [(line, self[_name(line)]) for line in self._lines if line.verdict is verdict]

    def choices(self) -> dict[int, str]:
        """Of a valid form, what was chosen by row."""
        return {line.person.row: self.cleaned_data[_name(line)] for line in self._lines}


def _name(line: Line) -> str:
    return f"row_{line.person.row}"
