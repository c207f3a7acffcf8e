"""The rubric pages: what each shows to whom, an import by way of its preview, and refusals in words."""

import html
from fractions import Fraction

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from rubrics.models import Rubric, RubricVersion
from rubrics.services import publish_version
from rubrics.shares import number_shown
from tests.pages import html_of
from tests.rubrics.drafting import write
from tests.rubrics.role_documents import SAMPLE

SUPPORT = SAMPLE.with_name("customer-support-lead.html")


def page(client: Client, name: str, *args: int) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return html.unescape(html_of(response))


def messages_of(response: HttpResponse) -> list[str]:
    """What the page that a form led to says at its top."""
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def recruiter(client_of) -> Client:
    return client_of("recruiter")


# --- the list ---


def test_the_list_has_drafts_for_those_who_manage_rubrics_alone(client_of, draft_version):
    for name, drafts in (("recruiter", 1), ("admin", 1), ("manager", 0), ("interviewer", 0)):
        text = page(client_of(name), "rubric_list")

        assert text.count("version 1") == 1, name
        assert text.count("version 2") == drafts, name


def test_only_those_who_manage_rubrics_are_led_to_the_import(client_of, sample):
    address = reverse("blueprint_import")

    assert address in page(client_of("recruiter"), "rubric_list")
    assert address not in page(client_of("interviewer"), "rubric_list")


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"is_recruiter": True}, "Import a role’s blueprint, review the draft"),
        ({}, "once a recruiter or an administrator has published"),
    ],
)
def test_an_empty_list_says_what_comes_next(db, client, roles, words):
    client.force_login(User.objects.create_user("first@example.com", name="First", **roles))

    assert words in page(client, "rubric_list")


def test_versions_are_found_by_the_title_of_their_rubric(client_of, draft_version):
    title = draft_version.rubric.title
    backwards = " ".join(reversed(title.upper().split()))

    found = client_of("recruiter").get(reverse("rubric_list"), {"q": backwards}).context["versions"]

    assert [version.number for version in found] == [2, 1]


def test_a_search_finds_no_draft_for_those_who_see_none(client_of, draft_version):
    found = client_of("interviewer").get(reverse("rubric_list"), {"q": draft_version.rubric.title})

    assert [version.number for version in found.context["versions"]] == [1]
    assert "1 version" in found.content.decode()


def test_a_list_without_matches_leads_back_to_all(client_of, sample):
    answer = client_of("interviewer").get(reverse("rubric_list"), {"q": "zyzzyva"})
    text = html.unescape(html_of(answer))

    assert "Nothing found for “zyzzyva”" in text
    assert 'href="?">Show all' in text


# --- one version ---


def test_a_version_shows_every_level_of_every_dimension(recruiter, published_version):
    text = page(recruiter, "rubric_version", published_version.pk)

    for dimension in published_version.dimensions.prefetch_related("anchors"):
        assert f'<h3><bdi lang="en">{dimension.name}</bdi>' in text
        for anchor in dimension.anchors.all():
            assert anchor.text in text
    assert text.count("no wording") == 8 * 3
    assert "3 · Meets the bar" in text


def test_a_version_shows_signals_by_kind_in_their_order(recruiter, published_version):
    text = page(recruiter, "rubric_version", published_version.pk)

    places = [text.index(title) for title in ("Strong signals", "Weak signals", "Red flags")]
    assert places == sorted(places)
    for kind in ("strong", "weak", "red_flag"):
        rows = published_version.signals.filter(kind=kind).order_by("order")
        found = [text.index(row.text) for row in rows]
        assert found == sorted(found)


def test_a_draft_offers_to_change_it_and_other_versions_lead_to_it(recruiter, draft_version, published_version):
    draft = page(recruiter, "rubric_version", draft_version.pk)
    published = page(recruiter, "rubric_version", published_version.pk)

    for name in ("rubric_publish", "rubric_discard", "rubric_edit"):
        assert reverse(name, args=[draft_version.pk]) in draft
        assert reverse(name, args=[published_version.pk]) not in published
    assert reverse("rubric_edit", args=[draft_version.pk]) in published


def test_a_published_version_without_a_draft_offers_to_fork_it(recruiter, published_version):
    assert reverse("rubric_fork", args=[published_version.pk]) in page(
        recruiter, "rubric_version", published_version.pk
    )


def test_an_interviewer_reads_a_published_version_and_is_offered_nothing(client_of, published_version):
    text = page(client_of("interviewer"), "rubric_version", published_version.pk)

    for name in ("rubric_fork", "rubric_publish", "rubric_changes", "rubric_edit", "rubric_copy"):
        assert reverse(name, args=[published_version.pk]) not in text


def test_a_version_says_which_scores_need_evidence(client_of, draft_version, person):
    write(draft_version, {"needs_evidence_1": "on", "needs_evidence_5": "on"}, by=person("recruiter"))
    publish_version(draft_version, by=person("recruiter"))

    text = page(client_of("interviewer"), "rubric_version", draft_version.pk)

    assert "Evidence is required for scores of 1, 5." in text


@pytest.mark.parametrize(
    "name",
    [
        "rubric_version",
        "rubric_changes",
        "blueprint_read",
        "rubric_publish",
        "rubric_fork",
        "rubric_edit",
        "rubric_copy",
    ],
)
def test_a_draft_is_not_there_for_others(client_of, draft_version, name):
    client = client_of("manager")
    send = client.post if name in {"rubric_publish", "rubric_fork"} else client.get

    assert send(reverse(name, args=[draft_version.pk])).status_code == 404


def test_the_blueprint_is_shown_section_by_section(client_of, published_version):
    text = page(client_of("interviewer"), "blueprint_read", published_version.pk)

    assert published_version.blueprint is not None
    for section in published_version.blueprint.sections.all():
        assert f"{section.number}. " in text
    assert text.count("<details") == 20


def test_a_version_without_a_document_says_so(recruiter, db):
    rubric = Rubric.objects.create(slug="by-hand", title="By hand")
    version = RubricVersion.objects.create(rubric=rubric, number=1)

    assert "was not imported from a document" in page(recruiter, "blueprint_read", version.pk)


# --- publishing, forking, discarding ---


def act(client: Client, name: str, pk: int) -> HttpResponse:
    return client.post(reverse(name, args=[pk]), follow=True)


@pytest.fixture
def weighed(draft_version):
    """The draft with one weight on its first dimension and none on the others."""

    def weigh(weight):
        first = draft_version.dimensions.first()
        first.weight, first.weight_reason = weight, "Most of the work"
        first.save()
        return first

    return weigh


def test_shares_stand_beside_every_dimension_and_say_how_they_came_about(recruiter, draft_version, weighed):
    equal = page(recruiter, "rubric_version", draft_version.pk)
    first = weighed(30)
    number = draft_version.dimensions.count()
    rest = number_shown(Fraction(70, number - 1))

    text = page(recruiter, "rubric_version", draft_version.pk)

    assert equal.count("% (equal share)") == number
    assert text.count(f"{rest} % (equal share of the rest)") == number - 1
    assert "Dimensions without a weight share the remaining 70 % equally." in text
    assert "Reason for this weight: Most of the work" in text
    assert f'<span data-share="{first.pk}">30 %</span>' in page(recruiter, "rubric_edit", draft_version.pk)


def test_weights_that_cannot_be_published_say_why(recruiter, draft_version, weighed):
    weighed(130)

    text = page(recruiter, "rubric_version", draft_version.pk)

    assert "This draft cannot be published yet" in text
    assert "add up to 130 %, which leaves nothing for them" in text
    assert "0 % (nothing is left for it)" in text


def test_what_discarding_leads_to_is_said_before(recruiter, draft_version, published_version):
    assert "Discarding deletes the draft for good." in page(recruiter, "rubric_version", draft_version.pk)
    assert "Discarding" not in page(recruiter, "rubric_version", published_version.pk)


def test_a_version_leads_to_the_others_and_what_differs(recruiter, draft_version, published_version):
    text = page(recruiter, "rubric_version", published_version.pk)

    assert reverse("rubric_version", args=[draft_version.pk]) in text
    assert f"{reverse('rubric_compare', args=[published_version.pk])}?with={draft_version.pk}" in text
    assert reverse("rubric_edit", args=[draft_version.pk]) in text


def test_a_fork_leads_to_the_new_draft(recruiter, published_version):
    response = act(recruiter, "rubric_fork", published_version.pk)

    draft = RubricVersion.objects.get(state="draft")
    assert response.redirect_chain == [(reverse("rubric_edit", args=[draft.pk]), 302)]


def test_a_second_fork_leads_back_and_says_why(recruiter, published_version, draft_version):
    response = act(recruiter, "rubric_fork", published_version.pk)

    assert response.redirect_chain == [(reverse("rubric_version", args=[published_version.pk]), 302)]
    assert messages_of(response) == ["This rubric already has a draft. Edit that one."]


def test_a_discarded_draft_is_gone_and_the_list_says_so(recruiter, draft_version):
    response = act(recruiter, "rubric_discard", draft_version.pk)

    assert messages_of(response) == ["Draft discarded. You can import the same document again."]
    assert not RubricVersion.objects.filter(pk=draft_version.pk).exists()


def test_a_published_version_is_not_discarded(recruiter, published_version):
    response = act(recruiter, "rubric_discard", published_version.pk)

    assert messages_of(response) == ["This version is published and cannot be discarded."]
    assert response.redirect_chain == [(reverse("rubric_version", args=[published_version.pk]), 302)]


@pytest.mark.parametrize("name", ["rubric_fork", "rubric_discard"])
def test_nothing_is_changed_by_looking(recruiter, draft_version, name):
    assert recruiter.get(reverse(name, args=[draft_version.pk])).status_code == 405


def test_a_versions_text_is_marked_as_its_language(recruiter, draft_version, person):
    write(draft_version, {"language": "fr"}, by=person("recruiter"))

    text = page(recruiter, "rubric_version", draft_version.pk)

    assert "This rubric is in French." in text
    assert '<bdi lang="fr">Observability</bdi>' in text
    assert '<html lang="en">' in text or '<html lang="en"' in text
