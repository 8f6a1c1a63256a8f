"""P12: what is written is what is read, and the order of rows is no part of a case."""

from __future__ import annotations

import csv
import random
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.tools import examples, shown
from winset.case import load
from winset.case.hashing import digest, meaning
from winset.testing import cases, write_case
from winset.testing.rules import written


@examples(20, shrink=False)
@given(cases())
def test_a_case_is_read_back_as_it_was(case):
    shown(case)
    with tempfile.TemporaryDirectory() as folder:
        again = load(write_case(case, folder))
    read, wrote = meaning(again), meaning(case)
    assert [part for part in wrote if read[part] != wrote[part]] == []
    assert again.hash == digest(case)


@examples(10, shrink=False)
@given(cases(), st.integers(0, 99))
def test_the_order_of_rows_and_columns_keeps_the_hash(case, seed):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = write_case(case, folder)
        before = load(path)
        for table in path.glob("*.csv"):
            shuffle(table, dice)
        assert load(path).hash == before.hash


def shuffle(table: Path, dice: random.Random) -> None:
    with table.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    dice.shuffle(rows)
    order = list(range(len(header)))
    dice.shuffle(order)
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header[i] for i in order)
        writer.writerows([row[i] for i in order] for row in rows)


def test_a_changed_number_changes_the_hash(tmp_path):
    from winset.case import load as read

    case = read("shared-canal")
    write_case(case, tmp_path)
    text = (tmp_path / "weights.csv").read_text(encoding="utf-8")
    first = case.weights[0].value
    changed = text.replace(f"{first.mode:.1f}", f"{first.mode + 0.5:.1f}")
    assert changed != text
    before = read(tmp_path).hash
    (tmp_path / "weights.csv").write_text(changed.replace("exact", "pert"), encoding="utf-8")
    assert read(tmp_path).hash != before


@examples(50)
@given(cases())
def test_conditions_are_written_as_they_are_read(case):
    from winset.case.condition import parse_condition

    for rule in case.rules:
        if rule.condition is not None:
            assert parse_condition(written(rule.condition)) == rule.condition
