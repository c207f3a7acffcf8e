"""A role that needs a second factor: nothing else opens before there is one."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import SignInRules, User
from accounts.services import change_rules
from audit.models import Event
from candidates.models import OpeningMember
from tests.accounts.test_factors import set_up_app, sign_in
from tests.queries import queries_of

SET_UP = reverse("mfa_index")


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def rule(person):
    return lambda **roles: change_rules(by=person("admin"), **roles)


def leads_to(client: Client, url: str = "/") -> str:
    response = client.get(url)
    return response["Location"] if response.status_code == 302 else str(response.status_code)


@pytest.mark.parametrize(
    ("role", "held"),
    [
        ("interviewers", {"interviewer", "recruiter", "manager", "admin"}),
        ("recruiters", {"recruiter"}),
        ("hiring_managers", {"manager"}),
        ("administrators", {"admin"}),
    ],
)
def test_a_rule_holds_those_of_its_role_and_nobody_else(client_of, rule, role, held):
    User.objects.filter(email="admin@example.com").update(is_recruiter=False, is_hiring_manager=False)
    User.objects.filter(email="recruiter@example.com").update(is_hiring_manager=False)
    clients = {name: client_of(name) for name in ("interviewer", "recruiter", "manager", "admin")}
    OpeningMember.objects.all().delete()

    rule(**{role: True})

    assert {name for name, client in clients.items() if leads_to(client) == SET_UP} == held


@pytest.mark.parametrize(("held", "rule_of"), [("recruiter", "recruiters"), ("hiring_manager", "hiring_managers")])
def test_a_role_on_one_opening_counts(client_of, rule, unscored_application, person, held, rule_of):
    OpeningMember.objects.create(opening=unscored_application.opening, user=person("interviewer2"), role=held)

    rule(**{rule_of: True})

    assert leads_to(client_of("interviewer2")) == SET_UP
    assert leads_to(client_of("interviewer")) == "200"


def test_nothing_else_answers_and_nothing_is_stored(client_of, rule, unscored_application):
    rule(interviewers=True)
    client = client_of("recruiter")
    new = reverse("candidate_new", args=[unscored_application.opening_id])

    asked = {
        leads_to(client, reverse(name)) for name in ("account", "rubric_list", "account_email", "usersessions_list")
    }
    sent = client.post(new, {"name": "Somebody", "email": "somebody@example.org"})

    assert asked == {SET_UP}
    assert sent["Location"] == SET_UP
    assert not unscored_application.opening.applications.filter(candidate__email="somebody@example.org").exists()
    assert "Your role requires a second factor." in client.get(SET_UP).content.decode()


def test_setting_one_up_opens_everything_and_signing_out_always_works(sample, rule):
    rule(interviewers=True)
    client, _ = sign_in("interviewer")
    before = leads_to(client)

    set_up_app(client)

    assert (before, leads_to(client)) == (SET_UP, "200")
    rule(interviewers=True)
    other, _ = sign_in("interviewer2")
    assert other.post(reverse("account_logout")).status_code == 302
    assert leads_to(other).startswith(reverse("account_login"))


def test_recovery_codes_alone_are_no_second_factor(client_of, rule, person):
    Authenticator.objects.create(
        user=person("interviewer"), type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )
    rule(interviewers=True)

    assert leads_to(client_of("interviewer")) == SET_UP


def test_asking_costs_a_query_only_where_a_rule_is_theirs(client_of, rule, person):
    client = client_of("recruiter")
    before = queries_of(client, reverse("rubric_list"))

    rule(administrators=True)
    not_theirs = queries_of(client, reverse("rubric_list"))
    Authenticator.objects.create(user=person("recruiter"), type=Authenticator.Type.TOTP, data={"secret": "x"})
    rule(recruiters=True)

    assert not_theirs == before
    assert queries_of(client, reverse("rubric_list")) == before + 1


def test_administrator_changes_the_rules_on_their_page(client_of, person):
    client = client_of("admin")

    client.post(reverse("sign_in_rules"), {"recruiters": "on"})

    assert SignInRules.objects.get().recruiters
    event = Event.objects.get(kind="user.rules_changed")
    assert (event.actor_id, event.detail["recruiters"]) == (person("admin").pk, True)
    assert 'name="recruiters"' in client.get(reverse("sign_in_rules")).content.decode()


def test_there_is_one_row_of_rules(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInRules.objects.create(pk=2)


def test_a_lost_factor_is_taken_away_by_an_administrator_and_on_record(client_of, person):
    set_up_app(sign_in("interviewer")[0])
    lost = person("interviewer")

    page = client_of("admin").get(reverse("person", args=[lost.pk])).content.decode()
    client_of("admin").post(reverse("factors_remove", args=[lost.pk]))

    assert "Remove second factors" in page
    assert not Authenticator.objects.filter(user=lost).exists()
    assert Event.objects.get(kind="user.factors_reset").subject_id == lost.pk
    assert sign_in("interviewer")[1] == "/"
