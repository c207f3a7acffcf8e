"""What goes into a packet, and into a batch of them."""

from typing import Any

from django import forms
from django.conf import settings

from candidates.forms import fields_only
from candidates.names import Ticks
from debriefs.profiles import LABELS
from packets.models import Packet
from packets.policies import BatchChoice

LONGEST_WORD = 200  # letters


class PacketForm(forms.Form):
    """What to leave out, and the form, which starts as the company's settings have it."""

    profile = forms.ChoiceField(choices=list(LABELS.items()))
    evidence_by = forms.ChoiceField(
        choices=Packet.EvidenceBy.choices,
        required=False,
        label="Evidence",
        help_text="It is printed once. A summary and totals have none.",
    )
    paper = forms.ChoiceField(choices=Packet.Paper.choices, required=False)
    archival = forms.BooleanField(
        required=False, label="For archiving: PDF/A-3 with the debrief attached as JSON and CSV"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].initial = settings.PACKET_PAPER
        self.fields["archival"].initial = settings.PACKET_ARCHIVAL
        self.helper = fields_only()


class WordsField(forms.MultipleChoiceField):
    """Words of a text that were ticked; the packet takes those that its preview offers."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"invalid_choice": "A word could not be read. Open the preview again and choose again."}

    def valid_value(self, value: str) -> bool:
        return len(value) <= LONGEST_WORD and "\0" not in value


class PreviewedForm(PacketForm):
    """The same with the words that were ticked in the preview, if it comes from there."""

    removed = WordsField(required=False)
    kept = WordsField(required=False)
    previewed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def chosen(self) -> dict[str, Any]:
        """Arguments of `request_packet`."""
        sent = self.cleaned_data
        ticks = Ticks(tuple(sent["removed"]), tuple(sent["kept"]))
        return {
            "profile": sent["profile"],
            "evidence_by": sent["evidence_by"],
            "paper": sent["paper"],
            "archival": sent["archival"],
            "ticks": ticks if sent["previewed"] else None,
        }


class BatchForm(PacketForm):
    """The rows for a batch. Those ticked that can't be in it are named as left out."""

    applications = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, choices: list[BatchChoice], tick: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        assert isinstance(field, forms.ChoiceField)
        pks = [choice.application.pk for choice in choices]
        field.choices = [(pk, "") for pk in pks]
        self.ticked: set[int] = set(pks) if tick else set()
        if self.is_bound:
            sent = field.widget.value_from_datadict(self.data, self.files, "applications")
            self.ticked = {pk for pk in pks if str(pk) in sent}

    def chosen(self) -> dict[str, Any]:
        """Arguments of `request_batch`."""
        return {"profile": self.cleaned_data["profile"], "applications": self.cleaned_data["applications"]}
