"""Files that are wrong are refused with where, what is allowed, and all problems at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from winset.conflict import read_gmcr
from winset.errors import CaseError, LimitError

GOOD: dict[str, Any] = {
    "options": [{"name": "a", "permittedDirection": "both"}, {"name": "b"}],
    "decisionMakers": [
        {"name": "one", "options": [0], "preferences": [[[1, "Y"]]]},
        {"name": "two", "options": [1], "preferences": [[[0, "N"]]]},
    ],
    "infeasibles": [],
}


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(GOOD))
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


def read(tmp_path: Path, document: Any) -> Any:
    file = tmp_path / "bad.gmcr"
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return read_gmcr(file)


MAKER = ["decisionMakers", 0]
BAD = [
    (["infeasibles"], [[[5, "Y"]]], "infeasibles\\[0\\] names option 5.*0 to 1"),
    ([*MAKER, "preferences"], [[[-1, "Y"]]], "names option -1"),
    ([*MAKER, "options"], [7], "decisionMakers\\[0\\].options names option 7"),
    ([*MAKER, "options"], [0, 1], "option 1 \\(b\\) is held more than once"),
    ([*MAKER, "options"], [], "option 0 \\(a\\) is held by nobody"),
    ([*MAKER, "options"], ["a"], "a list of indices"),
    ([*MAKER, "preferences"], [[[0, "maybe"]]], "pairs such as"),
    ([*MAKER, "preferences"], [[[0, "Y"], [0, "N"]]], "both taken and left"),
    ([*MAKER, "misperceptions"], 3, "a list of patterns"),
    ([*MAKER, "name"], "two", "Two players are called 'two'"),
    (["options", 0, "permittedDirection"], "sideways", "direction of options\\[0\\].*'sideways'"),
    (["options"], [], "no 'options'"),
    (["decisionMakers"], [], "no 'decisionMakers'"),
    (["decisionMakers", 0], "someone", 'decisionMakers\\[0\\] is "someone"'),
    (["infeasibles"], [[[0, "Y"]], [[0, "N"]]], "no state is left"),
]


def test_the_good_one_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).count == 4


@pytest.mark.parametrize(("path", "value", "said"), BAD)
def test_bad_files_are_refused(tmp_path: Path, path: list[Any], value: Any, said: str) -> None:
    with pytest.raises(CaseError, match=said):
        read(tmp_path, changed(path, value))


@pytest.mark.parametrize(
    ("ranking", "said"),
    [
        ([1, 2, 3, 3, 4], "contradicts itself: state 3 stands twice"),
        ([1, 2, 3], "leaves out state 4"),
        ([1, 2, 3, 9], "names state 9; there are 4 states"),
        ([0, 1, 2, 3, 4], "names state 0"),
        (["1", 2, 3, 4], "states or lists of states"),
    ],
)
@pytest.mark.parametrize("key", ["preferenceRanking", "preferenceVector"])
def test_contradictory_rankings_are_refused(
    tmp_path: Path, ranking: list[Any], said: str, key: str
) -> None:
    document = changed(["decisionMakers", 0, key], ranking)
    old = key == "preferenceVector"
    document["useManualPreferenceVectors" if old else "useManualPreferenceRanking"] = True
    with pytest.raises(CaseError, match=said):
        read(tmp_path, document)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000])
def test_what_is_no_document_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseError):
        read(tmp_path, text)


def test_a_missing_file_and_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        read_gmcr(tmp_path / "none.gmcr")
    (tmp_path / "latin.gmcr").write_bytes(b'{"options": "\xe9"}')
    with pytest.raises(CaseError, match="UTF-8"):
        read_gmcr(tmp_path / "latin.gmcr")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    document = changed(["infeasibles"], [[[5, "Y"]], [[6, "N"]]])
    with pytest.raises(CaseError) as caught:
        read(tmp_path, document)
    assert len(caught.value.problems) == 2


def test_a_file_that_is_too_large_is_refused_before_anything_is_computed(tmp_path: Path) -> None:
    document = changed(["options"], [{"name": str(k)} for k in range(60)])
    document["decisionMakers"][1]["options"] = [*range(1, 60)]
    with pytest.raises(LimitError, match=r"2\^60 combinations"):
        read(tmp_path, document)


def test_payoffs_rank_where_nothing_else_does(tmp_path: Path) -> None:
    document = changed(
        ["decisionMakers", 0], {"name": "one", "options": [0], "payoffs": [4, 1, 3, 1]}
    )
    assert read(tmp_path, document).rank[0].tolist() == [2, 0, 1, 0]
