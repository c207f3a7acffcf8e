from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "scorecards"

    def ready(self) -> None:
        """The trail knows nobody, so submit-before-you-see is told to it from here, and
        what a submission freezes."""
        from audit.models import hide_events
        from notices.models import hide_mail
        from scorecards.frozen import freeze_scorecards
        from scorecards.policies import hidden_events, hidden_mail

        hide_events(hidden_events)
        hide_mail(hidden_mail)
        freeze_scorecards()
