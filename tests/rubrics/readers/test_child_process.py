"""A file is read in a process of its own: its answer, its bounds, and what a library may not do there."""

import sys
from subprocess import run

import pytest

from rubrics.readers import child_process
from rubrics.readers.child_process import read_apart, rows_apart
from rubrics.readers.kinds import Kind
from rubrics.readers.page import UnusableBlueprint
from tests.rubrics.office_files import docx, sheet_data, xlsx_of

SEALED = """
import sys
from rubrics.readers.child_process import _refuse_what_reaches_out
import os, socket, subprocess
sys.addaudithook(_refuse_what_reaches_out)
try:
    {}
except PermissionError as error:
    print(error)
"""


def test_a_page_comes_back_as_it_was_read():
    data = xlsx_of({"Sheet1": sheet_data([["a", "b"], ["1", "2"]])}, **{"xl/vbaProject.bin": b"x"})

    page = read_apart(Kind.EXCEL, data)

    assert page.markup.startswith("<h2>Interview scorecard</h2><table>")
    assert (page.assumed, page.warnings[0].code) == (True, "macros_left_out")


def test_a_refusal_comes_back_in_its_words():
    with pytest.raises(UnusableBlueprint, match="damaged"):
        read_apart(Kind.WORD, b"PK\x03\x04")


@pytest.mark.parametrize(
    ("setting", "value", "words"), [("SECONDS", 0.01, "took too long"), ("MEGABYTES", 1, "too long|could not be read")]
)
def test_time_and_memory_are_bounded(monkeypatch, setting, value, words):
    monkeypatch.setattr(child_process, setting, value)
    command = child_process.__name__

    if setting == "MEGABYTES":  # the child reads its own module: the bound is set there
        code = f"import {command} as c; c.MEGABYTES = 1; c.main('WORD')"
        done = run([sys.executable, "-c", code], input=docx([("p", "a" * 5_000_000)]), capture_output=True, check=False)
        assert done.returncode or b"refused" in done.stdout
        return
    with pytest.raises(UnusableBlueprint, match=words):
        read_apart(Kind.WORD, docx([("p", "a")]))


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "subprocess.run(['true'])",
        "os.system('true')",
        "open('/tmp/evenhand-written', 'w')",
        "os.remove('/tmp/evenhand-written')",
        "open('/tmp/evenhand-written', 'a')",
        "open('/tmp/evenhand-written', 'r+')",
        "os.open('/tmp/evenhand-written', os.O_RDONLY | os.O_CREAT)",
        "os.rename('/tmp/evenhand-written', '/tmp/evenhand-renamed')",
        "os.mkdir('/tmp/evenhand-folder')",
        "os.symlink('/tmp/evenhand-written', '/tmp/evenhand-linked')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_nothing_is_fetched_run_or_written(attempt):
    done = run([sys.executable, "-c", SEALED.format(attempt)], capture_output=True, text=True, check=False)

    assert "may not do this" in done.stdout


def test_files_may_be_read_there():
    attempt = f"print(len(open({child_process.__file__!r}).read()))"

    done = run([sys.executable, "-c", SEALED.format(attempt)], capture_output=True, text=True, check=False)

    assert int(done.stdout) > 1000


@pytest.mark.parametrize(
    "text", ["Care\n\n" + "- a\n" * 80_000, "Care\n\n" + ("word " * 20 + "\n") * 90_000], ids=["parts", "letters"]
)
def test_a_page_that_is_far_larger_than_a_rubric_is_refused(text):
    with pytest.raises(UnusableBlueprint, match="far more than a rubric does"):
        read_apart(Kind.TEXT, text.encode())


def test_texts_are_handed_over_as_texts():
    assert read_apart(Kind.TEXT, "Größe\n\n- Maß\n".encode()).markup == "<h1>Größe</h1><ul><li>Maß</li></ul>"
    assert "<td>Maß</td>" in read_apart(Kind.SEPARATED, "a,b\nMaß,2\n".encode()).markup


def test_rows_come_back_with_their_numbers_and_a_refusal_in_its_words():
    data = xlsx_of({"People": sheet_data([["Name"], [], ["Alma"]])})

    assert rows_apart(Kind.EXCEL, data) == ([[1, ["Name"]], [3, ["Alma"]]], [])
    with pytest.raises(UnusableBlueprint, match="is empty"):
        rows_apart(Kind.EXCEL, xlsx_of({"People": sheet_data([])}))


def test_what_a_library_trips_over_is_told_as_a_file_that_cannot_be_read():
    with pytest.raises(UnusableBlueprint, match=r"save it again|damaged"):
        read_apart(Kind.EXCEL, b"no archive at all")
