"""The commands path, weigh and programmes."""

import csv
import io

import pytest

SMALL = ("--worlds", "6", "--quarters", "4")


def rows(said):
    assert said.code == 0, said.err
    return [*csv.DictReader(io.StringIO(said.out))]


def test_programmes_are_listed_with_their_span(winset_) -> None:
    lines = winset_("programmes", "trilateral-2022").out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["cautious", "klinck", "smith"]
    assert "32 steps, quarters 1 to 16; 10 wait for a gate" in lines[-1]
    assert "levers: pace slow, posture supporting" in lines[0]
    assert "bars 25 rungs" in lines[0]
    assert "has no programmes" in winset_("programmes", "shared-canal").out


def test_one_step_in_one_quarter_is_told(winset_) -> None:
    said = winset_("path", "trilateral-2022", "smith", *SMALL, "--why", "D1.3", "--quarter", "2")
    assert said.out.startswith("Quarter 2 (2022-11-01), world 0: D1.3 (")


def test_a_quarter_beyond_the_horizon_is_refused(winset_) -> None:
    said = winset_("path", "trilateral-2022", "smith", *SMALL, "--why", "D1.3", "--quarter", "9")
    assert said.code != 0
    assert "quarters 1 to 4 were followed" in said.err


def test_a_run_goes_on_in_its_folder(winset_, tmp_path) -> None:
    words = ("path", "trilateral-2022", "smith", *SMALL, "--pace", "1", "--format", "csv")
    plain = rows(winset_(*words))
    folder = tmp_path / "kept"
    assert rows(winset_(*words, "--keep", folder)) == plain
    assert [path.name for path in folder.glob("*.npz")] == ["block-0000000.npz"]
    assert rows(winset_(*words, "--keep", folder)) == plain
    said = winset_(*words, "--rng", "2", "--keep", folder)
    assert said.code != 0
    assert "blocks of another run" in said.err


def test_the_calendar_is_written_whole(winset_, tmp_path) -> None:
    file = tmp_path / "plan.ics"
    words = ("path", "trilateral-2022", "smith", *SMALL, "--pace", "1")
    assert winset_(*words, "--calendar", file).code == 0
    assert file.read_text("utf-8").startswith("BEGIN:VCALENDAR")


def test_a_search_prints_what_it_found(winset_) -> None:
    words = ("path", "trilateral-2022", "cautious", *SMALL, "--pace", "1", "--search", "8")
    found = rows(winset_(*words, "--table", "search", "--format", "csv"))
    assert found[0]["programme"] == "found"
    assert winset_(*words[:-1], "-1").code != 0


def test_weigh_prints_a_row_a_programme(winset_) -> None:
    found = rows(winset_("weigh", "trilateral-2022", *SMALL, "--format", "csv"))
    assert {row["programme"] for row in found} == {"klinck", "cautious", "smith"}


@pytest.mark.parametrize("question", ["path", "weigh"])
def test_a_case_without_time_is_told_so(winset_, question) -> None:
    words = ("path", "shared-canal", "any") if question == "path" else ("weigh", "shared-canal")
    said = winset_(*words)
    assert said.code != 0
    assert "time.yaml" in said.err


def test_what_a_search_finds_can_be_weighed(winset_, tmp_path) -> None:
    file = tmp_path / "found.yaml"
    words = ("path", "trilateral-2022", "cautious", *SMALL, "--pace", "1")
    assert winset_(*words, "--found", file).code != 0
    assert winset_(*words, "--search", "8", "--found", file).code == 0
    said = winset_("weigh", "trilateral-2022", "cautious", file, *SMALL, "--format", "csv")
    assert {row["programme"] for row in rows(said)} == {"cautious", "cautious-found"}


def test_the_plan_is_drawn_to_a_file(winset_, tmp_path) -> None:
    file = tmp_path / "plan.svg"
    words = ("path", "trilateral-2022", "cautious", "-n", "4", "-q", "4", "--pace", "1")
    assert winset_(*words, "--figure", file).code == 0
    assert "The unnamed author" in file.read_text("utf-8")
