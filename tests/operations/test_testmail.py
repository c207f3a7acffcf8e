"""A test mail goes to the one who asks, or the server's answer is told."""

import pytest
from django.core import mail

from audit.models import Event
from operations.testmail import MailRefused, send_test_mail
from tests.config.processes import free_port


def test_it_goes_to_whoever_asks(person, settings):
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_test_mail(by=person("admin"))

    assert [message.to for message in mail.outbox] == [["admin@example.com"]]
    assert Event.objects.filter(kind="mail.tested", actor_id=person("admin").pk).exists()


def test_a_refusal_is_told_in_the_servers_words(person, settings):
    settings.SENDING_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    with pytest.raises(MailRefused, match="Connection refused"):
        send_test_mail(by=person("admin"))


def test_where_mail_is_not_set_up_none_was_handed_over(person, settings):
    settings.MAIL_IS_SET_UP = False

    with pytest.raises(MailRefused, match="not set up"):
        send_test_mail(by=person("admin"))
