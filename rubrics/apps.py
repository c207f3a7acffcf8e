from django.apps import AppConfig


class RubricsConfig(AppConfig):
    name = "rubrics"

    def ready(self) -> None:
        """The trail knows nobody, so what a publication freezes is told to it from
        here."""
        from rubrics.frozen import freeze_rubrics

        freeze_rubrics()
