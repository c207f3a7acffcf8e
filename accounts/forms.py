from django import forms

from accounts.models import User

ROLES = {
    "is_recruiter": "Recruiter: runs openings, plans interviews, imports rubrics",
    "is_hiring_manager": "Hiring manager: reads debriefs and decides in their openings",
    "is_administrator": "Administrator: looks after people and word lists, reads the audit trail",
}


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
        from django.contrib.auth.password_validation import validate_password

        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class PersonEditForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", *ROLES, "is_active"]
        labels = ROLES | {"is_active": "May sign in"}
