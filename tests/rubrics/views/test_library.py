"""The library's pages: what is shown and found, and copying by its buttons."""

import pytest
from django.urls import reverse

from rubrics.models import LibraryEntry
from rubrics.services import import_plan, start_rubric
from tests.pages import html_of
from tests.rubrics.role_documents import plan_of, table

LIBRARY = reverse("rubric_library")


@pytest.fixture
def recruiter(client_of):
    return client_of("recruiter")


@pytest.fixture
def draft(published_version, person):
    return start_rubric("Shepherd", language="de", by=person("recruiter"))


def called(response, part="starters"):
    return [hit.called for hit in response.context[part]]


def copy(client, draft, *, query="", **sent):
    return client.post(f"{reverse('library_copy', args=[draft.pk])}{query}", sent, follow=True)


def test_the_page_shows_the_starter_set_and_what_is_published(recruiter, published_version):
    response = recruiter.get(LIBRARY)

    assert len(called(response)) >= 20
    assert len(called(response, "published")) == min(50, LibraryEntry.objects.count())
    assert "There is no draft to copy into" in html_of(response)
    assert "Copy into draft" not in html_of(response)


def test_the_starter_set_is_in_the_language_of_the_draft_or_the_one_asked_for(recruiter, draft):
    assert "starter:de:planning" in called(recruiter.get(LIBRARY))
    assert "starter:en:planning" in called(recruiter.get(LIBRARY, {"language": "en"}))
    assert "starter:de:planning" in called(recruiter.get(LIBRARY, {"language": "xx", "draft": draft.pk}))


def test_a_search_finds_in_both(recruiter, published_version):
    dimension = published_version.dimensions.all()[0]

    response = recruiter.get(LIBRARY, {"q": dimension.name})
    others = recruiter.get(LIBRARY, {"q": "delegation"})

    names = [hit.source.name for hit in response.context["published"]]
    assert dimension.name in names
    assert called(others)[0] == "starter:en:delegation"


def test_the_words_of_an_anchor_find_its_dimension(recruiter, published_version):
    dimension = published_version.dimensions.filter(anchors__level=3)[0]
    word = max(dimension.anchors.get(level=3).text.split(), key=len).strip(".,;:")

    response = recruiter.get(LIBRARY, {"q": word, "kind": "dimension"})

    assert dimension.name in [hit.source.name for hit in response.context["published"]]


def test_a_dimension_stands_before_its_questions_and_before_what_only_mentions_it(recruiter, person):
    question = "A question on tact: what does it cost?"
    markup = table("Criterion|Question|1|3|5", f"Tact|{question}|shouts|asks|calms", "Aplomb|Why?|a|has tact|c")
    import_plan(
        plan_of(f"<h1>Interview scorecard: usher</h1>{markup}"), filename="x", by=person("recruiter"), publish=True
    )

    response = recruiter.get(LIBRARY, {"q": "tact"})

    assert [hit.source.name for hit in response.context["published"]] == ["Tact", question, "Aplomb"]


def test_a_search_without_a_hit_says_so(recruiter, draft):
    assert "Nothing found for “qqqqqq”" in html_of(recruiter.get(LIBRARY, {"q": "qqqqqq"}))


@pytest.mark.parametrize("kind", ["exercise", "signal"])
def test_one_kind_alone_can_be_shown(recruiter, published_version, kind):
    response = recruiter.get(LIBRARY, {"kind": kind})

    assert called(response) == []
    assert {hit.source.kind for hit in response.context["published"]} == {kind}


def test_more_than_a_page_is_reached_by_pages(recruiter, published_version, monkeypatch):
    monkeypatch.setattr("rubrics.views.library.PAGE", 2)

    first = recruiter.get(LIBRARY, {"kind": "signal"})
    second = recruiter.get(LIBRARY, {"kind": "signal", "page": "2"})

    assert "?kind=signal&amp;page=2#published" in html_of(first)
    assert called(first, "published") != called(second, "published")


def test_a_copy_comes_back_to_the_page_and_the_draft_says_where_from(recruiter, draft):
    response = copy(recruiter, draft, query="?q=planung&language=de", source="starter:de:planning", with_signals="on")

    assert response.redirect_chain == [(f"{LIBRARY}?q=planung&language=de#starter-de-planning", 302)]
    assert "Copied into the draft of “Shepherd”: Planung" in html_of(response)
    assert "in this draft" in html_of(response)
    assert draft.signals.count() == 4
    for page in ("rubric_version", "rubric_edit"):
        assert "From the library: starter set" in html_of(recruiter.get(reverse(page, args=[draft.pk])))


def test_a_published_dimension_is_copied_with_a_link_to_its_version(recruiter, draft, published_version):
    entry = LibraryEntry.objects.filter(kind="dimension")[0]

    copy(recruiter, draft, source=f"entry:{entry.pk}")

    page = html_of(recruiter.get(reverse("rubric_edit", args=[draft.pk])))
    assert f'<a href="{reverse("rubric_version", args=[published_version.pk])}">' in page
    assert draft.dimensions.get().name == entry.dimension.name


def test_a_refused_copy_is_told(recruiter, draft):
    for _ in range(2):
        response = copy(recruiter, draft, source="starter:de:planning")

    assert response.status_code == 422
    assert '<a href="#starter-de-planning">This draft already has a dimension called “Planung”' in html_of(response)


@pytest.mark.parametrize("source", ["", "starter:de:nothing", "starter:xx:planning", "entry:0", "entry:x", "entry:²"])
def test_what_the_library_does_not_have_is_refused(recruiter, draft, source):
    response = copy(recruiter, draft, source=source)

    assert (response.status_code, response.context["refused"].at) == (422, "q")
    assert not draft.dimensions.exists()


def test_a_part_of_a_draft_is_refused(recruiter, draft, published_version):
    entry = LibraryEntry.objects.filter(kind="dimension")[0]
    LibraryEntry.objects.filter(pk=entry.pk).update(version=draft)

    response = copy(recruiter, draft, source=f"entry:{entry.pk}")

    assert (response.status_code, response.context["refused"].at) == (422, "q")
    assert not draft.dimensions.exists()


def test_what_was_published_meanwhile_takes_nothing(recruiter, published_version):
    response = copy(recruiter, published_version, source="starter:de:planning")

    assert response.redirect_chain == [(reverse("rubric_version", args=[published_version.pk]), 302)]
    assert "This version is published and cannot change" in html_of(response)
