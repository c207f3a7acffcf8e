from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "scorecards"

    def ready(self) -> None:
        """The trail knows nobody, so submit-before-you-see is told to it from here, and
        what a submission freezes."""
        from audit.models import hide_events
        from scorecards.frozen import freeze_scorecards
        from scorecards.policies import hidden_events

        hide_events(hidden_events)
        freeze_scorecards()
