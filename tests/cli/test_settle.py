"""The command settle, on a small case."""

from __future__ import annotations

import csv
import io

import pytest


def test_it_prints_solutions_and_last_the_headline(winset_) -> None:
    said = winset_("settle", "shared-canal", "--worlds", "2", "--disagreement", "UP=-1")
    assert said.code == 0
    assert said.out.splitlines()[0].split()[0] == "solution"
    assert "The solutions agree on" in said.out.splitlines()[-1]


def test_an_offset_is_what_is_printed_when_asked_for(winset_) -> None:
    words = ("--worlds", "2", "--offset", "fund.2", "--format", "csv")
    rows = [*csv.DictReader(io.StringIO(winset_("settle", "shared-canal", *words).out))]
    assert all(row["rung"] == "fund.2" for row in rows)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--disagreement", "UP"), ("--weight", "UP=much"), ("--offset", "fund.9"), ("--leak", "1")],
)
def test_wrong_options_say_what_is_wrong(winset_, option: str, value: str) -> None:
    said = winset_("settle", "shared-canal", "--worlds", "1", option, value)
    assert said.code == 2
    assert value.split("=", maxsplit=1)[0] in said.err or "leak" in said.err


def test_a_long_job_is_cut_by_time_and_says_the_gap(winset_) -> None:
    words = ("--worlds", "1", "--eps", "0", "--nodes", "0", "--time-limit", "0.1")
    said = winset_("settle", "shared-canal", *words)
    assert said.code == 0
    assert "may be missed" in said.out


def test_a_case_goes_out_as_a_bargain_and_is_settled_there(winset_, tmp_path) -> None:
    for form in ("genius", "negmas"):
        folder = tmp_path / form
        said = winset_("export", "shared-canal", folder, "--as", form)
        assert said.code == 0
        assert "Left out: every world but world 0 of seed 1." in said.out
        assert "constituencies at home" in said.out
        told = winset_("settle", folder, "--mixtures")
        assert told.code == 0
        assert told.out.splitlines()[0].split()[0] == "solution"
        assert "on the frontier; the Nash solution gives" in told.out.splitlines()[-1]
    again = tmp_path / "again"
    assert winset_("export", tmp_path / "genius", again, "--as", "negmas").code == 0
    assert winset_("export", tmp_path / "genius", again, "--as", "negmas").code == 4
    assert winset_("export", tmp_path / "genius", tmp_path / "x.xlsx").code == 2


def test_what_means_nothing_for_a_bargain_is_refused(winset_, tmp_path) -> None:
    assert winset_("export", "shared-canal", tmp_path / "out", "--as", "genius").code == 0
    said = winset_("settle", tmp_path / "out", "--offset", "fund.2")
    assert said.code == 2
    assert "--offset" in said.err
    assert winset_("settle", tmp_path / "out", "--table", "ties").code == 2
    two = winset_("settle", tmp_path / "out", "--party", "UP-BRD", "--party", "LOW-BRD")
    assert two.code == 0
    assert "MID-BRD" not in two.out
    assert winset_("settle", "shared-canal", "--party", "UP").code == 2
    (tmp_path / "out/shared-canal-domain.xml").write_text("<a", "utf-8")
    said = winset_("settle", tmp_path / "out")
    assert said.code == 3
    assert "shared-canal-domain.xml:1: E094" in said.err
