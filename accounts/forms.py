from django import forms

from accounts.models import User


class PersonForm(forms.ModelForm):
    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Leave it empty and the person sets one through “Forgot your password?”.",
    )

    class Meta:
        model = User
        fields = ["name", "email", "is_recruiter", "is_hiring_manager", "is_administrator"]

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
        fields = ["name", "is_recruiter", "is_hiring_manager", "is_administrator", "is_active"]
        labels = {"is_active": "May sign in"}
