"""Passwords are hashed in little memory; one that was hashed otherwise is still right, and hashed anew."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.db import connection

from accounts.models import User

OWN = "a-long-one-of-ones-own"
FRUGAL = "argon2$argon2id$v=19$m=19456,t=2,p=1$"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.FrugalArgon2Hasher"]


def test_a_new_password_is_hashed_frugally(db):
    user = User.objects.create_user("new@example.com", OWN)

    assert user.password.startswith(FRUGAL)
    assert user.check_password(OWN)
    assert not user.check_password(OWN.upper())


def test_one_of_djangos_own_hasher_is_right_and_is_replaced(db):
    older = Argon2PasswordHasher().encode(OWN, "some-salt-of-long-ago")
    user = User.objects.create_user("old@example.com")
    User.objects.filter(pk=user.pk).update(password=older)
    user.refresh_from_db()

    assert not user.check_password("another-one")
    assert user.password == older
    assert user.check_password(OWN)
    user.refresh_from_db()
    assert user.password.startswith(FRUGAL)
    assert user.check_password(OWN)


def test_many_at_once_all_get_their_answer(db):
    from concurrent.futures import ThreadPoolExecutor

    hashed = make_password(OWN)

    def right(password: str) -> bool:
        try:
            return User(email="one@example.com", password=hashed).check_password(password)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(right, [OWN, "wrong"] * 8))

    assert answers == [True, False] * 8
