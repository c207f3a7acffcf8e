from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import SignInRules, User

ROLES = {
    "is_recruiter": "Recruiter: runs openings, plans interviews, imports rubrics",
    "is_hiring_manager": "Hiring manager: reads debriefs and decides in their openings",
    "is_administrator": "Administrator: looks after people and word lists, reads the audit trail",
}


PASSWORD_HELP = "At least ten characters, not one of the passwords that are tried first, and not your name."  # noqa: S105 - words about passwords


class PersonForm(forms.ModelForm):
    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Leave it empty and the person sets one through “Forgot your password?”.",
    )

    class Meta:
        model = User
        fields = ["name", "email", *ROLES]
        labels = ROLES | {"email": "E-mail address"}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody with this e-mail address is here already.")
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class NewPersonForm(PersonForm):
    """As an administrator fills it in: with a password, or with an invitation by e-mail."""

    invite = forms.BooleanField(
        required=False,
        label="Send an invitation by e-mail: the person sets name and password through its link",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("invite") and data.get("password"):
            self.add_error("invite", "Either give a password here or send an invitation.")
        return data


class AcceptForm(forms.Form):
    """What an invited person sets; `user` is whom the password must not resemble."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text=PASSWORD_HELP
    )
    again = forms.CharField(
        strip=False,
        label="Password, again",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = user.name
        self.user = user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            if data.get("again") not in {None, data["password"]}:
                self.add_error("again", "The two passwords differ.")
            try:
                validate_password(data["password"], self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class PersonEditForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", *ROLES, "is_active"]
        labels = ROLES | {"is_active": "May sign in"}


class SignInRulesForm(forms.ModelForm):
    class Meta:
        model = SignInRules
        fields = SignInRules.ROLES
        labels = {
            "interviewers": "Interviewers: everybody, then",
            "recruiters": "Recruiters, also those of one opening",
            "hiring_managers": "Hiring managers, also those of one opening",
            "administrators": "Administrators",
        }
