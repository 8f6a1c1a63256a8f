"""The log of a case: what is added is what is read, and what was written stays."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from tests.case.conftest import Edit
from tests.case.logs import ALL, FULL_DRILL, LADDER, REFUSED, TABLE_DRILL, add, logged
from winset.case import check, diff, export_workbook, import_workbook, load, new, trace, track_add
from winset.case.findings import Findings
from winset.case.hashing import meaning
from winset.case.logbook import HEAD, append, book_of, read_book
from winset.errors import AskError, CaseError, OutputError


def state(folder: Path) -> object:
    """What a case says, without how its log came about."""
    return meaning(replace(load(folder), log=None))


def test_a_case_without_a_log_says_what_it_said(folder: Path) -> None:
    plain = load(folder)
    logged(folder, TABLE_DRILL)
    assert load(folder, log=False).hash == plain.hash
    assert load(folder, log=False).log is None


def test_what_was_executed_is_in_place(folder: Path) -> None:
    case = logged(folder, FULL_DRILL)
    assert case.measure["DRILL"].status_quo == 2
    assert [rung.status_quo for rung in case.measure["DRILL"].rungs] == [True, True]
    assert case.measure["GAUGE"] == load(folder, log=False).measure["GAUGE"]


def test_what_was_learned_replaces_what_was_coded_with_its_source(folder: Path) -> None:
    case = logged(folder, FULL_DRILL)
    value = case.values["effects/DRILL/SAFE"]
    assert (value.low, value.mode, value.high, value.basis) == (1, 1.5, 2, "X")
    assert value.note == "counted; log, 2024-09-01: the clerk"
    assert str(trace(case, "effects/DRILL/SAFE")).count("log.yaml:15") == 1
    line = (folder / "log.yaml").read_text(encoding="utf-8").splitlines()[14]
    assert line.startswith("  - {measure: DRILL")


def test_changes_are_applied_to_numbers_and_flags(folder: Path) -> None:
    before, case = load(folder), logged(folder, LADDER)
    was, now = (one.values["weights/WEST-UNION/FISH"] for one in (before, case))
    assert (now.low, now.mode, now.high) == (was.low - 1, was.mode - 1, was.high - 1)
    assert (before.flags["fish_ladder"], case.flags["fish_ladder"]) == (False, True)


def test_only_what_the_log_names_is_different(folder: Path) -> None:
    case = logged(folder, *ALL)
    assert case.log is not None
    assert [one.address for one in diff(case.log.without, case).differences] == [
        "weights/WEST-UNION/FISH",
        "effects/DRILL/SAFE",
        "measures/DRILL/rungs/DRILL.1/status_quo",
        "measures/DRILL/rungs/DRILL.2/status_quo",
        "flags/fish_ladder",
        "log/table-drill",
        "log/full-drill",
        "log/ladder",
        "log/refused",
    ]


def test_the_log_is_part_of_the_hash_and_its_comments_are_not(folder: Path, tmp_path: Path) -> None:
    other = new(tmp_path / "other")
    plain = load(folder).hash
    one = logged(folder, TABLE_DRILL).hash
    assert one != plain
    assert logged(other, "# said in a comment\n" + TABLE_DRILL).hash == one


@pytest.mark.parametrize("order", [*itertools.permutations(range(4))])
def test_the_order_of_independent_entries_does_not_matter(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    one, other = new(tmp_path / "one"), new(tmp_path / "other")
    logged(one, *ALL)
    logged(other, *(ALL[place] for place in order))
    assert state(one) == state(other)


def test_entries_count_in_the_order_of_their_dates(folder: Path) -> None:
    late = (
        LADDER.replace("2024-07-01", "2025-01-01")
        .replace("-= 1", "= 1")
        .replace("ladder\n", "late\n", 1)
    )
    early = LADDER.replace("-= 1", "= 2").replace("ladder\n", "early\n", 1)
    case = logged(folder, late, early)
    assert case.values["weights/WEST-UNION/FISH"].mode == 1


def test_adding_then_reading_is_exact(folder: Path) -> None:
    case = logged(folder, *ALL)
    assert case.log is not None
    text = (folder / "log.yaml").read_text(encoding="utf-8")
    assert all(one in text for one in ALL)
    assert [one.evaluation.id for one in case.log.entries] == [
        "table-drill", "full-drill", "ladder", "refused",
    ]  # fmt: skip
    about = case.log.entries[1].evaluation
    assert (about.place, about.note, about.source) == ("the weir", "it rained", "the clerk")
    assert case.log.entries[3].evaluation.moves[0].note == "no ladder, no dam: Ärger"
    assert case.log.last == "2024-09-01"


def test_windows_line_ends_and_a_mark_at_the_start_change_nothing(folder: Path) -> None:
    logged(folder, TABLE_DRILL, REFUSED)
    before, log = load(folder), folder / "log.yaml"
    log.write_bytes(b"\xef\xbb\xbf" + log.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).hash == before.hash
    add(folder, LADDER)
    assert len(load(folder).log.entries) == 3  # type: ignore[union-attr]


def test_truncation_at_every_byte_recovers_the_longest_whole_prefix(folder: Path) -> None:
    logged(folder, TABLE_DRILL, REFUSED)
    data = (folder / "log.yaml").read_bytes()
    ends = [
        place + len(line)
        for place, line in zip(
            itertools.accumulate((len(one) for one in data.splitlines(keepends=True)), initial=0),
            data.splitlines(keepends=True),
            strict=False,
        )
        if line.startswith(b"# seal ")
    ]
    assert len(ends) == 2
    for size in range(len(data) + 1):
        findings = Findings()
        book = read_book(data[:size], "log.yaml", findings)
        findings.stop()
        assert len(book.chapters) == sum(end <= size for end in ends)
        kept = book.whole.encode() if book.whole != HEAD or size >= len(HEAD.encode()) else b""
        assert kept + book.rest == data[:size]


@pytest.mark.parametrize("size", [0, 10, 200, 320, 420, 425])
def test_a_log_that_was_cut_off_is_gone_on_with_and_nothing_is_lost(
    folder: Path, size: int
) -> None:
    logged(folder, TABLE_DRILL, REFUSED)
    log = folder / "log.yaml"
    log.write_bytes(log.read_bytes()[:size])
    case = load(folder)
    assert case.log is not None
    count, cut = len(case.log.entries), case.log.unsealed
    assert [one.id for one in check(folder)] == (["W106"] if cut else [])
    add(folder, LADDER)
    assert len(load(folder).log.entries) == count + 1  # type: ignore[union-attr]
    kept = folder / "log.yaml.cut1"
    assert (kept.stat().st_size if kept.exists() else 0) == cut
    assert check(folder) == ()


def test_every_changed_line_is_noticed(folder: Path) -> None:
    logged(folder, TABLE_DRILL, REFUSED)
    log = folder / "log.yaml"
    text = log.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.startswith("# seal"):
            continue
        log.write_text("".join([*lines[:place], *lines[place + 1 :]]), encoding="utf-8")
        with pytest.raises(CaseError, match=r"E09[01]"):
            load(folder)
        assert check(folder)
    log.write_text(text.replace("2024-08-01", "2024-08-02"), encoding="utf-8")
    with pytest.raises(CaseError, match=r"log.yaml:\d+: E091: seal 2 does not fit"):
        load(folder)
    with pytest.raises(CaseError, match="E091"):
        add(folder, LADDER)
    assert "2024-08-02" in log.read_text(encoding="utf-8")


def test_no_byte_can_change_unnoticed(folder: Path) -> None:
    """Either a seal no longer fits, or entries at the end are no longer sealed."""
    logged(folder, TABLE_DRILL, REFUSED)
    data = (folder / "log.yaml").read_bytes()
    for place in range(len(data)):
        for byte in (data[place] ^ 1, data[place] ^ 32):
            findings = Findings()
            book = read_book(data[:place] + bytes([byte]) + data[place + 1 :], "log.yaml", findings)
            assert findings.failed or book.rest, (place, byte)


def test_a_removed_entry_is_noticed(folder: Path) -> None:
    logged(folder, TABLE_DRILL, REFUSED, LADDER)
    log = folder / "log.yaml"
    first, second, third, _ = log.read_text(encoding="utf-8").split("# seal ")
    log.write_text(f"{first}# seal {third}", encoding="utf-8")
    assert second
    with pytest.raises(CaseError, match="E091"):
        load(folder)


def test_a_copy_of_the_case_and_its_workbook_keep_the_log(folder: Path, tmp_path: Path) -> None:
    case = logged(folder, *ALL)
    assert load(new(tmp_path / "copy", source=folder)).hash == case.hash
    book = export_workbook(folder, tmp_path / "case.xlsx")
    assert load(import_workbook(book, tmp_path / "back")).hash == case.hash


def test_a_failed_add_leaves_the_log_as_it_was(folder: Path) -> None:
    logged(folder, TABLE_DRILL)
    before = (folder / "log.yaml").read_bytes()
    with pytest.raises(CaseError):
        add(folder, FULL_DRILL.replace("DRILL.2", "DRILL.7"))
    with pytest.raises(CaseError, match="E032: evaluation table-drill twice"):
        add(folder, TABLE_DRILL)
    assert (folder / "log.yaml").read_bytes() == before
    assert {one.name for one in folder.iterdir()} == {
        one.name for one in new(folder.parent / "fresh").iterdir()
    } | {"log.yaml"}


def test_bundled_cases_are_read_only(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(
        "format: 1\nid: a\ndate: 2021-01-01\ntitle: t\nsource: s\nmoves: [{rung: turns.1, to: executed}]\n",
        encoding="utf-8",
    )
    with pytest.raises(AskError, match="winset new MY --from shared-canal"):
        track_add("shared-canal", file)
    log = tmp_path / "canal-log.yaml"
    added = track_add("shared-canal", file, log=log)
    assert str(added).startswith(f"{log}: entry 1, a of 2021-01-01: t.")
    assert load("shared-canal", log=log).measure["turns"].status_quo == 1
    assert load("shared-canal").log is None


def test_files_that_are_not_there_are_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="There is no evaluation"):
        track_add(folder, tmp_path / "none.yaml")
    with pytest.raises(AskError, match="There is no log"):
        load(folder, log=tmp_path / "none.yaml")
    with pytest.raises(OutputError, match="cannot be a log"):
        track_add(folder, folder / "case.yaml", log=tmp_path / "no" / "log.yaml")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"id: x\n", "E090"),
        (b"# winset log, format 2. and so on\n", "E080"),
        (HEAD.encode() + b"---\n\xff\n# seal 1 " + b"0" * 64 + b"\n", "E002"),
        (HEAD.encode() + b"---\nid: x\n# seal 1 " + b"0" * 64 + b"\n", "E091"),
        (b"\0" * 40, "E090"),
    ],
)
def test_what_is_no_log_is_refused(folder: Path, data: bytes, rule: str) -> None:
    (folder / "log.yaml").write_bytes(data)
    with pytest.raises(CaseError) as caught:
        load(folder)
    assert [one.id for one in caught.value.problems] == [rule]
    assert [one.id for one in check(folder)] == [rule]
    with pytest.raises(CaseError):
        add(folder, TABLE_DRILL)
    assert (folder / "log.yaml").read_bytes() == data


def test_a_log_that_the_case_no_longer_fits_is_refused_with_its_lines(
    folder: Path, edit: Edit
) -> None:
    logged(folder, FULL_DRILL, LADDER)
    edit("weights.csv", "WEST-UNION,FISH,,3,,,S,N1.p3,\n", "")
    with pytest.raises(CaseError, match=r"1 problem.*\n  log.yaml:\d+: E061: .*WEST-UNION/FISH"):
        load(folder)


def test_a_log_changed_while_it_was_read_is_not_overwritten(folder: Path) -> None:
    logged(folder, TABLE_DRILL)
    log = folder / "log.yaml"
    findings = Findings()
    before = book_of(log, findings)
    add(folder, REFUSED)
    data = log.read_bytes()
    with pytest.raises(OutputError, match="changed by somebody else"):
        append(log, before, LADDER)
    assert log.read_bytes() == data


def test_a_log_that_cannot_be_read_is_said(folder: Path, tmp_path: Path) -> None:
    (folder / "log.yaml").mkdir()
    with pytest.raises(CaseError, match="E001"):
        load(folder)
    (folder / "log.yaml").rmdir()
    outside = tmp_path / "outside.yaml"
    outside.write_text(HEAD, encoding="utf-8")
    (folder / "log.yaml").symlink_to(outside)
    with pytest.raises(CaseError, match="E004"):
        load(folder)
    assert load(folder, log=False).log is None


def test_a_case_without_a_date_takes_any_day(folder: Path, edit: Edit) -> None:
    edit("case.yaml", "as_of: 2024-05-01\n", "")
    case = logged(folder, TABLE_DRILL.replace("2024", "1999"))
    assert case.log is not None
    assert case.log.last == "1999-06-01"
