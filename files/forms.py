"""Forms of the files' page: a file, a link, a note; and what goes along to another opening."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.utils import formats, timezone
from django.utils.text import Truncator

from accounts.forms import TitleField
from accounts.models import User
from candidates.forms import fields_only
from candidates.models import Application
from files.models import NAME_LIMIT, TEXT_LIMIT, CandidateNote, Material
from files.moving import Takes
from files.services import FILE_LIMIT

ACCEPTED = ".pdf,.docx,.png,.jpg,.jpeg,.gif,.webp"
MEGABYTES = FILE_LIMIT // (1024 * 1024)


class FileForm(forms.Form):
    file = forms.FileField(
        help_text=f"PDF, Word (.docx) or a picture, up to {MEGABYTES} MB. It is kept as it is, with what it says about "
        "itself: a photo may hold where it was taken, a document who wrote it.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    purpose = forms.ChoiceField(choices=Material.Purpose.choices, label="What it is")
    prefix = "file"

    helper = fields_only()

    def clean_file(self) -> UploadedFile:
        """ValidationError for a file that is too large to be looked at."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is not None and file.size > FILE_LIMIT:
            raise forms.ValidationError(f"This file has {file.size:,} bytes; the limit is {FILE_LIMIT:,}.")
        return file


class LinkForm(forms.Form):
    url = forms.CharField(
        max_length=500, label="Address", help_text="It begins with https://.", widget=forms.URLInput()
    )
    name = TitleField(max_length=NAME_LIMIT, required=False, label="What to call it")
    purpose = forms.ChoiceField(
        choices=Material.Purpose.choices, label="What it is", initial=Material.Purpose.WORK_SAMPLE
    )
    prefix = "link"

    helper = fields_only()


class NoteForm(forms.Form):
    text = forms.CharField(
        max_length=TEXT_LIMIT,
        label="Note",
        help_text="Facts such as a notice period. What you think of the candidate belongs in a scorecard.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    prefix = "note"

    helper = fields_only()


class MaterialsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Material)
        kind = "link" if obj.url else obj.get_kind_display()
        return f"{obj.name} ({obj.get_purpose_display()}, {kind})"


class NotesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, CandidateNote)
        day = formats.date_format(timezone.localtime(obj.at), "j F Y")
        return f"“{Truncator(obj.text).chars(200)}” ({obj.by.display_name}, {day})"


class AlongForm(forms.Form):
    """What of an application goes along to another opening: files and links at first, notes
    where they are meant.

    Without files and links, or without notes that this person may read, that field is
    gone.
    """

    materials = MaterialsField(
        Material.objects.none(),
        required=False,
        label="Files and links to take along",
        widget=forms.CheckboxSelectMultiple,
    )
    notes = NotesField(
        CandidateNote.objects.none(),
        required=False,
        label="Notes to take along",
        widget=forms.CheckboxSelectMultiple,
    )
    prefix = "along"

    helper = fields_only()

    def __init__(self, data: Mapping[str, Any] | None = None, *, application: Application, by: User) -> None:
        super().__init__(data)
        notes = CandidateNote.objects.visible_to(by).filter(application=application)
        materials = application.materials.all()
        self.initial["materials"] = [row.pk for row in materials]
        self._offer("materials", materials)
        self._offer("notes", notes.select_related("by"))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = rows
        if not rows.exists():
            del self.fields[name]


class AlongOfManyForm(forms.Form):
    """What goes along with several applications."""

    takes = forms.ChoiceField(
        choices=Takes.choices,
        initial=Takes.FILES,
        required=False,
        label="To take along",
        widget=forms.RadioSelect,
        help_text="Notes that you may not read yet do not go along.",
    )
    prefix = "along"

    helper = fields_only()

    def clean_takes(self) -> str:
        """Nothing, unless something is asked for."""
        return self.cleaned_data["takes"] or Takes.NOTHING.value
