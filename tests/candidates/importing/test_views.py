"""The pages of a list: chosen, checked by its columns, decided on, brought in, taken back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from candidates.models import Candidate, CandidateImport
from candidates.services import add_candidate, create_opening
from tests.rubrics.office_files import xlsx

ROWS = [["Applicants", ""], ["Name", "E-mail"], ["Nia Brandt", "nia@x.example"], ["Øyvind Å", "oy@x.example"]]


@pytest.fixture
def recruiter(client_of):
    return client_of("recruiter")


@pytest.fixture
def address(opening) -> str:
    return reverse("candidate_import_new", args=[opening.pk])


def sent_on(response, **more: str) -> dict[str, str]:
    """What the form of the preview sends, as it stands, with a button."""
    page = LexborHTMLParser(response.content.decode())
    sent = {"signed": page.css_first("input[name=signed]").attributes["value"]}
    sent["first"] = page.css_first("input[name=first]").attributes["value"]
    for select in page.css("main select"):
        chosen = select.css_first("option[selected]")
        sent[select.attributes["name"]] = chosen.attributes["value"] if chosen else ""
    return sent | more


def test_a_workbook_is_checked_brought_in_and_taken_back(recruiter, address, opening):
    file = SimpleUploadedFile("people.xlsx", xlsx({"People": ROWS}))
    preview = recruiter.post(address, {"file": file})
    assert "2 rows:" in preview.content.decode()
    assert not Candidate.objects.filter(email="nia@x.example").exists()

    done = recruiter.post(address, sent_on(preview, bring="all"), follow=True)

    imported = CandidateImport.objects.get()
    assert done.redirect_chain[-1][0] == reverse("candidate_import", args=[imported.pk])
    assert "Øyvind Å" in done.content.decode()
    recruiter.post(reverse("candidate_import_undo", args=[imported.pk]))
    assert not Candidate.objects.filter(email="nia@x.example").exists()
    assert "Undone by" in recruiter.get(done.redirect_chain[-1][0]).content.decode()


def test_columns_are_chosen_by_hand_where_they_are_not_recognised(recruiter, address):
    preview = recruiter.post(address, {"pasted": "a@x.example;b@x.example;Nia Brandt\nc@x.example;d@x.example;Bo Li"})
    swapped = sent_on(preview, column_0="nothing", column_1="email", column_2="name")

    again = recruiter.post(address, swapped)

    assert "b@x.example" in again.content.decode()
    assert recruiter.post(address, sent_on(again, bring="all")).status_code == 302
    assert Candidate.objects.filter(email="d@x.example", name="Bo Li").exists()


def test_two_columns_cannot_mean_the_same(recruiter, address):
    preview = recruiter.post(address, {"pasted": "Nia Brandt <nia@x.example>"})

    response = recruiter.post(address, sent_on(preview, column_0="email", bring="all"))

    assert response.status_code == 422
    assert "Another column is the e-mail address already" in response.content.decode()


def test_bad_rows_are_named_and_the_good_ones_can_go_alone(recruiter, address):
    preview = recruiter.post(address, {"pasted": "Name,E-mail\nNia Brandt,nia@x.example\n12345,no@x.example"})
    page = LexborHTMLParser(preview.content.decode())
    assert "no letters" in page.css_first("section[aria-labelledby=bad]").text()
    assert page.css_first("button[value=all]") is None

    assert recruiter.post(address, sent_on(preview, bring="all")).status_code == 422
    assert recruiter.post(address, sent_on(preview, bring="ready")).status_code == 302
    assert CandidateImport.objects.get().added == 1


TOTALLED = [*ROWS, ["Name", "E-mail"], ["Bo Li", ""], ["Total: 3", ""], ["Stand: 1.12.2026", ""]]


def test_totals_and_notes_are_named_and_stay_out(recruiter, address):
    preview = recruiter.post(address, {"file": SimpleUploadedFile("people.xlsx", xlsx({"People": TOTALLED}))})
    page = preview.content.decode()
    recruiter.post(address, sent_on(preview, bring="all"))

    assert "3 ready, 3 left out" in " ".join(page.split())
    assert "1 without an e-mail address" in page
    for said in ("This is the heading again.", "This looks like a total", "This looks like a note"):
        assert page.count(said) == 1
    assert CandidateImport.objects.get().added == 3


def test_whoever_is_taken_for_a_total_comes_in_where_somebody_says_so(recruiter, address):
    preview = recruiter.post(address, {"pasted": "Name\tE-mail\nBo Li\tbo@x.example\nSumma\t\nTotal\t"})
    recruiter.post(address, sent_on(preview, bring="all", row_4="new"))

    imported = CandidateImport.objects.get()
    assert sorted(imported.candidates.values_list("name", flat=True)) == ["Bo Li", "Summa", "Total"]


def test_a_doubt_is_asked_about_and_refused_at_the_top_until_it_is_decided(recruiter, address, opening, person):
    other = create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))
    add_candidate(other, name="Nia Brandt", email="first@x.example", by=person("recruiter"))
    preview = recruiter.post(address, {"pasted": "Nia Brandt <nia@x.example>"})

    refused = recruiter.post(address, sent_on(preview, bring="all"))

    assert refused.status_code == 422
    assert "row 1" in LexborHTMLParser(refused.content.decode()).css_first(".eh-error-summary").text()
    assert recruiter.post(address, sent_on(refused, row_1="new", bring="all")).status_code == 302
    assert Candidate.objects.filter(name="Nia Brandt").count() == 2


def test_the_same_form_sent_twice_brings_in_once(recruiter, address):
    preview = recruiter.post(address, {"pasted": "Nia Brandt <nia@x.example>"})
    sent = sent_on(preview, bring="all", csrfmiddlewaretoken="x" * 64)

    first, second = recruiter.post(address, sent), recruiter.post(address, sent)

    assert first.url == second.url
    assert CandidateImport.objects.count() == 1


@pytest.mark.parametrize("change", [lambda text: text[:-3] + "abc", lambda _: "x:y:z", lambda _: ""])
def test_a_list_that_was_changed_on_its_way_is_refused(recruiter, address, change):
    preview = recruiter.post(address, {"pasted": "Nia Brandt <nia@x.example>"})
    sent = sent_on(preview, bring="all")

    response = recruiter.post(address, sent | {"signed": change(sent["signed"])})

    assert response.status_code == 422
    assert "Choose it again" in response.content.decode()


def test_a_list_of_one_opening_is_none_of_another(recruiter, address, opening, person):
    other = create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))
    preview = recruiter.post(address, {"pasted": "Nia Brandt <nia@x.example>"})

    response = recruiter.post(reverse("candidate_import_new", args=[other.pk]), sent_on(preview, bring="all"))

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a file, or paste the list below."),
        ({"pasted": "   \n \n"}, "Choose a file, or paste"),
        ({"file": SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + bytes(60))}, "picture"),
        ({"file": SimpleUploadedFile("x.csv", b"a,b\n" * 10_001)}, "10,001 rows"),
        ({"file": SimpleUploadedFile("x.csv", b"a@x.example,A"), "pasted": "B <b@x.example>"}, "not both"),
    ],
)
def test_what_cannot_be_read_says_why(recruiter, address, sent, says):
    for value in sent.values():
        if not isinstance(value, str):
            value.seek(0)

    response = recruiter.post(address, sent)

    assert response.status_code == 422
    assert says in response.content.decode()


def test_the_page_names_who_is_in_nobody_elses_list(recruiter, address, opening, confidential):
    recruiter.post(address, sent_on(recruiter.post(address, {"pasted": "Nia B <nia@x.example>"}), bring="all"))
    imported = CandidateImport.objects.get()
    CandidateImport.objects.filter(pk=imported.pk).update(opening=confidential)

    assert recruiter.get(reverse("candidate_import", args=[imported.pk])).status_code == 404


def test_markup_in_a_name_is_shown_as_it_is_written(recruiter, address):
    preview = recruiter.post(address, {"pasted": "Name,E-mail\n<b>Nia</b>,nia@x.example"}).content.decode()

    assert re.search(r"&lt;b&gt;Nia&lt;/b&gt;", preview)


def test_rows_that_are_not_shown_are_counted_and_one_button_away_without_losing_a_choice(recruiter, address, opening):
    stored = opening.applications.select_related("candidate").first().candidate
    people = [f"Nia {'abcdefghijklmnopqrstuvwxyzåæ'[at]} Brandt,nia{at}@x.example" for at in range(27)]
    preview = recruiter.post(address, {"pasted": "\n".join(["Name,E-mail", *people, f"{stored.name},else@x.example"])})
    page = LexborHTMLParser(preview.content.decode())
    choice = page.css_first("section[aria-labelledby=asked] select")
    chosen = {choice.attributes["name"]: choice.css("option")[1].attributes["value"]}

    whole = recruiter.post(address, sent_on(preview, rows="all") | chosen).content.decode()

    [button] = page.css("button[name=rows]")
    assert "The first 25 of 27 are shown." in button.parent.text()
    assert button.attributes["formaction"] == "#ready"
    assert "nia26@x.example" not in preview.content.decode()
    assert "nia26@x.example" in whole
    assert "are shown" not in whole
    kept = LexborHTMLParser(whole).css_first(f"select[name={choice.attributes['name']}] option[selected]")
    assert kept.attributes["value"] in chosen.values()


def test_a_list_for_a_closed_opening_is_refused_before_its_preview(recruiter, address, opening):
    listed = {"pasted": "Nia Brandt <nia@x.example>"}
    preview = recruiter.post(address, listed)
    recruiter.post(reverse("opening_close", args=[opening.pk]), {"outcome": "unfilled"})

    read, brought = recruiter.post(address, listed), recruiter.post(address, sent_on(preview, bring="all"))

    for refused in (read, brought):
        assert refused.status_code == 422
        assert "This opening is closed. Open it again first." in refused.content.decode()
        assert 'name="signed"' not in refused.content.decode()
    assert "nia@x.example" in read.content.decode()
    assert not Candidate.objects.filter(email="nia@x.example").exists()
