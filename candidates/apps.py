from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"

    def ready(self) -> None:
        """The outbox knows no opening, so whom its lost mail concerns is told from here; accounts know no candidate,
        so whose an address may be is asked from here."""
        from accounts.whose import ask_of_addresses, refuse_addresses
        from candidates.identity import refuse_own_interviewer, whose_candidate
        from candidates.undelivered import tell_undelivered
        from notices.models import let_know_undelivered

        let_know_undelivered(tell_undelivered)
        ask_of_addresses(whose_candidate)
        refuse_addresses(refuse_own_interviewer)
