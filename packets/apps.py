from django.apps import AppConfig


class PacketsConfig(AppConfig):
    name = "packets"

    def ready(self) -> None:
        """The trail knows nobody, so what of it is hidden because of packets is told to
        it from here.
        """
        from audit.models import hide_events
        from packets.policies import hidden_events

        hide_events(hidden_events)
