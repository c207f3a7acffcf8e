"""One's own interviews by the day: what is held today, what this week, what later."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candidates.models import Interview, Opening, Panelist
from files.services import add_file
from workbench.agenda import agenda


@pytest.fixture
def keys_at(person, sample):
    """In which part an interview stands that begins so long from now."""
    panelist = Panelist.objects.get(user=person("interviewer"), scorecard__isnull=True)

    def look(after: timedelta) -> list[str]:
        begins = timezone.now() + after
        held = Interview.objects.filter(pk=panelist.interview_id)
        held.update(starts_at=begins, due_at=begins + timedelta(days=1))
        parts = agenda(person("interviewer"))
        return [part.key for part in parts if panelist in [entry.panelist for entry in part.entries]]

    return look


def test_each_interview_is_in_one_part(keys_at):
    spans = (timedelta(days=-2), timedelta(days=2), timedelta(days=20))

    assert [keys_at(after) for after in spans] == [["score"], ["week"], ["later"]]


def test_the_day_ends_where_the_company_is(keys_at, settings):
    """At any hour one zone of these two has another date than the other."""
    found = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # 25 hours apart
        with timezone.override(zone):
            late = timezone.localtime().replace(hour=23, minute=59, second=30)
            found.update(keys_at(late - timezone.now()))

    assert found == {"today"}


def test_a_part_counts_also_what_it_does_not_show(person, sample, unscored_application):
    interview, user = unscored_application.interviews.first(), person("admin")
    begun = timezone.now() - timedelta(days=2)
    more = [
        Interview(application=unscored_application, round=interview.round, starts_at=begun, due_at=begun)
        for _ in range(51)
    ]
    panelists = [Panelist(interview=each, user=user) for each in Interview.objects.bulk_create(more)]
    Panelist.objects.bulk_create(panelists)

    [part] = agenda(user)

    assert (part.key, len(part.entries), part.total) == ("score", 10, 51)


@pytest.fixture
def with_files(unscored_application, person):
    """Files of a candidate whom the first interviewer is yet to see, by their names."""

    def add(*names: str) -> None:
        for name in names:
            upload = SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode() + b" %%EOF")
            add_file(unscored_application, upload, purpose="resume", by=person("recruiter"))

    return add


def files_of(reader) -> list[list[str]]:
    return [
        [material.name for material in entry.materials]
        for part in agenda(reader)
        for entry in part.entries
        if part.key != "done"
    ]


def test_each_interview_has_the_files_of_its_candidate(with_files, person, client_of):
    with_files("one.pdf", "two.pdf", "three.pdf", "four.pdf")

    assert files_of(person("interviewer")) == [["one.pdf", "two.pdf", "three.pdf", "four.pdf"]]
    home = " ".join(client_of("interviewer").get("/").content.decode().split())
    links = re.findall(r'<a href="(/panelists/\d+/files/\d+/)" download>([^<]*)</a>', home)
    assert [name for _, name in links] == ["one.pdf", "two.pdf", "three.pdf"]
    assert "1 more in the kit" in home
    assert client_of("interviewer").get(links[0][0]).getvalue() == b"%PDF-1.7 one.pdf %%EOF"


def test_an_anonymous_opening_names_no_file(with_files, person, unscored_application):
    with_files("Sam Candidate.pdf")
    Opening.objects.filter(pk=unscored_application.opening_id).update(anonymous=True)

    assert files_of(person("interviewer")) == [[]]
