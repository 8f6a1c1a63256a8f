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
