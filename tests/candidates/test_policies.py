"""Who may run, decide or keep an opening: one predicate each, beside its query set."""

import pytest

from accounts.models import User
from candidates import policies

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
