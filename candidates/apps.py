from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"

    def ready(self) -> None:
        """The outbox knows no opening, so whom its lost mail concerns is told from here."""
        from candidates.undelivered import tell_undelivered
        from notices.models import let_know_undelivered

        let_know_undelivered(tell_undelivered)
