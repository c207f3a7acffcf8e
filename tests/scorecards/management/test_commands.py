"""manage.py debrief and build_packet: the contract's format, files and one-line errors."""

import json
import subprocess

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from scorecards.models import Packet, Rating


@pytest.fixture
def debrief(scored, capsys):
    call_command("debrief", str(scored.pk), "--json")
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def both(seats, submitted):
    """The second interviewer gives 1 where the first gave 3 to 5."""
    return submitted(seats[1], score="1", words="by the second")


def test_debrief_has_the_fields_of_the_contract(debrief):
    assert list(debrief) == [
        "format",
        "opening",
        "candidate",
        "rubric",
        "scorecards",
        "independence",
        "recommendations",
        "dimensions",
        "composite",
        "amended",
        "final_composite",
    ]
    assert debrief["format"] == "evenhand-debrief/1"
    assert list(debrief["candidate"]) == ["name", "email"]
    assert debrief["scorecards"] == {
        "expected": 2,
        "submitted": 1,
        "declined": 0,
        "missing": ["interviewer2@example.com"],
    }
    assert debrief["independence"] == {"submitted": 1, "before_seeing_others": 1}
    assert debrief["recommendations"] == {"strong_no": 0, "no": 0, "yes": 1, "strong_yes": 0}
    for row in debrief["dimensions"]:
        assert list(row) == [
            "key",
            "name",
            "weight",
            "n",
            "mean",
            "median",
            "min",
            "max",
            "sd",
            "not_assessed",
            "disagreement",
            "ratings",
            "remarks",
            "re_ratings",
            "final",
        ]
        assert all(list(rating) == ["interviewer", "round", "score", "evidence"] for rating in row["ratings"])
    assert list(debrief["composite"]) == ["value", "dimensions_scored", "dimensions_total"]


def test_debrief_figures_follow_from_the_ratings(both, debrief, scored):
    given = {}
    for rating in Rating.objects.filter(scorecard__panelist__interview__application=scored).select_related("dimension"):
        given.setdefault(rating.dimension.key, []).append(rating.score)

    rows = {row["key"]: row for row in debrief["dimensions"]}

    assert list(rows) == list(scored.opening.rubric_version.dimensions.values_list("key", flat=True))
    for key, scores in given.items():
        row = rows[key]
        assert (row["n"], row["min"], row["max"]) == (len(scores), min(scores), max(scores))
        assert row["mean"] == round(sum(scores) / len(scores), 3)
        assert row["disagreement"] is (max(scores) - min(scores) >= 3)
        assert row["sd"] is None if len(scores) == 1 else row["sd"] > 0
    means = [row["mean"] for row in rows.values()]
    assert debrief["composite"]["value"] == round(sum(means) / len(means), 3)
    assert any(len(scores) == 2 for scores in given.values())


def test_debrief_is_found_by_slug_and_address_and_on_record(scored, debrief, capsys):
    call_command("debrief", f"{scored.opening.slug}/{scored.candidate.email.upper()}", "--json")

    assert json.loads(capsys.readouterr().out) == debrief
    assert Event.objects.filter(kind="debrief.exported", subject_id=scored.pk).count() == 2


@pytest.mark.parametrize("name", ["0", "²", "9" * 30, "nowhere/nobody@example.com", "", "/"])
@pytest.mark.parametrize("command", ["debrief", "build_packet"])
def test_unknown_application_is_one_line(sample, tmp_path, command, name):
    options = {"output": tmp_path / "x.pdf"} if command == "build_packet" else {}

    with pytest.raises(CommandError, match="There is no application"):
        call_command(command, name, **options)


@pytest.mark.parametrize("profile", ["full", "totals", "no-interviewers", "no-candidate"])
def test_build_packet_writes_the_file(scored, tmp_path, profile):
    path = tmp_path / "packet.pdf"

    call_command("build_packet", str(scored.pk), output=path, profile=profile)

    packet = Packet.objects.get()
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_size == packet.size
    assert (packet.profile, packet.state) == (profile, "ready")
    assert ("Elias Okafor" in done.stdout) is (profile != "no-candidate")
    assert ("Ines Keller" in done.stdout) is (profile in {"full", "no-candidate"})


def test_build_packet_twice_gives_the_same_file_and_row(scored, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        call_command("build_packet", str(scored.pk), output=tmp_path / name)

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert Packet.objects.count() == 1


def test_build_packet_tries_a_failed_one_again(scored, tmp_path):
    call_command("build_packet", str(scored.pk), output=tmp_path / "one.pdf")
    Packet.objects.update(state="failed", error="The disk is full.")

    call_command("build_packet", str(scored.pk), output=tmp_path / "two.pdf")

    assert Packet.objects.get().state == "ready"
    assert (tmp_path / "two.pdf").exists()


def test_build_packet_of_nothing_and_into_nowhere_are_one_line(fresh, scored, tmp_path):
    with pytest.raises(CommandError, match="Nobody has submitted a scorecard yet"):
        call_command("build_packet", str(fresh.pk), output=tmp_path / "x.pdf")
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("build_packet", str(scored.pk), output=tmp_path / "missing" / "x.pdf")

    assert list(tmp_path.glob("*.pdf")) == []
