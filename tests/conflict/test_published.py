"""Published disputes with their published answers; states are numbered from 1 as published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from winset.conflict import CONCEPTS, Conflict, analyse, read_gmcr, write_gmcr

HERE = Path(__file__).parent / "published"
ANSWERS = {
    "prisoners": {"nash": {1}, "gmr": {1, 4}, "seq": {1, 4}, "sim": {1, 4}, "smr": {1, 4}},
    "cuban": {
        "nash": {6},
        "gmr": {1, 2, 3, 5, 6, 7, 8},
        "seq": {5, 6, 7},
        "sim": {6},
        "smr": {1, 2, 3, 5, 6, 7, 8},
    },
    "syria_iraq": {"nash": {6}, "gmr": {1, 6}, "seq": {6}, "sim": {6}, "smr": {6}},
    "si_misp": {name: {1, 2, 6} for name in ("nash", "gmr", "seq", "sim", "smr")},
}
GARRISON_NASH = {2, 3, 11, 17, 18, 21, 22}
GARRISON_ONE_STEP = GARRISON_NASH | {8, 13, 14, 15, 19}


def read(name: str) -> Conflict:
    return read_gmcr(HERE / f"{name}.gmcr")


def found(conflict: Conflict, concept: str, answering: str = "one-step") -> set[int]:
    return {state + 1 for state in analyse(conflict, answering=answering).equilibria(concept)}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("answering", ["one-step", "once", "legal", "free"])
def test_the_published_answers_are_found(name: str, answering: str) -> None:
    """With two players a sequence of answers is one move, so the definitions agree."""
    conflict = read(name)
    for concept, states in ANSWERS[name].items():
        assert found(conflict, concept, answering) == states, concept


def test_garrison_differs_by_definition_and_both_answers_are_named() -> None:
    """Two solvers of one program gave 12 and 14 states: both are right, by different definitions."""
    garrison = read("garrison")
    assert garrison.count == 23
    for concept in ("gmr", "smr"):
        assert found(garrison, concept, "one-step") == GARRISON_ONE_STEP
        assert found(garrison, concept, "once") == GARRISON_ONE_STEP | {4, 10}
    for concept in ("nash", "seq", "sim"):
        assert found(garrison, concept, "one-step") == GARRISON_NASH
    said = {analyse(garrison, answering=how).definition("gmr") for how in ("one-step", "once")}
    assert len(said) == 2


def test_simultaneous_and_sequential_are_not_joined() -> None:
    """A union for each player once showed {5, 6, 7} as both; only state 6 is both."""
    cuban = read("cuban")
    assert found(cuban, "sim") & found(cuban, "seq") == {6}


def test_elmira_with_the_states_after_abandonment_merged() -> None:
    """Strong equilibria 5, 8 and 9 and weak ones 1 and 4 of the nine states of the literature."""
    file = read("elmira")
    elmira = replace(
        file,
        players=tuple(replace(player, ranking=None) for player in file.players),
        merged=(((3, True),),),
    )
    assert elmira.count == 9
    strong = {elmira.state(one) for one in ("NYNNY", "YNYNY", "---Y-")}
    weak = {elmira.state(one) for one in ("NYNNN", "YNYNN")}
    for answering in ("one-step", "legal"):
        judged = analyse(elmira, answering=answering)
        for concept in ("nash", "seq", "sseq", "sim"):
            assert set(judged.equilibria(concept)) == strong, concept
        for concept in ("gmr", "smr"):
            assert set(judged.equilibria(concept)) == strong | weak, concept


def test_in_elmira_ministry_and_firm_together_jump_from_one_equilibrium_to_another() -> None:
    elmira = read("elmira")
    status, better = elmira.state("NYNNY"), elmira.state("YNYNY")
    alone = analyse(elmira).equilibria("nash")
    both = analyse(elmira, coalitions=[["MoE", "Uniroyal"]]).equilibria("nash")
    assert status in alone
    assert status not in both
    assert better in both


@pytest.mark.parametrize("name", [*ANSWERS, "garrison", "elmira"])
def test_what_is_written_reads_back_the_same(name: str, tmp_path: Path) -> None:
    conflict = read(name)
    file = tmp_path / "again.gmcr"
    file.write_text(write_gmcr(conflict), encoding="utf-8")
    again = read_gmcr(file)
    assert again.rank.tolist() == conflict.rank.tolist()
    assert again.options == conflict.options
    for concept in CONCEPTS:
        assert found(again, concept) == found(conflict, concept)
