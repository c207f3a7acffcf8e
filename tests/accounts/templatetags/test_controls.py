"""Controls of forms as Django and crispy-forms lay them out, in fewer steps."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.safestring import mark_safe
from selectolax.lexbor import LexborHTMLParser

from accounts.templatetags.controls import as_attributes, as_options, as_value, kind_of_control


class Everything(forms.Form):
    """One field of each layout."""

    text = forms.CharField(help_text="In <em>short</em>.", label="Words & more")
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    one = forms.ChoiceField(choices=[("", "None"), ("Inner", [("a", "A <b>"), ("b", "B")])], required=False)
    tick = forms.BooleanField(help_text="If so.")
    radio = forms.ChoiceField(choices=[("x", "X"), ("y", "Y")], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=[("x", "X")], widget=forms.CheckboxSelectMultiple, required=False)
    file = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput(), required=False)


def page(form: forms.Form) -> LexborHTMLParser:
    return LexborHTMLParser(render_crispy_form(form))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("text", "typed"),
        ("long", "typed"),
        ("one", "select"),
        ("tick", "ticked"),
        ("radio", "choices"),
        ("several", "choices"),
        ("file", "file"),
    ],
)
def test_each_field_has_one_layout(name, kind):
    assert kind_of_control(Everything()[name]) == kind


def test_a_field_that_is_typed_has_its_label_and_help():
    part = page(Everything(initial={"text": 'a "quote"'})).css_first("#div_id_text")

    control = part.css_first("input[type=text]")
    assert control.attributes["value"] == 'a "quote"'
    assert control.attributes["class"] == "textinput form-control"
    assert control.attributes["aria-describedby"] == "id_text_helptext"
    assert "required" in control.attributes
    assert part.css_first("label[for=id_text]").text(strip=True) == "Words & more*"
    assert part.css_first("#id_text_helptext").html.endswith("In <em>short</em>.</div>")


def test_choices_are_offered_in_their_groups_with_the_chosen_one():
    part = page(Everything(initial={"one": "a"})).css_first("select[name=one]")

    assert part.attributes["class"] == "select form-select"
    assert [option.attributes["value"] for option in part.css("option")] == ["", "a", "b"]
    assert [option.text() for option in part.css("optgroup[label=Inner] option")] == ["A <b>", "B"]
    assert [option.attributes["value"] for option in part.css("option[selected]")] == ["a"]


def test_a_box_stands_before_its_label():
    part = page(Everything(initial={"tick": True})).css_first("#div_id_tick.form-check")

    assert "checked" in part.css_first("input.form-check-input").attributes
    assert part.css_first("label.form-check-label[for=id_tick]").text(strip=True) == "Tick*"
    assert part.css_first("#id_tick_helptext").text() == "If so."


@pytest.mark.parametrize("name", ["radio", "several"])
def test_several_controls_of_one_field_are_a_group_with_a_legend(name):
    part = page(Everything(initial={"radio": "y"})).css_first(f"#div_id_{name} > fieldset")

    assert part.css_first("legend").text(strip=True).startswith(name.capitalize())
    assert part.css(f"input[name={name}].form-check-input")


def test_what_was_refused_is_told_at_its_field():
    found = page(Everything({"one": "c"}))

    assert "is-invalid" in found.css_first("#id_text").attributes["class"]
    assert "is-invalid" in found.css_first("#id_one").attributes["class"]
    assert "is-invalid" in found.css_first("#id_tick").attributes["class"]
    for name in ("text", "one", "tick", "radio"):
        assert found.css_first(f"#div_id_{name} .invalid-feedback") is not None, name


def test_a_hidden_field_is_a_control_alone():
    found = page(Everything(initial={"secret": "s"}))

    assert found.css_first("input[type=hidden][name=secret]").attributes["value"] == "s"
    assert found.css_first("#div_id_secret") is None


def test_a_file_is_chosen_with_its_own_control():
    assert page(Everything()).css_first("#div_id_file input[type=file]").attributes["name"] == "file"


def test_attributes_are_escaped_and_some_have_no_value():
    written = as_attributes({"title": 'a "b" <c>', "required": True, "disabled": False, "data-x": mark_safe("&amp;")})

    assert written == ' title="a &quot;b&quot; &lt;c&gt;" required data-x="&amp;"'


def test_a_control_without_a_value_has_no_such_attribute():
    assert as_value(None) == ""
    assert as_value(0) == ' value="0"'
    assert as_value('"') == ' value="&quot;"'


def test_options_are_escaped():
    choice = {"value": '"x"', "label": "<b>", "attrs": {"selected": True}}

    assert as_options([choice]) == '<option value="&quot;x&quot;" selected>&lt;b&gt;</option>'
