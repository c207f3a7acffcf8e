"""The summary at the top of a page: what every refused form on it was refused for."""

import re

import pytest
from django import forms
from django.template import engines
from django.utils.functional import SimpleLazyObject


class Wanted(forms.Form):
    name = forms.CharField(label="Full name")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput)


class Short(forms.Form):
    text = forms.CharField(max_length=3)


def shown(**context):
    html = engines["django"].from_string("{% load refused_forms %}{% refused_forms %}").render(context)
    return re.sub(r"(?<=>) | (?=</)", "", " ".join(html.split()))


def test_each_line_leads_to_the_first_control_of_its_field():
    html = shown(form=Wanted({}))

    assert '<a href="#id_name">Full name: This field is required.</a>' in html
    assert '<a href="#id_kind_0">Kind: This field is required.</a>' in html
    assert "<li>Token: This field is required.</li>" in html
    assert 'role="alert" tabindex="-1"' in html
    assert "<h2>Please check these</h2>" in html


def test_all_forms_of_the_page_are_in_one_summary_each_once():
    refused = Short({"text": "too long"}, auto_id="short_%s")

    html = shown(form=Short({}), note_form=refused, refused=refused)

    assert html.count("eh-error-summary") == 1
    assert html.count("<li>") == 2
    assert "#short_text" in html


def test_what_concerns_the_whole_form_is_told_without_a_link():
    form = Short({"text": "abc"})
    form.add_error(None, "Somebody else was faster.")

    html = shown(form=form)

    assert "<h2>Please check this</h2>" in html
    assert "<li>Somebody else was faster.</li>" in html


def test_a_form_may_say_what_was_not_done():
    form = Short({})
    form.refused_heading, form.refused_lead = "Not sent yet", "Your words are saved."

    html = shown(form=form)

    assert "<h2>Not sent yet</h2><p>Your words are saved.</p>" in html


@pytest.mark.parametrize("context", [{}, {"form": Short()}, {"form": Short({"text": "abc"})}, {"form": "no form"}])
def test_without_a_refused_form_there_is_no_summary(context):
    assert shown(**context) == ""


def test_lazy_values_of_the_context_are_left_alone():
    def read():
        raise AssertionError("read")

    assert shown(csrf_token=SimpleLazyObject(read)) == ""
