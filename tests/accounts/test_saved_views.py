"""Views of lists that somebody keeps: their own alone, without search words."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import SavedView, User
from accounts.saved_views import MOST, kept, remove_view, save_view
from tests.pages import html_of

LIST, QUERY = "people", "role=recruiter&sort=-since"


@pytest.fixture
def administrator(person):
    return person("admin")


def test_a_kept_view_stands_above_its_list_for_its_owner_alone(client_of, person):
    client = client_of("admin")
    sent = {"list": LIST, "path": reverse("people"), "name": "Newest <recruiters>", "query": QUERY}

    answer = client.post(reverse("view_save"), sent, follow=True)

    page = html_of(answer)
    assert answer.redirect_chain[0][0] == f"{reverse('people')}?{QUERY}"
    assert f'href="?{QUERY.replace("&", "&amp;")}" aria-current="true">Newest &lt;recruiters&gt;' in page
    User.objects.filter(pk=person("manager").pk).update(is_administrator=True)
    assert "Newest" not in html_of(client_of("manager").get(reverse("people")))


def test_one_view_serves_every_opening_and_no_other_list(client_of, sample):
    client, path = client_of("recruiter"), reverse("opening", args=[1])
    save = {"list": "opening", "path": path, "name": "Late ones", "query": "late=yes"}

    client.post(reverse("view_save"), save)

    assert SavedView.objects.get().list_name == "opening"
    assert "eh-own-view" in html_of(client.get(path))
    assert "eh-own-view" not in html_of(client.get(reverse("candidate_list")))


def test_search_words_and_the_page_are_not_kept(administrator):
    saved = save_view(list_name=LIST, name="Mine", query=f"q=Alma+Reyes&{QUERY}&after=7&from=51", by=administrator)

    assert saved.query == QUERY
    assert kept("q=Alma&end=1") == ""


def test_the_same_name_replaces(administrator):
    for query in ("sort=name", "sort=-name"):
        save_view(list_name=LIST, name="Mine", query=query, by=administrator)

    assert SavedView.objects.get().query == "sort=-name"


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        (" ", QUERY, "Give the view a name"),
        ("x" * 61, QUERY, "Shorten it"),
        ("Mine", "q=Alma", "Sort or filter it first"),
        ("Mine", "column=" + "x" * 1000, "too many"),
    ],
)
def test_what_cannot_be_kept_is_said(administrator, name, query, words):
    with pytest.raises(ValidationError, match=words):
        save_view(list_name=LIST, name=name, query=query, by=administrator)

    assert not SavedView.objects.exists()


def test_there_is_an_end_to_the_views_of_a_list(administrator):
    for number in range(MOST):
        save_view(list_name=LIST, name=f"View {number}", query=QUERY, by=administrator)

    with pytest.raises(ValidationError, match="Remove one first"):
        save_view(list_name=LIST, name="One more", query=QUERY, by=administrator)
    save_view(list_name="candidate_list", name="One more", query=QUERY, by=administrator)
    save_view(list_name=LIST, name="View 1", query="sort=name", by=administrator)


def test_a_view_is_removed_by_its_owner_alone(administrator, person, client_of):
    view = save_view(list_name=LIST, name="Mine", query=QUERY, by=administrator)

    with pytest.raises(SavedView.DoesNotExist):
        remove_view(view, by=person("recruiter"))
    answer = client_of("admin").post(reverse("view_remove", args=[view.pk]), {"path": "//elsewhere.example/"})

    assert not SavedView.objects.exists()
    assert answer["Location"] == reverse("home")
