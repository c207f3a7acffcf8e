from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "scorecards"

    def ready(self) -> None:
        """The trail knows nobody, so submit-before-you-see is told to it from here, and
        what a submission freezes; the outbox is told what makes a mail moot, and a closed
        application what ends with it."""
        from audit.models import hide_events
        from candidates.states import when_closed, when_opened
        from notices import hooks
        from notices.letters import let_say
        from notices.models import hide_mail, let_settle, withhold_notices
        from scorecards.frozen import freeze_scorecards
        from scorecards.policies import hidden_chat, hidden_events, hidden_mail, withheld_notices
        from scorecards.releasing import cancel_to_come
        from scorecards.settled import settled_chat, settled_mails
        from scorecards.telling import lines_now, tell_reopened

        hide_events(hidden_events)
        when_closed(cancel_to_come)
        when_opened(tell_reopened)
        hide_mail(hidden_mail)
        withhold_notices(withheld_notices)
        let_settle(settled_mails)
        hooks.let_settle(settled_chat)
        hooks.hide_chat(hidden_chat)
        let_say(lines_now)
        freeze_scorecards()
