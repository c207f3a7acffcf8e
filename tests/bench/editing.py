"""What the rubric editor's save at a pause costs, beside a scorecard's autosave."""

from statistics import median
from urllib.parse import urlencode

from candidates.models import Panelist
from rubrics.services import copy_version
from tests.bench import data
from tests.bench.figures import Figure
from tests.bench.pages import FORM, PAIRS, Autosaver, queries, seconds, signed_in


class Editor:
    """The recruiter's browser on a draft of the sample: sends one changed field with the edit that it knows."""

    def __init__(self, world: data.World) -> None:
        draft = copy_version(world.opening.rubric_version, "Measured draft", by=world.recruiter)
        self.client, self.path = signed_in(world.recruiter), f"/rubrics/versions/{draft.pk}/draft/"
        self.field, self.edit, self.sent = f"dimension_{draft.dimensions.get(order=0).pk}_level_2", 0, 0

    def save(self) -> None:
        self.sent += 1
        fields = {self.field: f"{data.EVIDENCE} {self.sent}", "edit": str(self.edit)}
        answer = self.client.post(self.path, urlencode(fields), content_type=FORM)
        assert answer.status_code == 200, answer.content
        self.edit = answer.json()["edit"]


def measure(world: data.World, panelist: Panelist) -> list[Figure]:
    """In interleaved pairs, so that a busy machine slows both alike."""
    editor, scorecard = Editor(world), Autosaver(world, panelist)
    scorecard.page()
    for _ in range(5):
        editor.save()
        scorecard.save()
    pairs = [(seconds(editor.save), seconds(scorecard.save)) for _ in range(PAIRS)]
    return [
        Figure("editor: a save, of a scorecard's", median(own / other for own, other in pairs), most=1),
        Figure("editor: queries of a save", queries(editor.save), most=5),
        Figure("editor: time of a save", median(own for own, _ in pairs) * 1000, "ms"),
    ]
