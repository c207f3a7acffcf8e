from django.apps import AppConfig


class DebriefsConfig(AppConfig):
    name = "debriefs"

    def ready(self) -> None:
        """The trail knows nobody, so what a debrief freezes is told to it from here."""
        from debriefs.frozen import freeze_debriefs

        freeze_debriefs()
