"""A PDF made in a process of its own."""

import pytest

from packets.documents import child_process
from packets.documents.pdf import render

HTML = "<html lang='en'><head><title>x</title></head><body><p>Noor</p></body></html>"


def test_the_process_gives_what_this_one_would(tmp_path):
    assert child_process.rendered(HTML, paper="letter") == render(HTML, paper="letter").content


@pytest.mark.parametrize(("setting", "value", "words"), [("SECONDS", 0.01, "took too long"), ("ROOT", None, "")])
def test_what_hangs_or_fails_is_told_without_a_word_of_the_document(monkeypatch, tmp_path, setting, value, words):
    monkeypatch.setattr(child_process, setting, value or tmp_path)  # where there is no module to run

    with pytest.raises(child_process.NotRendered, match=words or "could not be created") as caught:
        child_process.rendered(HTML, paper="a4")

    assert "Noor" not in str(caught.value)
