"""The way back for an administrator who lost the second factor and has nobody to ask."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import CommandError, call_command

from audit.models import Event
from tests.accounts.test_factors import set_up_app, sign_in


def test_the_password_alone_signs_in_again_and_it_is_on_record(sample, person):
    cache.clear()
    set_up_app(sign_in("admin")[0])

    call_command("remove_factors", "Admin@example.com")

    assert sign_in("admin")[1] == "/"
    assert Event.objects.get(kind="user.factors_reset").actor_id is None


def test_nobody_elses_factors_are_removed(sample, person):
    cache.clear()
    set_up_app(sign_in("recruiter")[0])

    with pytest.raises(CommandError, match="No account has this e-mail address"):
        call_command("remove_factors", "nobody@example.com")
    call_command("remove_factors", "admin@example.com")

    assert Authenticator.objects.filter(user=person("recruiter")).exists()
