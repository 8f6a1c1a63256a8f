"""Tables of actors and files of decisions: what is read, and what is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import winset
from winset.errors import AskError, CaseError
from winset.issue import read_actors
from winset.issue.council import read_decisions

GOOD = "actor,capability,position,salience\nA,1,0,0.5\nB,2,10,1\n"


def write(tmp_path: Path, text: str, name: str = "actors.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def test_other_common_headers_and_scales_are_read(tmp_path: Path) -> None:
    text = (
        "Actor,Description,Influence,Position,Position_low,Position_high,Salience\n"
        "A,first,10,0,0,2,40\nB,second,20,100,,,80\n"
    )
    table = read_actors(write(tmp_path, text))
    assert table.percent
    one, other = table.actors
    assert (one.salience.mode, other.capability.mode) == (0.4, 20.0)
    assert (one.position.low, one.position.high, other.position.exact) == (0.0, 2.0, True)
    assert winset.issue(table, n=50).run.worlds == 50


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "says"),
    [
        ("A,1,0,0.5", "A,-1,0,0.5", "E042", 2, "capability of A is -1"),
        ("A,1,0,0.5", "A,1,0,-0.5", "E042", 2, "salience of A"),
        ("A,1,0,0.5", "A,1,nan,0.5", "E040", 2, "'nan' is not a number"),
        ("A,1,0,0.5", "A,1,inf,0.5", "E040", 2, "'inf' is not a number"),
        ("A,1,0,0.5", "A,1e999,0,0.5", "E040", 2, "not a number"),
        ("A,1,0,0.5", 'A,1,"0,5",0.5', "E040", 2, "decimal point"),
        ("A,1,0,0.5", "A,,0,0.5", "E044", 2, "capability of A is empty"),
        ("A,1,0,0.5", ",1,0,0.5", "E044", 2, "without a name"),
        ("A,1,0,0.5", "B,1,0,0.5", "E016", 3, "B is there twice"),
        ("A,1,0,0.5", "A,1,0", "E013", 2, "3 cells"),
        ("B,2,10,1", "B,2,10,101", "E042", 3, "to 100"),
        ("position", "place", "E012", 1, "column 'position' is missing"),
        ("salience", "salience,salience", "E012", 1, "twice"),
        ("A,1,0,0.5\n", "", "E042", 1, "1 actors"),
        ("A,1,0,0.5", "A,1,10,0.5", "E042", 1, "no issue between them"),
        ("A,1,0,0.5\nB,2,10,1", "A,0,0,1\nB,0,10,1", "E042", 1, "weighs anything"),
    ],
)
def test_bad_tables(tmp_path: Path, old: str, new: str, rule: str, line: int, says: str) -> None:
    file = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(CaseError) as caught:
        read_actors(file)
    told = [one for one in caught.value.problems if one.id == rule]
    assert [one for one in told if one.at.line == line and says in str(one)], str(caught.value)


def test_ranges_out_of_order_and_all_problems_at_once(tmp_path: Path) -> None:
    text = (
        "actor,capability,position,position_low,position_high,salience\n"
        "A,1,5,6,7,0.5\nB,-2,9,8,10,0.5\nC,x,9,8,10,0.5\n"
    )
    with pytest.raises(CaseError) as caught:
        read_actors(write(tmp_path, text))
    assert [(one.id, one.at.line) for one in caught.value.problems] == [
        ("E041", 2),
        ("E042", 3),
        ("E040", 4),
    ]


def test_a_missing_table_names_the_ready_ones() -> None:
    with pytest.raises(AskError, match=r"ready tables: emission. Nearest: emission"):
        read_actors("emissions")


HEADER = "isnr;prnr;prname;proc;intro;finact;rp;out;pcom;scom;pde;sde;pfr;sfr"
ROWS = [
    "1;10;x;COD;01-02-98;05-06-99;0;40;0;50;50;100;100;50",
    "2;10;x;COD;01-02-98;05-06-99;;60;20;10;60;90;100;20",
    "3;11;y;CNS;01-02-04;05-06-05;100;100;100;80;70;40;90;30",
    "4;12;z;CNS;01-02-04;05-06-05;0;999;100;80;70;40;90;30",
    "5;12;z;CNS;01-02-04;05-06-05;0;10;100;80;70;;90;30",
    "6;12;z;CNS;01-02-04;05-06-05;0;10;50;80;50;10;50;30",
]


def deu(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    return write(tmp_path, "\n".join([header, *(rows or ROWS)]) + "\n", "deu.csv")


def test_decisions_are_read_and_what_is_left_out_has_a_reason(tmp_path: Path) -> None:
    read = read_decisions(deu(tmp_path))
    assert [one.issue for one in read.scored] == ["1", "2", "3"]
    first = read.scored[0]
    assert first.position.tolist() == [0, 50, 100]
    assert first.salience.tolist() == [0.5, 1.0, 0.5]
    assert first.capability.tolist() == [1, 1, 1]
    assert (first.outcome, first.reference, first.proposal) == (40, 0, "10")
    assert np.isnan(read.scored[1].reference)
    assert [(issue, line) for issue, line, _ in read.skipped] == [("4", 5), ("5", 6), ("6", 7)]
    assert [why for _, _, why in read.skipped] == [
        "no outcome",
        "2 actors with position and salience, at least 3 needed",
        "all actors want the same",
    ]


def test_capabilities_change_with_the_year(tmp_path: Path) -> None:
    power = write(
        tmp_path,
        "actor,capability,from,to\ncom,5,,\nde,10,,2003\nde,29,2004,\nfr,10,,\n",
        "power.csv",
    )
    read = read_decisions(deu(tmp_path), power=power)
    assert read.scored[0].capability.tolist() == [5, 10, 10]
    assert read.scored[2].capability.tolist() == [5, 29, 10]


@pytest.mark.parametrize(
    ("rows", "header", "rule", "says"),
    [
        ((ROWS[0],), HEADER.replace("out", "result"), "E012", "column 'out' is missing"),
        ((ROWS[0],), "isnr;prnr;out", "E012", "no actor has a column"),
        (("1;2;3",), HEADER, "E013", "3 cells"),
        ((ROWS[0].replace(";50;50;", ";many;50;"),), HEADER, "E040", "'many' is not a number"),
        (('1;"2;3',), HEADER, "E014", "cannot be read"),
    ],
)
def test_bad_files_of_decisions(
    tmp_path: Path, rows: tuple[str, ...], header: str, rule: str, says: str
) -> None:
    with pytest.raises(CaseError) as caught:
        read_decisions(deu(tmp_path, *rows, header=header))
    assert [one for one in caught.value.problems if one.id == rule and says in str(one)]


def test_an_actor_without_capability_is_named_with_its_year(tmp_path: Path) -> None:
    power = write(tmp_path, "actor,capability\ncom,5\nde,10\n", "power.csv")
    with pytest.raises(CaseError, match=r"no capability for 'fr' in 1999.*Allowed: com, de"):
        read_decisions(deu(tmp_path), power=power)
    power.write_text("actor,capability\ncom,5\nde,-10\nfr,x\n", "utf-8")
    with pytest.raises(CaseError) as caught:
        read_decisions(deu(tmp_path), power=power)
    assert [one.id for one in caught.value.problems] == ["E042", "E040"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="There is no file"):
        read_decisions(tmp_path / "nothing.csv")


def test_the_table_of_the_how_to_page_is_read(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs/how-to/settle-an-issue.md"
    text = page.read_text("utf-8").partition("```csv\n")[2].partition("```")[0]
    answer = winset.issue(write(tmp_path, text), n=50, reference=20, cost=0.5)
    assert answer.run.worlds == 50
    assert [one.name for one in answer.actors.actors] == ["Seoul", "Tokyo", "Washington"]
