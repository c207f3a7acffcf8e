"""Wherever a name or a title is typed: one of which nothing would be seen is refused, and override signs go."""

import pytest

from accounts.forms import AcceptForm, NewPersonForm, PersonEditForm, SavedViewForm
from accounts.models import User
from candidates.forms import CandidateEditForm, CandidateForm, OpeningForm, RoundForm
from candidates.models import Candidate, Round
from candidates.openings.forms import CopyForm, OpeningEditForm
from rubrics.fields import NotTaken, parsed, part_of
from rubrics.forms import CopyForm as RubricCopyForm
from rubrics.forms import NewRubricForm

FORMS = {
    "opening": lambda opening, by, name: OpeningForm({"title": name}, by=by),
    "opening edit": lambda opening, by, name: OpeningEditForm({"title": name}, instance=opening),
    "opening copy": lambda opening, by, name: CopyForm({"title": name}),
    "round": lambda opening, by, name: RoundForm({"name": name}, instance=Round(opening=opening)),
    "candidate": lambda opening, by, name: CandidateForm({"name": name}, by=by),
    "candidate edit": lambda opening, by, name: CandidateEditForm({"name": name}, candidate=Candidate()),
    "person": lambda opening, by, name: NewPersonForm({"name": name, "email": "new@x.example"}, by=by),
    "person edit": lambda opening, by, name: PersonEditForm({"name": name}, instance=User(email="a@x.example")),
    "accepting": lambda opening, by, name: AcceptForm({"name": name}, user=by),
    "saved view": lambda opening, by, name: SavedViewForm({"name": name}),
    "rubric": lambda opening, by, name: NewRubricForm({"title": name}),
    "rubric copy": lambda opening, by, name: RubricCopyForm({"title": name}),
}


@pytest.mark.parametrize("name", ["---", "\u200b", "\u3164", "\u202e\u200b"])
@pytest.mark.parametrize("form", FORMS)
def test_a_name_of_which_nothing_is_seen_is_refused_at_its_field(opening, person, form, name):
    asked = FORMS[form](opening, person("recruiter"), name)

    assert {"name", "title"} & set(asked.errors)


@pytest.mark.parametrize("form", FORMS)
def test_a_name_loses_signs_that_turn_it_and_stays_on_one_line(opening, person, form):
    asked = FORMS[form](opening, person("recruiter"), "Noor\u202e \u0007 Haddad")

    assert {"name", "title"}.isdisjoint(asked.errors)
    assert "Noor Haddad" in {asked.cleaned_data.get("name"), asked.cleaned_data.get("title")}


@pytest.mark.parametrize("field", ["title", "dimension_1_name", "exercise_1_title", "area_1_name"])
def test_a_part_of_a_rubric_is_not_named_unseen(field):
    part = part_of(parsed(field))

    with pytest.raises(NotTaken, match="at least one letter or figure"):
        part.read("\u200b")
    assert part.read("C++") == "C++"
    assert part.read("") == ""
