"""P13: a log is a list of facts; in which order they were written down is not part of the case."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.tools import examples
from winset.case import load, new
from winset.case.findings import Findings
from winset.case.hashing import meaning
from winset.case.logbook import HEAD, append, book_of, read_book
from winset.case.logged import with_log
from winset.case.model import Case
from winset.case.read import read_folder, spread_of

RUNGS = ("GAUGE.2", "DRILL.1", "DRILL.2", "DAM.1", "DAM.2")
FACTS = st.one_of(
    st.tuples(st.just("executed"), st.sampled_from(RUNGS)),
    st.tuples(st.just("effect"), st.sampled_from(["-1", "0.5..1..2"])),
    st.tuples(st.just("weight"), st.sampled_from(["= 1", "-= 0.25", "-= 0.5"])),
    st.tuples(st.just("flag"), st.sampled_from(["true", "false"])),
)


def entry(day: int, kind: str, value: str) -> str:
    text = {
        "executed": f"moves: [{{rung: {value}, to: executed}}]",
        "effect": f"effects: [{{measure: DAM, criterion: SAFE, value: {value}}}]",
        "weight": f"changes: [weights/WEST-MAYOR/SAY {value}]",
        "flag": f"changes: [flags/fish_ladder = {value}]",
    }[kind]
    return f"format: 1\nid: e{day}\ndate: 2025-01-{day:02d}\ntitle: t\nsource: s\n{text}\n"


def state(folder: Path, entries: list[str]) -> tuple[object, Case]:
    findings = Findings()
    log = folder / "log.yaml"
    log.unlink(missing_ok=True)
    for one in entries:
        append(log, book_of(log, findings), one)
    case = load(folder, log=False)
    bounds = spread_of(read_folder(folder, findings)).bounds
    after = with_log(case, log, bounds, findings)
    findings.stop()
    return meaning(replace(after, log=None)), after


@examples(15)
@given(st.lists(FACTS, min_size=1, max_size=8), st.integers(0, 999))
def test_entries_of_different_days_may_be_written_in_any_order(
    facts: list[tuple[str, str]], seed: int
) -> None:
    entries = [entry(day, *fact) for day, fact in enumerate(facts, start=1)]
    mixed = [*entries]
    random.Random(seed).shuffle(mixed)
    with tempfile.TemporaryDirectory() as place:
        folder = new(Path(place) / "case")
        first, case = state(folder, entries)
        second, _ = state(folder, mixed)
        assert first == second
        assert case.log is not None
        assert [one.evaluation.id for one in case.log.by_date] == [
            f"e{day}" for day in range(1, len(facts) + 1)
        ]
        assert load(folder).hash != load(folder, log=False).hash


@examples(40)
@given(st.lists(st.text(alphabet="ab:#-\n äß\u2028", max_size=30), max_size=4), st.data())
def test_any_texts_come_back_from_a_log_cut_anywhere(texts: list[str], data: st.DataObject) -> None:
    """Whatever an entry holds, a log of it is whole up to its last seal before the cut."""
    texts = [text.strip("\n") + "\n" for text in texts]
    with tempfile.TemporaryDirectory() as place:
        log = Path(place) / "log.yaml"
        findings = Findings()
        sizes = [0]
        for text in texts:
            append(log, book_of(log, findings), text)
            sizes.append(log.stat().st_size)
        whole = log.read_bytes() if texts else HEAD.encode()
    cut = data.draw(st.integers(0, len(whole)))
    book = read_book(whole[:cut], "log.yaml", findings)
    findings.stop()
    count = max(number for number, size in enumerate(sizes) if size <= cut)
    assert [one.text for one in book.chapters] == texts[:count]
