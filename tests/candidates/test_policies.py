"""Who may run, decide or keep an opening: one predicate each, beside its query set."""

import pytest

from accounts.models import User
from candidates import policies
from notices import hooks

RECRUITER, MANAGER = ("recruiter",), ("hiring_manager",)
# Company-wide roles, roles on the opening, and what they allow: where it is open, where it is confidential.
RIGHTS = [
    ((), (), "", ""),
    (("is_hiring_manager",), (), "", ""),
    (("is_administrator",), (), "keep", "keep"),
    (("is_recruiter",), (), "run keep", ""),
    ((), RECRUITER, "run", "run"),
    ((), MANAGER, "run decide", "run decide"),
    ((), RECRUITER + MANAGER, "run decide", "run decide"),
    (("is_recruiter",), RECRUITER, "run keep", "run keep"),
    (("is_recruiter",), MANAGER, "run decide keep", "run decide keep"),
    (("is_administrator",), RECRUITER, "run keep", "run keep"),
    (("is_administrator",), MANAGER, "run decide keep", "run decide keep"),
]
PREDICATES = {
    "run": policies.may_run,
    "decide": policies.may_decide,
    "keep": policies.may_set_retention,
}


def rights(user, opening) -> set[str]:
    return {name for name, may in PREDICATES.items() if may(user, opening)}


@pytest.mark.parametrize(("company", "on_it", "open_", "hidden"), RIGHTS)
def test_rights_follow_from_roles(newcomer, opening, confidential, company, on_it, open_, hidden):
    user = newcomer(*company, opening=opening, on_it=on_it)
    for role in on_it:
        confidential.members.create(user=user, role=role)

    assert rights(user, opening) == set(open_.split())
    assert rights(user, confidential) == set(hidden.split())


@pytest.mark.parametrize(("company", "on_it", "open_", "hidden"), RIGHTS)
def test_query_sets_hold_what_the_predicates_allow(newcomer, opening, confidential, company, on_it, open_, hidden):
    user = newcomer(*company, opening=opening, on_it=on_it)

    for name, allowed in (("run", policies.runnable(user)), ("decide", policies.decidable(user))):
        assert (opening in allowed) == (name in open_.split())
        assert (confidential in allowed) == PREDICATES[name](user, confidential)


def test_a_role_on_one_opening_is_none_on_another(newcomer, opening, confidential):
    user = newcomer(opening=confidential, on_it=RECRUITER + MANAGER)

    assert rights(user, opening) == set()


def test_two_roles_on_an_opening_list_it_once(newcomer, opening):
    user = newcomer(opening=opening, on_it=RECRUITER + MANAGER)

    assert list(policies.runnable(user)) == [opening]


def test_whoever_left_has_no_rights_whatever_their_roles(newcomer, opening):
    user = newcomer("is_administrator", "is_recruiter", opening=opening, on_it=RECRUITER + MANAGER)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert rights(User.objects.get(pk=user.pk), opening) == set()


@pytest.mark.parametrize(
    ("company", "may"),
    [((), False), (("is_hiring_manager",), False), (("is_recruiter",), True), (("is_administrator",), True)],
)
def test_people_of_the_company_are_added_by_its_recruiters_and_administrators(newcomer, company, may):
    user = newcomer(*company)

    assert policies.may_add_people(user) == may
    user.is_active = False
    assert not policies.may_add_people(user)


@pytest.mark.parametrize(
    ("company", "on_it", "found"),
    [
        ((), (), ""),
        ((), RECRUITER, "open"),
        (("is_recruiter",), (), "open"),
        (("is_administrator",), (), "installation"),
        (("is_administrator",), RECRUITER, "open installation"),
    ],
)
def test_webhooks_are_those_of_what_one_runs(newcomer, person, opening, confidential, company, on_it, found):
    places = {"open": opening.pk, "hidden": confidential.pk, "installation": None}
    for place in places.values():
        hooks.add_hook("https://hooks.example.com/1", form="slack", opening_id=place, by=person("admin"))
    user = newcomer(*company, opening=opening, on_it=on_it)

    seen = set(policies.webhooks(user).values_list("opening_id", flat=True))

    assert seen == {places[name] for name in found.split()}
    user.is_active = False
    assert None not in policies.webhooks(user).values_list("opening_id", flat=True)


def test_a_candidate_is_corrected_by_whoever_runs_each_of_their_applications(newcomer, opening, confidential, person):
    candidate = opening.applications.first().candidate
    recruiter, panelist = newcomer("is_recruiter"), person("interviewer")
    before = policies.may_edit_candidate(recruiter, candidate)

    confidential.applications.create(candidate=candidate)

    assert before
    assert not policies.may_edit_candidate(recruiter, candidate)
    assert not policies.may_edit_candidate(panelist, candidate)
    confidential.members.create(user=recruiter, role="recruiter")
    assert policies.may_edit_candidate(recruiter, candidate)


def test_those_who_may_be_corrected_are_each_who_may(newcomer, opening, confidential, person):
    candidates = [application.candidate for application in opening.applications.all()]
    confidential.applications.create(candidate=candidates[0])

    for user in (newcomer("is_recruiter"), person("admin"), person("interviewer")):
        one_by_one = [candidate for candidate in candidates if policies.may_edit_candidate(user, candidate)]
        assert policies.editable(user, candidates) == one_by_one
