"""A list towards an opening: who is new, known, doubtful; brought in and taken back as one thing."""

import pytest
from django.core.exceptions import ValidationError

from accounts.texts import is_address
from audit.models import Event
from candidates.importing import roster
from candidates.importing.bringing import NEW, SKIP, Listed, Verdict, bring_in, built_on, compare, take_back
from candidates.importing.roster import Person
from candidates.merging import merge_candidates
from candidates.models import Application, Candidate, Interview
from candidates.openings.changing import close_opening
from candidates.services import add_candidate
from privacy.erasure import erase_candidate


def listed(*pairs: tuple[str, str]) -> Listed:
    return Listed([Person(row, name, email) for row, (name, email) in enumerate(pairs, 2)], "0" * 64)


@pytest.fixture
def recruiter(person):
    return person("recruiter")


@pytest.fixture
def other(opening, recruiter):
    """Another opening, where Alma Reyes has applied."""
    from candidates.services import create_opening

    made = create_opening("Other", rubric_version=opening.rubric_version, by=recruiter)
    add_candidate(made, name="Alma Reyes", email="alma@x.example", by=recruiter)
    return made


def verdicts(opening, recruiter, *pairs) -> list[Verdict]:
    return [line.verdict for line in compare(listed(*pairs).people, opening, by=recruiter)]


def test_each_row_stands_as_what_is_known_of_it(opening, recruiter, other):
    here = opening.applications.first().candidate
    pairs = [
        ("Somebody New", "new@x.example"),
        ("ALMA REYES", "alma@x.example"),
        ("Bruno Costa", "alma@x.example"),
        ("Reyes Alma", "other@x.example"),
        (here.name, here.email),
        ("A Colleague", "interviewer@example.com"),
        ("Me", recruiter.email),
    ]

    assert verdicts(opening, recruiter, *pairs) == [
        Verdict.READY,
        Verdict.READY,
        Verdict.ASKED,
        Verdict.ASKED,
        Verdict.HERE,
        Verdict.ASKED,
        Verdict.BAD,
    ]


@pytest.fixture
def with_total(opening):
    """A list with a row that is most likely nobody, and one that cannot be anybody."""
    rows = [
        Person(2, "Alma Reyes", ""),
        Person(3, "Total", "", aside="A total."),
        Person(4, "", "", "No name.", aside="7"),
    ]
    return Listed(rows, "0" * 64)


@pytest.mark.parametrize(("choices", "names"), [({}, ["Alma Reyes"]), ({3: NEW, 4: NEW}, ["Alma Reyes", "Total"])])
def test_what_is_most_likely_nobody_stays_out_unless_somebody_says_otherwise(
    opening, recruiter, with_total, choices, names
):
    lines = compare(with_total.people, opening, by=recruiter)

    imported = bring_in(with_total, opening, choices=choices, all_of_it=True, by=recruiter)

    assert [line.verdict for line in lines] == [Verdict.READY, Verdict.ASIDE, Verdict.ASIDE]
    assert [[choice.value for choice in line.choices] for line in lines[1:]] == [[SKIP, NEW], [SKIP]]
    assert sorted(imported.candidates.values_list("name", flat=True)) == names
    assert (imported.rows, imported.added) == (3, len(names))


def test_a_colleagues_name_alone_asks_whether_they_apply(opening, recruiter, person):
    colleague = person("interviewer")
    turned = " ".join(reversed(colleague.name.split()))
    people = listed((turned, "private@x.example"), (recruiter.name, "mine@x.example"))

    theirs, own = compare(people.people, opening, by=recruiter)

    assert (theirs.verdict, own.verdict) == (Verdict.ASKED, Verdict.ASKED)
    assert [choice.value for choice in theirs.choices] == [f"colleague-{colleague.pk}", NEW, SKIP]
    assert [choice.value for choice in own.choices] == [NEW, SKIP]
    with pytest.raises(ValidationError, match="rows 2, 3"):
        bring_in(people, opening, choices={}, all_of_it=True, by=recruiter)


def test_a_colleague_who_applies_under_a_private_address_does_not_see_it(opening, recruiter, person):
    colleague, manager = person("interviewer"), person("manager")
    people = listed((colleague.name, "private@x.example"), (manager.name, "namesake@x.example"))

    bring_in(people, opening, choices={2: f"colleague-{colleague.pk}", 3: NEW}, all_of_it=True, by=recruiter)

    application = opening.applications.get(candidate__email="private@x.example")
    assert application.candidate.colleague == colleague
    assert not Application.objects.visible_to(colleague).filter(pk=application.pk).exists()
    assert Candidate.objects.get(email="namesake@x.example").colleague is None


def test_what_the_reader_may_not_see_is_not_told(opening, recruiter, confidential):
    by_name, by_address = compare(
        listed(("Hidden Person", "another@x.example"), ("Somebody", "hidden@example.org")).people, opening, by=recruiter
    )

    assert (by_name.verdict, by_name.said) == (Verdict.READY, "")
    assert "Hidden Person" not in by_address.said


def test_who_was_erased_comes_back_only_on_purpose(opening, other, person):
    recruiter, alma = person("recruiter"), Candidate.objects.get(email="alma@x.example")
    erase_candidate(alma, by=recruiter, reason="asked")
    people = listed(("Alma Reyes", "Alma@X.example".lower()))

    with pytest.raises(ValidationError, match="row 2"):
        bring_in(people, opening, choices={}, all_of_it=True, by=recruiter)

    assert bring_in(people, opening, choices={2: NEW}, all_of_it=True, by=recruiter).added == 1


def test_all_of_it_waits_for_every_decision_and_nothing_is_half_done(opening, recruiter, other):
    people = listed(("Somebody New", "new@x.example"), ("Alma Reyes", "second@x.example"))
    before = Candidate.objects.count()

    with pytest.raises(ValidationError, match="row 3"):
        bring_in(people, opening, choices={}, all_of_it=True, by=recruiter)
    assert Candidate.objects.count() == before

    imported = bring_in(people, opening, choices={}, all_of_it=False, by=recruiter)
    assert (imported.rows, imported.added, imported.joined) == (2, 1, 0)


def test_choices_are_followed(opening, recruiter, other):
    alma = Candidate.objects.get(email="alma@x.example")
    people = listed(("Alma Reyes", "a2@x.example"), ("Alma Reyes", "a3@x.example"), ("Alma Reyes", "a4@x.example"))
    choices = {2: str(alma.pk), 3: NEW, 4: SKIP}

    imported = bring_in(people, opening, choices=choices, all_of_it=True, by=recruiter)

    assert (imported.added, imported.joined) == (1, 1)
    addresses = imported.applications.values_list("candidate__email", flat=True)
    assert set(addresses) == {"alma@x.example", "a3@x.example"}


def test_a_choice_that_was_not_offered_decides_nothing(opening, recruiter, other):
    stranger = Candidate.objects.exclude(email="alma@x.example").first()
    people = listed(("Alma Reyes", "a2@x.example"))

    with pytest.raises(ValidationError, match="row 2"):
        bring_in(people, opening, choices={2: str(stranger.pk)}, all_of_it=True, by=recruiter)


def test_code_names_differ_and_every_application_is_on_the_trail(opening, recruiter):
    pairs = [(f"Person {letter * 3}", f"{letter}@x.example") for letter in "abcdefgh"]

    imported = bring_in(listed(*pairs), opening, choices={}, all_of_it=True, by=recruiter)

    codes = opening.applications.exclude(code_name="").values_list("code_name", flat=True)
    assert len(set(codes)) == len(codes)
    made = Event.objects.filter(kind="application.created", subject_id__in=imported.applications.values("pk"))
    assert made.count() == 8
    event = Event.objects.get(kind="candidates.imported")
    assert event.detail == {"opening": opening.pk, "rows": 8, "added": 8, "joined": 0}


def test_taken_back_as_one_known_people_stay(opening, recruiter, other):
    people = listed(("Somebody New", "new@x.example"), ("Alma Reyes", "alma@x.example"))
    imported = bring_in(people, opening, choices={}, all_of_it=True, by=recruiter)
    before = opening.applications.count()

    take_back(imported, by=recruiter)

    assert opening.applications.count() == before - 2
    assert not Candidate.objects.filter(email="new@x.example").exists()
    assert Candidate.objects.filter(email="alma@x.example").exists()
    with pytest.raises(ValidationError, match="already"):
        take_back(imported, by=recruiter)


def test_what_was_built_on_keeps_the_whole_list(opening, recruiter, tomorrow):
    people = listed(("Somebody New", "new@x.example"), ("Another", "another@x.example"))
    imported = bring_in(people, opening, choices={}, all_of_it=True, by=recruiter)
    application = imported.applications.get(candidate__email="new@x.example")
    Interview.objects.create(application=application, round=opening.rounds.first(), starts_at=tomorrow, due_at=tomorrow)

    assert built_on(imported) == ["1 with interviews"]
    with pytest.raises(ValidationError, match="1 with interviews"):
        take_back(imported, by=recruiter)
    assert imported.applications.count() == 2


def test_who_applied_elsewhere_meanwhile_stays_a_candidate(opening, recruiter, other):
    imported = bring_in(listed(("Somebody New", "new@x.example")), opening, choices={}, all_of_it=True, by=recruiter)
    add_candidate(other, name="Somebody New", email="new@x.example", by=recruiter)

    take_back(imported, by=recruiter)

    assert Application.objects.get(candidate__email="new@x.example").opening == other


def test_two_people_of_one_list_may_share_an_address_where_it_is_meant(opening, recruiter):
    first = Person(2, "Ann Agency", "jobs@agency.example")
    second = Person(3, "Ben Agency", "jobs@agency.example", doubt="Row 2 has the same address for Ann Agency.")
    both = Listed([first, second], "0" * 64)

    with pytest.raises(ValidationError, match="row 3"):
        bring_in(both, opening, choices={}, all_of_it=True, by=recruiter)

    assert bring_in(both, opening, choices={3: NEW}, all_of_it=True, by=recruiter).added == 2


def test_whoever_has_no_address_comes_in_and_is_known_by_the_name_alone(opening, recruiter, other):
    nobody = Candidate.objects.create(name="Somebody Erased", email="")
    Application.objects.create(candidate=nobody, opening=other)
    erase_candidate(nobody, by=recruiter, reason="asked")
    people = listed(("Somebody New", ""), ("Alma Reyes", ""))

    new, alma = compare(people.people, opening, by=recruiter)
    assert (new.verdict, new.said) == (Verdict.READY, "No address.")
    assert (alma.verdict, alma.said) == (Verdict.ASKED, "A candidate of this name is known: alma@x.example.")

    imported = bring_in(people, opening, choices={3: NEW}, all_of_it=True, by=recruiter)
    assert list(imported.candidates.values_list("name", "email")) == [("Alma Reyes", ""), ("Somebody New", "")]
    again = compare(listed(("Somebody New", ""), ("Somebody Else", "")).people, opening, by=recruiter)
    assert [line.said for line in again] == [
        "A candidate of this name is in this opening: without an address.",
        "No address.",
    ]


# --- what each row is told, and which choices it has -------------------------------
def line_of(opening, by, name, email, **more):
    [line] = compare([Person(2, name, email, **more)], opening, by=by)
    return line


def labels(line) -> dict[str, str]:
    return {choice.value: choice.label for choice in line.choices}


def test_a_row_that_cannot_be_used_says_why_and_offers_nothing(opening, recruiter):
    bad = line_of(opening, recruiter, "", "x", problem="The name is missing.")
    own = line_of(opening, recruiter, "Me", recruiter.email)

    assert (bad.verdict, bad.said, bad.choices) == (Verdict.BAD, "The name is missing.", ())
    assert (own.verdict, own.said, own.choices) == (Verdict.BAD, "This is your own address.", ())


def test_somebody_known_at_the_address_joins_and_somebody_here_does_not(opening, recruiter, other):
    alma, here = Candidate.objects.get(email="alma@x.example"), opening.applications.first().candidate

    joins = line_of(opening, recruiter, "Reyes Alma", "alma@x.example")
    stays = line_of(opening, recruiter, here.name, here.email)

    assert (joins.said, joins.joins) == ("Has applied for another opening.", alma)
    assert (stays.said, stays.joins) == ("Is in this opening already.", None)


def test_another_name_at_a_known_address_may_be_either(opening, recruiter, other):
    alma = Candidate.objects.get(email="alma@x.example")

    elsewhere = line_of(opening, recruiter, "Bruno Costa", "alma@x.example")
    there = line_of(other.applications.get().opening, recruiter, "Bruno Costa", "alma@x.example")

    assert elsewhere.said == "This address is that of Alma Reyes."
    assert labels(elsewhere) == {
        str(alma.pk): "It is Alma Reyes",
        NEW: "Somebody else with the same address",
        SKIP: "Leave out",
    }
    assert str(alma.pk) not in labels(there)


def test_a_known_name_at_another_address_may_be_the_same_person(opening, recruiter, other):
    alma = Candidate.objects.get(email="alma@x.example")

    elsewhere = line_of(opening, recruiter, "Reyes Alma", "second@x.example")
    there = line_of(other, recruiter, "Reyes Alma", "second@x.example")

    assert elsewhere.said == "A candidate of this name is known: alma@x.example."
    assert labels(elsewhere)[str(alma.pk)] == "The same person as alma@x.example, whose address stays"
    assert there.said == "A candidate of this name is in this opening: alma@x.example."
    assert set(labels(there)) == {NEW, SKIP}


def test_of_several_of_a_name_those_of_this_opening_are_said_to_be_here(opening, recruiter, other):
    alma = Candidate.objects.get(email="alma@x.example")
    add_candidate(opening, name="Alma Reyes", email="here@x.example", by=recruiter, is_new=True)

    line = line_of(opening, recruiter, "Alma Reyes", "third@x.example")

    assert line.said == "A candidate of this name is in this opening: here@x.example."
    assert set(labels(line)) == {str(alma.pk), NEW, SKIP}


def test_a_colleagues_address_and_a_doubt_of_the_list_are_asked_about(opening, recruiter):
    colleague = line_of(opening, recruiter, "Some Body", "interviewer@example.com")
    doubted = line_of(opening, recruiter, "Some Body", "some@x.example", doubt="Row 1 has the same address.")

    assert (colleague.said, labels(colleague)[NEW]) == ("This is a colleague’s address.", "The colleague applies")
    assert (doubted.said, labels(doubted)) == (
        "Row 1 has the same address.",
        {NEW: "Somebody else", SKIP: "Leave out"},
    )


def test_a_namesake_without_an_address_stays_without_one(opening, recruiter, other):
    nobody = Candidate.objects.create(name="Ana Diaz", email="")
    Application.objects.create(candidate=nobody, opening=other)

    line = line_of(opening, recruiter, "Ana Diaz", "ana@x.example")

    assert labels(line)[str(nobody.pk)] == "The same person, who stays without an address"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "row 2."), (2, "rows 2, 3."), (5, "rows 2, 3, 4, 5, 6."), (7, "rows 2, 3, 4, 5, 6 and 2 more.")],
)
def test_rows_that_wait_are_named_up_to_five(opening, recruiter, other, number, words):
    people = listed(*[("Alma Reyes", f"{at}@x.example") for at in range(number)])

    with pytest.raises(ValidationError) as caught:
        bring_in(people, opening, choices={}, all_of_it=True, by=recruiter)

    assert caught.value.messages == [f"Not everybody is ready. Decide on or correct {words}"]


def test_a_list_with_nobody_to_bring_in_is_no_import(opening, recruiter):
    here = opening.applications.first().candidate

    with pytest.raises(ValidationError, match="There is nobody to import"):
        bring_in(listed((here.name, here.email)), opening, choices={}, all_of_it=False, by=recruiter)

    assert not opening.imports.exists()


def test_into_a_closed_opening_nobody_comes(opening, recruiter):
    close_opening(opening, outcome="filled", by=recruiter)

    with pytest.raises(ValidationError, match="This opening is closed"):
        bring_in(listed(("Somebody New", "new@x.example")), opening, choices={}, all_of_it=True, by=recruiter)


def test_two_rows_that_are_one_known_person_join_once(opening, recruiter, other):
    alma = Candidate.objects.get(email="alma@x.example")
    people = listed(("Alma Reyes", "alma@x.example"), ("Alma Reyes", "second@x.example"))

    imported = bring_in(people, opening, choices={3: str(alma.pk)}, all_of_it=True, by=recruiter)

    assert (imported.rows, imported.added, imported.joined) == (2, 0, 1)


def test_taking_back_is_on_record_with_who_and_how_many(opening, recruiter, other):
    people = listed(("Somebody New", "new@x.example"), ("Alma Reyes", "alma@x.example"))
    imported = bring_in(people, opening, choices={}, all_of_it=True, by=recruiter)
    keys = set(imported.applications.values_list("pk", flat=True))

    take_back(imported, by=recruiter)

    imported.refresh_from_db()
    assert imported.undone_by == recruiter
    assert Event.objects.get(kind="candidates.import_undone").detail == {"applications": 2}
    taken = Event.objects.filter(kind="application.taken_back").values_list("subject_id", flat=True)
    assert set(taken) == keys


def test_a_note_on_a_new_person_keeps_the_list(opening, recruiter):
    imported = bring_in(listed(("Somebody New", "new@x.example")), opening, choices={}, all_of_it=True, by=recruiter)
    imported.candidates.get().holds.create(reason="Case 7", imposed_by=recruiter)

    assert built_on(imported) == ["1 with other records"]
    imported.applications.get().state_changes.create(state="on_hold", by=recruiter)
    assert built_on(imported) == ["1 with other records"]  # one person, whatever it is about
    with pytest.raises(ValidationError, match="can no longer be undone"):
        take_back(imported, by=recruiter)


def test_a_row_that_is_a_known_candidate_keeps_the_account_of_its_address(opening, other, recruiter, person):
    alma = Candidate.objects.get(email="alma@x.example")
    rows = listed(("Alma Reyes", "manager@example.com"))

    bring_in(rows, opening, choices={2: str(alma.pk)}, all_of_it=True, by=recruiter)

    alma.refresh_from_db()
    assert alma.colleague == person("manager")
    assert not Application.objects.visible_to(person("manager")).filter(candidate=alma).exists()


@pytest.fixture
def joined_lists(opening, recruiter, other):
    """Two lists that brought the same new person under two addresses, who were merged since; and who they are."""
    first = bring_in(listed(("Zoe Adler", "zoe@x.example")), opening, choices={}, all_of_it=True, by=recruiter)
    again = listed(("Zoe Adler", "zoe@y.example"))
    second = bring_in(again, other, choices={2: NEW}, all_of_it=True, by=recruiter)
    stays = merge_candidates(first.candidates.get(), second.candidates.get(), by=recruiter)
    return first, second, stays


@pytest.mark.parametrize("turned", [False, True])
def test_nobody_stays_whom_two_lists_brought_and_both_took_back(joined_lists, recruiter, turned):
    first, second, stays = joined_lists
    one, another = (second, first) if turned else (first, second)

    take_back(one, by=recruiter)
    assert stays.applications.count() == 1
    take_back(another, by=recruiter)

    assert not Candidate.objects.filter(applications=None).exists()


def test_whom_a_list_alone_holds_keeps_it_while_something_names_them(joined_lists, recruiter):
    first, second, stays = joined_lists
    take_back(first, by=recruiter)
    stays.holds.create(reason="Case 7", imposed_by=recruiter)

    assert built_on(second) == ["1 with other records"]
    with pytest.raises(ValidationError, match="can no longer be undone"):
        take_back(second, by=recruiter)
    assert stays.applications.count() == 1


def test_a_row_that_says_the_same_as_another_is_told_and_comes_in_once(opening, recruiter):
    rows = [(2, ("Zoe Adler", "zoe@x.example")), (3, ("zoe adler", "ZOE@x.example"))]
    people = roster.people(rows, roster.Layout((roster.Means.NAME, roster.Means.EMAIL), 2), is_address=is_address)

    lines = compare(people, opening, by=recruiter)
    imported = bring_in(Listed(people, "0" * 64), opening, choices={}, all_of_it=True, by=recruiter)

    assert [line.verdict for line in lines] == [Verdict.READY, Verdict.HERE]
    assert lines[1].said == "Row 2 has the same name and address."
    assert (imported.rows, imported.added) == (2, 1)
