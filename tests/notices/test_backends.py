"""Mail that is written as text alone goes out as HTML, too."""

from django.core.mail import EmailMessage, EmailMultiAlternatives

from notices.backends import OutboxBackend
from notices.models import Mail

TEXT = """Hello,

evil.example <b>Ruth</b> has added you.
See https://elsewhere.example in this line.

https://hire.example.com/guest/?key=a&b=1
"""


def test_its_own_address_is_a_link_and_what_people_typed_is_none(db):
    OutboxBackend().send_messages([EmailMessage("A <link>", TEXT, to=["gail@guest.example"])])

    html = Mail.objects.get().html
    assert "<title>A &lt;link&gt;</title>" in html
    assert "evil.example &lt;b&gt;Ruth&lt;/b&gt; has added you.<br>See https://elsewhere.example" in html
    assert html.count("<a ") == 1
    assert '<a href="https://hire.example.com/guest/?key=a&amp;b=1">' in html


def test_html_that_was_written_is_kept(db):
    message = EmailMultiAlternatives("A link", "Text", to=["gail@guest.example", "bo@guest.example"])
    message.attach_alternative("<p>Text</p>", "text/html")

    OutboxBackend().send_messages([message])

    assert [mail.html for mail in Mail.objects.all()] == ["<p>Text</p>"] * 2
