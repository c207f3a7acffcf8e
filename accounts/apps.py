from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """The trail keeps numbers and knows nobody, so what people are called is told to it from here."""
        from accounts.models import names
        from audit.models import name_people

        name_people(names)
