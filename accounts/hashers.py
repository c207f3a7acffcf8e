"""How passwords are hashed: in little memory, and never two at once in a process."""

from threading import Lock

from django.contrib.auth.hashers import Argon2PasswordHasher

_one_at_a_time = Lock()


class FrugalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id as OWASP's cheat sheet on storing passwords recommends it: 19 MiB, two
    passes.

    Django's own takes 100 MiB for each sign-in, so that a busy morning needs more
    memory than all pages. Hashes of that kind are still read, and replaced as their
    owner signs in. Whoever comes while another password is hashed waits some hundredths
    of a second.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _one_at_a_time:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _one_at_a_time:
            return super().verify(password, encoded)
