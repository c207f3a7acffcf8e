"""The printed kit holds what the scoring page shows, and a form for each dimension of the round."""

import io
import subprocess

import pikepdf
import pytest

from candidates.models import Round
from packets.kits import kit_pdf
from rubrics.levels import LEVEL_MEANINGS
from rubrics.models import Question
from rubrics.services import fork_version
from tests.packets.documents.tags import texts_of

A4, LETTER = (595, 842), (612, 792)


@pytest.fixture
def kit_round(scored_application) -> Round:
    interview = scored_application.interviews.select_related("round__opening").order_by("pk").first()
    return interview.round


@pytest.fixture
def asking_round(kit_round, person) -> Round:
    """The round, covering a dimension that has one question."""
    by = person("admin")
    draft = fork_version(kit_round.opening.rubric_version, by=by)
    dimension = draft.dimensions.first()
    dimension.questions.all().delete()
    Question.objects.create(
        dimension=dimension, order=0, text="Which outage do you remember?", strong="Names what changed."
    )
    kit_round.dimensions.set([dimension])
    return kit_round


@pytest.fixture(scope="module")
def printed_before() -> dict[str, bytes]:
    """Kits of that round, which no test changes: each is printed by the first that asks for it."""
    return {}


@pytest.fixture
def kit_on(kit_round, printed_before):
    """The kit as it is printed where this paper is asked for."""

    def printed(paper: str = "napkin") -> bytes:
        if paper not in printed_before:
            printed_before[paper] = kit_pdf(kit_round, paper=paper)
        return printed_before[paper]

    return printed


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, white space folded."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")][:-1]


def test_kit_holds_what_to_look_for_and_every_level(kit_on, kit_round):
    text = " ".join(pages_of(kit_on()))

    for dimension in kit_round.dimensions.prefetch_related("anchors"):
        given = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
        wanted = [dimension.name, *(LEVEL_MEANINGS | given).values()]
        assert [words for words in wanted if words not in text] == []
    assert [row.text for row in kit_round.opening.rubric_version.signals.all() if row.text not in text] == []


def test_kit_of_a_round_that_covers_nothing_has_every_dimension(kit_round):
    kit_round.dimensions.clear()

    text = " ".join(pages_of(kit_pdf(kit_round)))

    names = kit_round.opening.rubric_version.dimensions.values_list("name", flat=True)
    assert [name for name in names if name not in text] == []


def test_kit_asks_what_the_rubric_asks(asking_round):
    text = " ".join(pages_of(kit_pdf(asking_round)))

    assert "Which outage do you remember?" in text
    assert "A strong answer: Names what changed." in text
    assert "A weak answer:" not in text


def test_the_kit_is_in_the_rubrics_language_and_our_words_in_english(asking_round):
    version = asking_round.opening.rubric_version
    version.language = "de"  # not stored: a published version stays as it is

    with pikepdf.open(io.BytesIO(kit_pdf(asking_round))) as document:
        language = str(document.Root.Lang)
        titles, cells = (languages_below(document, kind) for kind in ("/H2", "/TD"))

    assert language == "de"
    assert titles == {"en", "None"}  # "What you judge and ask", and a dimension as the whole document
    assert cells == {"en", "None"}  # our wording of a level, and the rubric's


def languages_below(document: pikepdf.Pdf, kind: str) -> set[str]:
    """The languages of the texts right below the elements of a kind; “None” for the document's own."""
    return {str(text.get("/Lang")) for text in texts_of(document, kind)}


def test_kit_names_nobody(kit_on, scored_application):
    text = " ".join(pages_of(kit_on()))

    panels = scored_application.interviews.values_list("panelists__user__name", flat=True)
    assert [name for name in (scored_application.candidate.name, *panels) if name in text] == []


@pytest.mark.parametrize(("paper", "size"), [("letter", LETTER), ("napkin", A4)])
def test_kit_comes_on_the_paper_asked_for_tagged_its_form_on_a_right_page(kit_on, paper, size):
    content = kit_on(paper)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        sizes = {(round(page.mediabox[2]), round(page.mediabox[3])) for page in pdf.pages}
        assert sizes == {size}
        assert pdf.Root.MarkInfo.Marked
    [form] = [number for number, text in enumerate(pages_of(content), 1) if "Interviewer Date" in text]
    assert form % 2 == 1
