from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import ProhibitNullCharactersValidator

from accounts.folding import name_key
from accounts.meanwhile import SharedForm
from accounts.models import SignInRules, User, has_address
from accounts.setup import is_setup_code
from accounts.signs import clean_name
from accounts.texts import LONGEST_ADDRESS, check_person, check_title
from accounts.whose import asked_of

ROLES = {
    "is_recruiter": "Recruiter: runs openings, plans interviews, imports rubrics",
    "is_hiring_manager": "Hiring manager: reads debriefs and makes the decision on their openings",
    "is_administrator": "Administrator: manages people and word lists, reads the audit trail",
}


PASSWORD_HELP = "At least ten characters. Not a common password, and not your name."  # noqa: S105 - words about passwords

THE_CANDIDATE = "This is the candidate, who never sees their own application"


class ShownPassword(forms.PasswordInput):
    """A new password, typed once: a button of `page.js` beside it shows what was typed."""

    def __init__(self) -> None:
        as_typed = {"autocapitalize": "none", "spellcheck": "false"}  # while it is a text
        super().__init__(attrs={"autocomplete": "new-password", **as_typed, "data-show-password": ""})


class TitleField(forms.CharField):
    """What something is called: clean, on one line, and not without a letter or figure that can be seen."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)  # here, since cleaning takes them away
        return clean_name(text)

    def validate(self, value: str) -> None:
        super().validate(value)
        check_title(value)


class NameField(TitleField):
    """What a person is called: with a letter that can be seen."""

    def validate(self, value: str) -> None:
        super().validate(value)
        check_person(value)


class MeantField(forms.BooleanField):
    """A tick that stays hidden until there is something to ask; the error beside it says what."""

    widget: forms.Widget | type[forms.Widget] = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def ask(self) -> None:
        """Show it, to be ticked."""
        self.widget = forms.CheckboxInput()


def ask_whose(form: forms.BaseForm, emails: Iterable[str], *, by: User, ticked: bool) -> None:
    """An error at `whose`, a MeantField, where one of these addresses is somebody's besides and that is not ticked."""
    sentences = [asked_of(email, by=by) for email in emails]
    said = " ".join(filter(None, sentences))
    if not said or ticked:
        return
    field = form.fields["whose"]
    assert isinstance(field, MeantField)
    field.ask()
    form.add_error("whose", said)


def called_otherwise(email: str, name: str) -> User | None:
    """Whoever has the address but not the name, and no account; None where no name is typed or known."""
    user = User.objects.filter(has_address(email)).exclude(is_active=True, is_guest=False).first()
    if user is None or not name or not user.name:
        return None
    return None if name_key(user.name) == name_key(name) else user


class PersonForm(forms.ModelForm):
    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Leave this empty to let the person set one through “Forgot your password?”.",
    )

    class Meta:
        model = User
        fields = ["name", "email", *ROLES]
        field_classes: ClassVar = {"name": NameField}
        labels = ROLES | {"email": "E-mail address"}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(has_address(email), is_guest=False).exists():
            raise forms.ValidationError("Someone with this e-mail address already has an account.")
        return email

    def _get_validation_exclusions(self) -> set[str]:
        """`clean_email` asks who has the address: an external interviewer may become a
        colleague."""
        return {*super()._get_validation_exclusions(), "email"}  # type: ignore[misc]  # the stubs leave it out

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class NewPersonForm(PersonForm):
    """As an administrator fills it in: with a password, or with an invitation by
    e-mail."""

    invite = forms.BooleanField(
        required=False,
        label="E-mail an invitation: its link lets the person set a name and password",
    )

    meant = MeantField(label="This is the same person, and is called so")
    whose = MeantField(label=THE_CANDIDATE)

    def __init__(self, data: Mapping[str, object] | None = None, *, by: User) -> None:
        super().__init__(data)
        self._by = by

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("invite") and data.get("password"):
            self.add_error("invite", "Set a password or send an invitation, not both.")
        if not data.pop("meant", False) and "email" in data:
            self._ask_who(data)
        ticked = data.pop("whose", False)
        if "email" in data:
            ask_whose(self, [data["email"]], by=self._by, ticked=ticked)
        return data

    def _ask_who(self, data: dict[str, Any]) -> None:
        """An error where an external interviewer of this address is called otherwise."""
        known = called_otherwise(data["email"], data.get("name", ""))
        if known is None:
            return
        field = self.fields["meant"]
        assert isinstance(field, MeantField)
        field.ask()
        sentence = f"{data['email']} is the address of {known.name}, an external interviewer. Their scorecards stay "
        sentence += "with this account. Tick this if it is the same person, or give another address."
        self.add_error("meant", sentence)


class AcceptForm(forms.Form):
    """What an invited person sets; `user` is whom the password must not resemble."""

    name = NameField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(strip=False, widget=ShownPassword(), help_text=PASSWORD_HELP)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = user.name
        self.user = user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            try:
                validate_password(data["password"], self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class FirstAccountForm(AcceptForm):
    """Who sets the installation up; a wrong code has the error code `refused`."""

    code = forms.CharField(
        max_length=100,
        label="Set-up code",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text="Find it in the server’s log, or run manage.py setup_code to print it again.",
    )
    email = forms.EmailField(
        label="E-mail address", max_length=LONGEST_ADDRESS, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )

    hires = forms.BooleanField(
        required=False,
        label="I hire too: make me a recruiter and hiring manager as well",
        help_text="Leave it empty if you only run the server. It can be changed at any time.",
    )

    field_order = ("code", "name", "email", "password", "hires")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=User(), **kwargs)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not is_setup_code(code):
            raise forms.ValidationError("This code is not correct. Check the server’s log.", code="refused")
        return code

    def clean(self) -> dict[str, Any]:
        self.user.name = self.cleaned_data.get("name", "")
        self.user.email = self.cleaned_data.get("email", "")
        return super().clean()


class PersonEditForm(SharedForm, forms.ModelForm):
    kinds = ("user.edited",)

    class Meta:
        model = User
        fields = ["name", *ROLES, "is_active"]
        field_classes: ClassVar = {"name": NameField}
        labels = ROLES | {"is_active": "Can sign in"}

    def __init__(self, data: Mapping[str, object] | None = None, *, instance: User) -> None:
        super().__init__(data, instance=instance)
        self.keep_others(instance)


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="New e-mail address", max_length=LONGEST_ADDRESS, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    whose = MeantField(label=THE_CANDIDATE)

    def __init__(self, data: Mapping[str, object] | None = None, *, by: User) -> None:
        super().__init__(data)
        self._by = by

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "email" in data:
            ask_whose(self, [data["email"]], by=self._by, ticked=data.get("whose", False))
        return data


class SignInRulesForm(SharedForm, forms.ModelForm):
    kinds = ("user.rules_changed",)

    class Meta:
        model = SignInRules
        fields = SignInRules.ROLES
        labels = {
            "interviewers": "Interviewers (that means everyone)",
            "recruiters": "Recruiters, including those on a single opening",
            "hiring_managers": "Hiring managers, including those on a single opening",
            "administrators": "Administrators",
        }

    def __init__(self, data: Mapping[str, object] | None = None, *, instance: SignInRules) -> None:
        super().__init__(data, instance=instance)
        self.keep_others(None)  # the one row of its kind


class SavedViewForm(forms.Form):
    """The name of a view; the rest says which list, what of it, and where to go back
    to."""

    name = TitleField(max_length=60, error_messages={"required": "Give the view a name."})
    list = forms.CharField(max_length=100, widget=forms.HiddenInput)
    path = forms.CharField(max_length=500, widget=forms.HiddenInput)
    query = forms.CharField(max_length=4000, widget=forms.HiddenInput)
