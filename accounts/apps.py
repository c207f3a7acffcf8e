from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """The trail keeps ids and knows nobody, so what people are called is told
        to it from here."""
        from accounts.checks import sample_accounts
        from accounts.models import names
        from audit.models import name_people

        name_people(names)
        checks.register(sample_accounts, checks.Tags.security, deploy=True)
        self._follow_factors()

    @staticmethod
    def _follow_factors() -> None:
        """The sign-in package tells of second factors by its own signals only."""
        from allauth.mfa import signals

        from accounts import factors

        for signal, note in [
            (signals.authenticator_added, factors.note_added),
            (signals.authenticator_removed, factors.note_removed),
            (signals.authenticator_reset, factors.note_renewed),
            (signals.authentication_failed, factors.note_refused),
        ]:
            signal.connect(note)
