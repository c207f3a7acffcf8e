"""What goes along to another opening: files once in storage, notes with their author, and the rules that hold there."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from audit.models import Event
from candidates.models import Application, Opening, OpeningMember, Panelist
from candidates.services import add_candidate, add_member, create_opening
from candidates.states import set_state
from files import moving, storage
from files.models import CandidateNote, Material
from files.policies import shown_to_panelist
from files.services import add_file, add_link, add_note, remove_material
from files.storage import remove_orphans
from privacy.erasure import erase_candidate
from tests.files.conftest import PDF


@pytest.fixture
def by(person):
    return person("recruiter")


@pytest.fixture
def elsewhere(scored_application, by, person) -> Opening:
    version = scored_application.opening.rubric_version
    return create_opening("Night shift", rubric_version=version, by=by, hiring_managers=[person("manager")])


@pytest.fixture
def full(scored_application, added, by) -> Application:
    """The scored application with a file, a link and a note."""
    added()
    add_link(scored_application, url="https://example.org/work", name="Portfolio", purpose="work_sample", by=by)
    add_note(scored_application, text="Free from March", by=by)
    return scored_application


def arrived(application, to) -> Application:
    return to.applications.get(candidate=application.candidate)


def names(application) -> list[str]:
    return [material.name for material in application.materials.all()]


def everything(application) -> dict:
    return {"materials": application.materials.all(), "notes": application.candidate_notes.all()}


def test_what_is_chosen_goes_along_and_stays_here_too(full, elsewhere, by):
    taken = moving.move_with(full, to=elsewhere, by=by, **everything(full))

    there = arrived(full, elsewhere)
    assert taken.words == "1 file, 1 link and 1 note"
    assert names(there) == names(full) == ["resume.pdf", "Portfolio"]
    assert there.candidate_notes.get().text == full.candidate_notes.get().text == "Free from March"
    with there.materials.first().file.open("rb") as stored:
        assert stored.read() == PDF
    assert len(default_storage.listdir("candidates")[1]) == 1
    event = Event.objects.get(kind="application.taken_along")
    assert (event.actor_id, event.subject_id) == (by.pk, there.pk)
    assert event.detail == {
        "materials": list(there.materials.values_list("pk", flat=True)),
        "notes": list(there.candidate_notes.values_list("pk", flat=True)),
    }


def test_what_is_not_chosen_stays(full, elsewhere, by):
    taken = moving.move_with(full, to=elsewhere, materials=full.materials.filter(url=""), by=by)

    there = arrived(full, elsewhere)
    assert taken == moving.Along(files=1)
    assert names(there) == ["resume.pdf"]
    assert not there.candidate_notes.exists()
    assert not moving.move_with(there, to=full.opening, by=by).words
    assert Event.objects.filter(kind="application.taken_along").count() == 1


def test_of_another_application_nothing_goes_along(full, unscored_application, elsewhere, by):
    taken = moving.move_with(unscored_application, to=elsewhere, by=by, **everything(full))

    assert taken == moving.Along()
    assert not arrived(unscored_application, elsewhere).materials.exists()


def test_what_is_there_already_goes_along_once(full, elsewhere, by):
    moving.move_with(full, to=elsewhere, by=by, **everything(full))
    set_state(full, state="active", by=by)
    add_link(full, url="https://example.org/more", name="More", purpose="other", by=by)

    taken = moving.move_with(full, to=elsewhere, by=by, **everything(full))

    assert taken == moving.Along(links=1)
    assert names(arrived(full, elsewhere)) == ["resume.pdf", "Portfolio", "More"]


def test_a_file_is_stored_until_its_last_row_goes(full, elsewhere, by, monkeypatch):
    monkeypatch.setattr(storage, "SURELY_OVER", timedelta(0))
    moving.move_with(full, to=elsewhere, by=by, **everything(full))
    here, there = full.materials.get(url=""), arrived(full, elsewhere).materials.get(url="")

    remove_material(here, by=by)
    gone = [remove_orphans()]
    remove_material(there, by=by)
    gone.append(remove_orphans())

    assert gone == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_the_last_of_two_rows_takes_the_file(full, elsewhere, by):
    moving.move_with(full, to=elsewhere, by=by, **everything(full))
    name = full.materials.get(url="").file.name

    kept = []
    for application in (full, arrived(full, elsewhere)):
        remove_material(application.materials.get(url=""), by=by)
        kept.append(default_storage.exists(name))

    assert kept == [True, False]


@pytest.mark.django_db(transaction=True)
def test_an_erasure_reaches_both(full, elsewhere, by, person):
    moving.move_with(full, to=elsewhere, by=by, **everything(full))

    erase_candidate(full.candidate, by=person("admin"), reason="asked")

    assert not Material.objects.exists()
    assert not CandidateNote.objects.exists()
    assert default_storage.listdir("candidates")[1] == []
    assert Event.objects.get(kind="candidate.erased").detail["files"] == 1


def test_a_note_keeps_its_author_and_its_time(full, elsewhere, by, person):
    add_member(full.opening, person("admin"), role=OpeningMember.Role.RECRUITER, by=by)
    written = timezone.now() - timedelta(days=40)
    full.candidate_notes.update(by=person("manager"), at=written)

    moving.move_with(full, to=elsewhere, by=by, **everything(full))

    note = arrived(full, elsewhere).candidate_notes.get()
    assert (note.by, note.at, note.came_from) == (person("manager"), written, full)


def test_a_note_that_the_mover_may_not_read_stays(full, elsewhere, person, two_panelists):
    manager, second = person("manager"), two_panelists[1]
    Panelist.objects.filter(pk=second.pk).update(user=manager)
    own = add_note(full, text="Can start at six", by=manager)

    taken = moving.move_with(full, to=elsewhere, by=manager, **everything(full))

    assert taken.notes == 1
    assert arrived(full, elsewhere).candidate_notes.get().text == own.text


def test_whoever_owes_a_scorecard_reads_no_note_by_way_of_another_opening(full, elsewhere, by, person, two_panelists):
    manager, second = person("manager"), two_panelists[1]
    Panelist.objects.filter(pk=second.pk).update(user=manager)
    moving.move_with(full, to=elsewhere, by=by, **everything(full))
    there = arrived(full, elsewhere)
    third = create_opening("Day shift", rubric_version=elsewhere.rubric_version, by=by, hiring_managers=[manager])
    moving.move_with(there, to=third, by=by, **everything(there))

    assert not CandidateNote.objects.visible_to(manager).exists()
    assert CandidateNote.objects.visible_to(by).count() == 3
    Panelist.objects.filter(pk=second.pk).update(user=person("interviewer2"))
    assert CandidateNote.objects.visible_to(manager).count() == 3


def test_who_sees_it_there_is_a_right_of_that_opening(full, elsewhere, by, person):
    Opening.objects.filter(pk=elsewhere.pk).update(anonymous=True)
    Opening.objects.filter(pk=full.opening_id).update(confidential=True)
    moving.move_with(full, to=elsewhere, by=by, **everything(full))
    there = arrived(full, elsewhere)
    round_ = elsewhere.rounds.create(order=1, name="Trial shift", minutes=60)
    begins = timezone.now() + timedelta(days=1)
    interview = there.interviews.create(round=round_, starts_at=begins, due_at=begins + timedelta(days=1))
    panelist = Panelist.objects.create(interview=interview, user=person("interviewer2"))
    other = type(by).objects.create_user("second.recruiter@example.com", is_recruiter=True)

    seen = [set(Material.objects.visible_to(other)), set(CandidateNote.objects.visible_to(other))]

    assert seen == [set(there.materials.all()), set(there.candidate_notes.all())]
    assert not shown_to_panelist(Panelist.objects.get(pk=panelist.pk), panelist.user).exists()


def test_too_many_there_move_nobody(full, elsewhere, by, monkeypatch):
    candidate = full.candidate
    there = add_candidate(elsewhere, name=candidate.name, email=candidate.email, by=by, known=candidate)
    add_link(there, url="https://example.org/other", name="Other", purpose="other", by=by)
    monkeypatch.setattr(moving, "MOST", 2)

    with pytest.raises(ValidationError, match="more than 2 files and links") as caught:
        moving.move_with(full, to=elsewhere, by=by, **everything(full))

    full.refresh_from_db()
    assert list(caught.value.message_dict) == ["to"]
    assert full.state == "active"
    assert names(there) == ["Other"]


def test_nobody_takes_along_what_they_do_not_run(full, elsewhere, person):
    with pytest.raises(PermissionDenied):
        moving.move_with(full, to=elsewhere, by=person("interviewer"), **everything(full))

    assert not elsewhere.applications.exists()


@pytest.mark.parametrize(
    ("takes", "words"), [("files", "1 file and 1 link"), ("all", "1 file, 1 link and 1 note"), ("nothing", "")]
)
def test_several_take_along_what_is_chosen_for_all(full, unscored_application, elsewhere, by, takes, words):
    moved, taken = moving.move_all_with([full, unscored_application], to=elsewhere, takes=takes, by=by)

    assert {row.pk for row in moved} == {full.pk, unscored_application.pk}
    assert taken.words == words
    assert not arrived(unscored_application, elsewhere).materials.exists()
    assert len(names(arrived(full, elsewhere))) == taken.files + taken.links


def test_several_take_no_more_queries_than_one(
    full, unscored_application, elsewhere, by, sent, django_assert_max_num_queries
):
    add_file(unscored_application, sent("other.pdf", PDF + b"2"), purpose="resume", by=by)

    with django_assert_max_num_queries(40):
        moving.move_all_with([full, unscored_application], to=elsewhere, takes="all", by=by)

    assert names(arrived(unscored_application, elsewhere)) == ["other.pdf"]


def at_once(*acts) -> list[Exception]:
    """Each in a thread with a connection of its own; what they raised."""
    raised = []
    ready = threading.Barrier(len(acts))

    def run(act) -> None:
        try:
            ready.wait()
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_of_two_recruiters_who_move_the_same_application_at_once_the_second_is_told(full, elsewhere, by):
    third = create_opening("Day shift", rubric_version=elsewhere.rubric_version, by=by)

    def move(to):
        application = Application.objects.select_related("opening", "candidate").get(pk=full.pk)
        return lambda: moving.move_with(application, to=to, by=by, **everything(full))

    [told] = at_once(move(elsewhere), move(third))

    assert told.message_dict == {"to": ["This application has been moved already."]}
    full.refresh_from_db()
    assert len(names(full.moved_to)) == 2
    assert Application.objects.filter(opening__in=[elsewhere, third]).count() == 1
    assert Event.objects.filter(kind="application.taken_along").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_remove_both_rows_of_a_file_at_once_leave_no_file(full, elsewhere, by):
    moving.move_with(full, to=elsewhere, by=by, **everything(full))
    rows = [application.materials.get(url="") for application in (full, arrived(full, elsewhere))]

    raised = at_once(*(lambda row=row: remove_material(row, by=by) for row in rows))

    assert raised == []
    assert default_storage.listdir("candidates")[1] == []


@pytest.mark.django_db(transaction=True)
def test_two_who_move_back_and_forth_at_once_wait_in_one_order(full, elsewhere, by):
    moving.move_with(full, to=elsewhere, by=by, **everything(full))
    there = arrived(full, elsewhere)
    third = create_opening("Day shift", rubric_version=elsewhere.rubric_version, by=by)

    def back():
        moving.move_with(Application.objects.get(pk=there.pk), to=full.opening, by=by, **everything(there))

    def away():
        moving.move_all_with([Application.objects.get(pk=there.pk)], to=third, takes="all", by=by)

    raised = at_once(back, away)

    assert [type(error) for error in raised] == [ValidationError]
    states = Application.objects.filter(candidate=full.candidate).values_list("state", flat=True)
    assert sorted(states).count("active") == 1
