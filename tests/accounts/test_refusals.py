"""What a service refused, where its page tells it."""

from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from accounts.refusals import add_errors, problems, refused, tell_refusal


class NameForm(forms.Form):
    name = forms.CharField()


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(choices=[("lead", "Lead")], widget=forms.CheckboxSelectMultiple)
    days = forms.MultipleChoiceField(choices=[], widget=forms.CheckboxSelectMultiple)


class OwnForm(NameForm):
    """Draws its own controls."""

    def problems(self):
        return [("somewhere", "Say it here.")]


def test_a_refusal_stands_at_the_field_that_it_names():
    form = NameForm({"name": "Elias"})

    add_errors(form, ValidationError({"name": ["Too short.", "Taken."]}))

    assert form.errors == {"name": ["Too short.", "Taken."]}


def test_a_refusal_of_what_the_form_lacks_stands_above_it():
    form = NameForm({"name": "Elias"})

    add_errors(form, ValidationError({"due_at": ["Too late."]}))
    add_errors(form, ValidationError("Somebody else was faster."))

    assert form.non_field_errors() == ["Too late.", "Somebody else was faster."]


def test_a_refusal_without_a_form_is_told_on_the_next_page():
    request = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)

    tell_refusal(request, ValidationError(["Not open.", "Open it first."]))

    assert [str(told) for told in get_messages(request)] == ["Not open. Open it first."]


def test_only_forms_that_were_sent_and_refused_are_found_each_once():
    bad, good = NameForm({}), NameForm({"name": "Elias"})

    assert refused([bad, NameForm(), good, "no form", bad]) == [bad]


def test_a_problem_names_its_field_and_leads_to_the_first_control():
    assert problems(RolesForm({})) == [
        ("id_roles_0", "Roles: This field is required."),
        ("div_id_days", "Days: This field is required."),
    ]


def test_a_form_that_draws_its_own_controls_says_its_own_problems():
    assert problems(OwnForm({})) == [("somewhere", "Say it here.")]


def test_a_question_is_followed_by_no_other_sign():
    class WhoForm(forms.Form):
        who = forms.CharField(label="Who is this?")

    assert problems(WhoForm({})) == [("id_who", "Who is this? This field is required.")]
