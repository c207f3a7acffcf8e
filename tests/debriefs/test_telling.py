"""Who learns that a decision was recorded, and that it does not say which."""

from candidates.models import Panelist
from debriefs import meetings
from notices.models import Mail, Notice


def test_those_who_may_read_the_debrief_learn_of_a_decision_and_not_which(scored_application, person):
    Notice.objects.all().delete()
    owing = Panelist.objects.get(interview__application=scored_application, user=person("interviewer2"))

    meetings.record_decision(scored_application, outcome="hold", rationale="More evidence", by=person("manager"))

    told = {notice.receiver.email.split("@")[0] for notice in Notice.objects.filter(kind="decided")}
    assert "interviewer" in told
    assert not {"manager", owing.user.email.split("@")[0]} & told
    for mail in Mail.objects.filter(kind="decided"):
        assert "hold" not in f"{mail.subject} {mail.text} {mail.html}".lower()
        assert "More evidence" not in mail.text
