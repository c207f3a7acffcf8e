"""An application about which something is written wherever somebody can write."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candidates import states
from candidates.models import Panelist
from candidates.services import plan_interview
from debriefs import meetings
from files.services import add_file, add_link, add_note
from scorecards import amendments, drafts, releasing, services
from scorecards.fields import texts_of
from scorecards.models import Rating
from scorecards.withdrawing import withdraw_scorecard


def fill(scored, panelists, person, complete_draft, new_word) -> None:
    """Write through the services wherever somebody can write: every erasable text gets words of its own."""
    recruiter, manager = person("recruiter"), person("manager")
    author = panelists[0].user
    handed_in = SimpleUploadedFile(f"{new_word()}.pdf", b"%PDF-1.7 handed in %%EOF")
    add_file(scored, handed_in, purpose="resume", by=recruiter)
    add_link(scored, url=f"https://{new_word()}.example.org/", name=new_word(), purpose="work_sample", by=recruiter)
    add_note(scored, text=new_word(), by=recruiter)
    second = plan_interview(
        scored,
        round=scored.opening.rounds.last(),
        starts_at=timezone.now(),
        due_at=timezone.now(),
        leads=[author],
        shadows=[],
        place=new_word(),
        by=recruiter,
    ).panelists.get()
    card = drafts.open_scorecard(second)
    changes = complete_draft(second) | {"summary": new_word()}
    rated = list(second.interview.round.dimensions.all())
    changes |= {f"evidence_{row.pk}": new_word() for row in rated}
    changes |= {f"score_{rated[0].pk}": "na", f"reason_{rated[0].pk}": Rating.Reason.OTHER}
    signal = scored.opening.rubric_version.signals.first()
    changes |= {f"signal_{signal.pk}": "on", f"note_{signal.pk}": new_word()}
    services.leave_note(second, kind="covered", text=new_word(), by=author)
    card = drafts.save_draft(card, changes, edit=0, by=author)
    card = services.submit_scorecard(card, by=author)
    amended = texts_of(drafts.stored_judgement(card)) | {"summary": new_word(), f"evidence_{rated[1].pk}": new_word()}
    amendments.amend_scorecard(card, amended, reason=new_word(), revision=0, by=author)
    services.grant_override(scored, panelists[1].user, reason=new_word(), by=recruiter)
    services.decline_scorecard(drafts.open_scorecard(panelists[1]), reason=new_word(), by=panelists[1].user)
    states.set_state(scored, state="on_hold", reason=new_word(), by=recruiter)
    meetings.open_debrief(scored, by=manager)
    meetings.add_note(scored, text=new_word(), kind="note", dimension=None, by=manager)
    meetings.add_note(scored, text=new_word(), kind="follow_up", dimension=rated[1], by=manager)
    meetings.note_attendance(scored, users=[manager], names=[new_word()], by=manager)
    meetings.re_rate(
        card, rated[1], answer=Rating.Reason.OTHER, kind="new_evidence", source=new_word(), reason=new_word(), by=author
    )
    keys = scored.opening.rubric_version.dimensions.values_list("key", flat=True)
    meetings.record_decision(
        scored,
        outcome="hire",
        rationale=new_word(),
        rationales={key: new_word() for key in keys},
        conditions=new_word(),
        dissent=new_word(),
        dissenter=new_word(),
        by=manager,
    )
    meetings.reopen_debrief(scored, reason=new_word(), by=manager)
    third = Panelist.objects.create(interview=second.interview, user=person("admin"))
    releasing.release_panelists([third], reason=new_word(), by=recruiter)
    withdraw_scorecard(panelists[0].scorecard, reason=new_word(), by=panelists[0].user)
