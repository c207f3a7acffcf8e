"""Forms of the files' page: a file, a link, a note, and who is shown them."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from candidates.forms import fields_only
from files.models import NAME_LIMIT, TEXT_LIMIT, Material
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
    name = forms.CharField(max_length=NAME_LIMIT, required=False, label="What to call it")
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
