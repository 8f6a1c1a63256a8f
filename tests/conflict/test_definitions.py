"""Verdicts are what the definitions say, on random disputes, by an independent restatement."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.conflict.random_conflicts import conflict, restated
from winset.conflict import CONCEPTS, Conflict, Option, Player, analyse, demands, narrate
from winset.conflict.solve import ANSWERINGS, layout
from winset.engine import conflict_api
from winset.errors import AskError, LimitError
from winset.oracle.conflict import stable, together
from winset.testing.twin import twin

DEFINITIONS = [*ANSWERINGS]


@pytest.mark.parametrize("answering", DEFINITIONS)
@pytest.mark.parametrize("seed", range(40))
def test_every_verdict_is_what_the_definition_says(seed: int, answering: str) -> None:
    dispute = conflict(seed)
    plain = restated(dispute)
    found = analyse(dispute, answering=answering)
    for concept in CONCEPTS:
        told = found.stands(concept)
        for player in range(len(dispute.players)):
            said = [stable(plain, player, s, concept, answering) for s in plain.states]
            assert told[player].tolist() == said, (concept, player)


@pytest.mark.parametrize("answering", DEFINITIONS)
@pytest.mark.parametrize("seed", range(12))
def test_compiled_and_plain_kernels_agree_bit_for_bit(seed: int, answering: str) -> None:
    dispute = conflict(1000 + seed)
    plain = twin()
    import importlib

    slow = importlib.import_module(f"{plain.__name__}.conflict_api")
    graph = layout(dispute)
    rank = dispute.rank[None]
    fast = conflict_api.stabilities(graph, rank, answering)
    assert np.array_equal(fast, slow.stabilities(slow.Graph(*graph), rank, answering))
    for improving in (True, False):
        one = conflict_api.reached(graph, dispute.rank, 0, improving=improving)
        two = slow.reached(slow.Graph(*graph), dispute.rank, 0, improving=improving)
        assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


@given(some.integers(0, 10_000), some.sampled_from(DEFINITIONS))
def test_concepts_contain_each_other(seed: int, answering: str) -> None:
    found = analyse(conflict(seed), answering=answering)
    nash, gmr, smr, seq, sseq, sim = (found.stands(name) for name in CONCEPTS)
    for inner, outer in (
        (nash, seq), (seq, gmr), (nash, smr), (smr, gmr), (nash, sseq), (sseq, seq), (sseq, smr),
        (nash, sim),
    ):  # fmt: skip
        assert not (inner & ~outer).any()


@given(some.integers(0, 10_000))
def test_longer_answers_only_add_sanctions(seed: int) -> None:
    dispute = conflict(seed)
    short, once, legal, free = (analyse(dispute, answering=name) for name in DEFINITIONS)
    for concept in ("gmr", "smr", "seq", "sseq"):
        rows = [one.stands(concept) for one in (short, once, legal, free)]
        for inner, outer in pairwise(rows):
            assert not (inner & ~outer).any(), concept


@given(some.integers(0, 10_000), some.randoms(use_true_random=False))
def test_order_of_players_and_options_leaves_no_trace(seed: int, random: object) -> None:
    dispute = conflict(seed, plain=True)
    options = [*range(len(dispute.options))]
    players = [*range(len(dispute.players))]
    random.shuffle(options)  # type: ignore[attr-defined]
    random.shuffle(players)  # type: ignore[attr-defined]
    place = {old: new for new, old in enumerate(options)}

    def moved(pattern: tuple[tuple[int, bool], ...]) -> tuple[tuple[int, bool], ...]:
        return tuple((place[option], answer) for option, answer in pattern)

    other = Conflict(
        "shuffled",
        tuple(dispute.options[old] for old in options),
        tuple(
            replace(
                dispute.players[one],
                options=tuple(place[option] for option in dispute.players[one].options),
                statements=tuple(
                    tuple(moved(p) for p in statement)
                    for statement in dispute.players[one].statements
                ),
            )
            for one in players
        ),
        tuple(moved(p) for p in dispute.infeasible),
    )
    first, second = analyse(dispute), analyse(other)
    for state in range(dispute.count):
        answers = dispute.answers(state)
        there = other.state("".join(answers[old] for old in options))
        assert first.bits[players, state].tolist() == second.bits[:, there].tolist()


@pytest.mark.parametrize("seed", range(15))
def test_the_inverse_question_is_answered_exactly(seed: int) -> None:
    dispute = conflict(seed, plain=True)
    rng = np.random.default_rng(seed)
    graph = layout(dispute)
    for answering in DEFINITIONS:
        found = analyse(dispute, answering=answering)
        state = int(rng.integers(dispute.count))
        asked = {name: demands(found, 0, state, name) for name in CONCEPTS}
        for _ in range(20):
            rank = dispute.rank.copy()
            rank[0] = rng.integers(0, dispute.count, size=dispute.count)
            bits = int(conflict_api.stabilities(graph, rank[None], answering)[0, 0, state])
            for name, each in asked.items():
                met = all(demand.met(rank[0], state) for demand in each)
                assert met == bool(bits & CONCEPTS[name]), (answering, name)


@pytest.mark.parametrize("seed", range(20))
def test_words_say_what_was_found(seed: int) -> None:
    found = analyse(conflict(seed))
    for concept in CONCEPTS:
        for state in range(found.conflict.count):
            verdict, *players = narrate(found, state, concept)
            stands = found.stands(concept)[:, state]
            assert ("is stable" in verdict) == bool(stands.all())
            for holds, said in zip(stands, players, strict=True):
                leaves = " can move to " in said and "but" not in said
                assert leaves == (not holds), said


@pytest.mark.parametrize("seed", range(20))
def test_a_coalition_of_one_changes_nothing(seed: int) -> None:
    dispute = conflict(seed)
    alone = analyse(dispute, coalitions=[[player.name] for player in dispute.players])
    assert np.array_equal(alone.bits, analyse(dispute).bits)


def test_a_coalition_moves_only_where_all_gain() -> None:
    found = analyse(conflict(3, plain=True), coalitions=[["p0", "p1"]])
    with pytest.raises(AskError, match="two coalitions"):
        analyse(found.conflict, coalitions=[["p0"], ["p0"]])
    with pytest.raises(AskError, match="no player 'px'"):
        analyse(found.conflict, coalitions=[["px"]])


@pytest.mark.parametrize("options", [23, 40, 200])
def test_what_does_not_fit_is_refused_with_the_estimate(options: int) -> None:
    from winset.conflict import Player

    with pytest.raises(LimitError, match=rf"2\^{options} combinations, about [\d,.]+ GB"):
        Conflict(
            "large",
            tuple(Option(str(k)) for k in range(options)),
            (Player("all", tuple(range(options))),),
        )


def test_too_many_opponents_for_once_are_refused() -> None:
    from winset.conflict import Player

    dispute = Conflict(
        "seven", tuple(Option(str(k)) for k in range(7)),
        tuple(Player(str(k), (k,)) for k in range(7)),
    )  # fmt: skip
    with pytest.raises(LimitError, match="at most 5 opponents"):
        analyse(dispute, answering="once")
    assert len(analyse(dispute).equilibria("nash")) == 128


@pytest.mark.parametrize("answering", DEFINITIONS)
@pytest.mark.parametrize("seed", range(2000, 2030))
def test_verdicts_on_coalitions_are_what_the_definition_says(seed: int, answering: str) -> None:
    dispute = conflict(seed)
    found = analyse(dispute, answering=answering, coalitions=[["p0", "p1"]])
    plain = together(restated(dispute), found.groups)
    assert found.concepts == tuple(CONCEPTS)
    for concept in CONCEPTS:
        told = found.stands(concept)
        for group in range(len(found.groups)):
            said = [stable(plain, group, s, concept, answering) for s in plain.states]
            assert told[group].tolist() == said, (concept, group)


@given(some.integers(0, 10_000), some.sampled_from(DEFINITIONS))
def test_concepts_contain_each_other_for_coalitions_too(seed: int, answering: str) -> None:
    found = analyse(conflict(seed), answering=answering, coalitions=[["p0", "p1"]])
    nash, gmr, smr, seq, sseq, sim = (found.stands(name) for name in CONCEPTS)
    for inner, outer in (
        (nash, seq), (seq, gmr), (nash, smr), (smr, gmr), (nash, sseq), (sseq, seq), (sseq, smr),
        (nash, sim),
    ):  # fmt: skip
        assert not (inner & ~outer).any()


@pytest.mark.parametrize("answering", DEFINITIONS)
@pytest.mark.parametrize("seed", range(3000, 3006))
def test_compiled_and_plain_kernels_agree_on_coalitions(seed: int, answering: str) -> None:
    import importlib

    dispute = conflict(seed)
    slow = importlib.import_module(f"{twin().__name__}.conflict_api")
    groups = ((0, 1), *((place,) for place in range(2, len(dispute.players))))
    graph, rank = layout(dispute, groups), dispute.rank[None]
    fast = conflict_api.stabilities(graph, rank, answering)
    assert np.array_equal(fast, slow.stabilities(slow.Graph(*graph), rank, answering))


def test_in_many_states_a_coalition_is_not_judged_symmetrically(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("winset.conflict.solve", "winset.engine.conflict_api"):
        monkeypatch.setattr(f"{module}.MOST_TOGETHER", 1)
    found = analyse(conflict(3, plain=True), coalitions=[["p0", "p1"]])
    assert found.concepts == ("nash", "gmr", "seq", "sim")
    with pytest.raises(AskError, match="in up to 1 states"):
        found.stands("smr")


def untangled(seed: int, held: tuple[int, ...]) -> Conflict:
    """Draw a dispute in which everybody can do and undo everything it holds."""
    rng = np.random.default_rng(seed)
    count = sum(held)
    first = np.concatenate([[0], np.cumsum(held)]).tolist()
    order = rng.permutation(count).tolist()
    return Conflict(
        f"untangled {seed}",
        tuple(Option(f"o{place}") for place in range(count)),
        tuple(
            Player(
                f"p{place}",
                tuple(sorted(order[start:stop])),
                tuple(
                    (((int(option), bool(rng.integers(2))),),)
                    for option in rng.permutation(count)[: int(rng.integers(0, count + 1))]
                ),
            )
            for place, (start, stop) in enumerate(pairwise(first))
        ),
        infeasible=(((0, True), (1, True)),) if seed % 2 else (),
    )


@pytest.mark.parametrize("held", [(1, 1), (2, 1, 2), (3, 2), (6, 1), (1, 2, 1, 1)])
@pytest.mark.parametrize("seed", range(6))
def test_simultaneous_answers_by_bits_are_what_the_definition_says(
    seed: int, held: tuple[int, ...]
) -> None:
    dispute = untangled(seed, held)
    plain = restated(dispute)
    found = analyse(dispute, answering="one-step")
    assert conflict_api._untangled(found.graph)
    for player in range(len(held)):
        said = [stable(plain, player, s, "sim", "one-step") for s in plain.states]
        assert found.stands("sim")[player].tolist() == said


def test_simultaneous_answers_by_bits_agree_with_plain_python_and_fall_back() -> None:
    import importlib

    slow = importlib.import_module(f"{twin().__name__}.conflict_api")
    for held in ((6, 2), (7, 1)):
        dispute = untangled(4, held)
        graph, rank = layout(dispute), np.stack([dispute.rank, dispute.rank[::-1]])
        assert conflict_api._untangled(graph) == (max(held) <= 6)
        fast = conflict_api.stabilities(graph, rank, "one-step")
        assert np.array_equal(fast, slow.stabilities(slow.Graph(*graph), rank, "one-step"))
