"""The dispute over worlds: what is drawn, what is counted, what is said."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import winset
from tests.conflict.random_conflicts import restated
from winset.ask.dispute.build import draw_wants, graph_of_moves, ranks
from winset.ask.dispute.verdicts import ranked
from winset.case.model import Case
from winset.conflict.model import Conflict
from winset.errors import AskError, CaseError
from winset.oracle.conflict import stable

N = 120


@pytest.fixture(scope="module")
def case() -> Case:
    return winset.load("trilateral-2022")


@pytest.fixture(scope="module")
def answer(case: Case) -> winset.DisputeAnswer:
    return winset.dispute(case, n=N)


def test_shares_are_counts_of_worlds_judged_one_by_one(
    case: Case, answer: winset.DisputeAnswer
) -> None:
    assert case.dispute
    orders = ranks(case.dispute, answer.conflict, draw_wants(case.dispute, n=N, rng=1, first=0))
    counted = np.zeros(answer.conflict.count)
    for order in orders:
        plain = restated(ranked(answer.conflict, order))
        for state in plain.states:
            counted[state] += all(
                stable(plain, player, state, "seq", "legal") for player in range(3)
            )
    assert np.allclose(answer.table("states")["share_stable"], counted / N)


def test_a_world_is_the_same_whatever_else_is_drawn(case: Case) -> None:
    assert case.dispute
    few, many = (draw_wants(case.dispute, n=n, rng=3, first=0) for n in (10, 400))
    fewer_wants = replace(case.dispute, statements=case.dispute.statements[::-2])
    other = draw_wants(fewer_wants, n=10, rng=3, first=0)
    for name, place in other.places.items():
        assert (place == few.places[name]).all()
        assert (place == many.places[name][:10]).all()
    later = draw_wants(case.dispute, n=5, rng=3, first=5)
    assert all((later.sides[name] == few.sides[name][5:]).all() for name in later.sides)


def test_the_middle_world_ranks_by_the_order_of_places(
    case: Case, answer: winset.DisputeAnswer
) -> None:
    told = case.dispute
    assert told
    # Tokyo's first want holds wherever Seoul settles, so every such state comes before all others
    settles = [answer.conflict.answers(s)[0] == "Y" for s in range(answer.conflict.count)]
    tokyo = answer.typical[1]
    assert tokyo[settles].min() > tokyo[~np.array(settles)].max()


def test_a_want_that_comes_first_or_not_at_all_changes_the_order(case: Case) -> None:
    told = case.dispute
    assert told
    graph = graph_of_moves(told)
    drawn = draw_wants(told, n=50, rng=1, first=0)
    curbs = np.array([graph.answers(s)[2] == "Y" for s in range(graph.count)])
    first = ranks(told, graph, drawn, first="k_lifted")[:, 0]
    assert (first[:, ~curbs].min(axis=1) > first[:, curbs].max(axis=1)).all()
    assert not np.array_equal(
        ranks(told, graph, drawn), ranks(told, graph, drawn, dropped="j_first")
    )


def test_turns_are_sorted_and_start_from_the_share_without_a_change(
    answer: winset.DisputeAnswer,
) -> None:
    turns, outcomes = answer.table("turns"), answer.table("outcomes").where(concept="seq")
    assert (np.diff(np.abs(turns["swing"])) <= 1e-12).all()
    before = dict(zip(outcomes["outcome"].tolist(), outcomes["share_stable"].tolist(), strict=True))
    for row in turns.rows():
        assert row["before"] == before[row["outcome"]]
        assert row["low"] <= row["share_stable"] <= row["high"]
        assert row["swing"] == pytest.approx(row["share_stable"] - row["before"])


def test_sides_add_up_to_all_worlds(answer: winset.DisputeAnswer) -> None:
    sides = answer.table("sides").where(outcome="settlement")
    for matter in ("claims", "controls"):
        own = [row for row in sides.rows() if row["reading"].startswith(f"{matter}/")]
        assert sum(row["worlds"] for row in own) == N


def test_every_sentence_keeps_to_the_words(answer: winset.DisputeAnswer) -> None:
    text = " ".join(answer.sentences)
    for word in ("will ", "likely", "probab", "expect", "optimal", "proves", "forces", "rational "):
        assert word not in text.lower(), word
    assert answer.sentences[-1] == answer.definition
    assert "never twice in a row" in answer.definition
    assert "as Smith reads the agreement, and Tokyo" in text
    assert "as Korea's Supreme Court held" in text
    assert "escalation" in answer.headline
    assert "settlement" in answer.headline


def test_the_definition_travels_with_the_answer(case: Case, tmp_path: Path) -> None:
    one = winset.dispute(case, n=20, concept="gmr", answering="one-step")
    assert one.definition in one.sentences
    assert "--concept=gmr --definition=one-step" in one.run.command
    folder = one.save(tmp_path / "run")
    assert "one move of one opponent" in (folder / "manifest.json").read_text("utf-8")


def test_why_names_the_state_and_everybody(answer: winset.DisputeAnswer) -> None:
    told = answer.why(4)
    assert "Tokyo keeps curbs" in told[0]
    assert [sentence.split(" ")[0] for sentence in told[1:]] == ["Seoul", "Tokyo", "Washington"]
    with pytest.raises(AskError, match="states are 1 to 12"):
        answer.why(13)


def test_the_graph_shows_every_state_and_its_share(answer: winset.DisputeAnswer) -> None:
    drawn = answer.figure().to_dict()
    kept = [each for each in drawn["datasets"].values() if "head" in each[0]]
    heads = {row["head"] for rows in kept for row in rows}
    assert len(heads) == answer.conflict.count
    assert sum(" · today" in head for head in heads) == 1
    with pytest.raises(AskError, match="no figure"):
        answer.figure("room")


def test_a_graph_of_many_states_is_refused(answer: winset.DisputeAnswer) -> None:
    from winset.brief.dispute_graph import graph

    states = answer.table("states")
    twice = {name: np.concatenate([array, array]) for name, array in states.data.items()}
    tables = {**answer.tables, "states": replace(states, data=twice)}
    with pytest.raises(AskError, match="24 states cannot be read"):
        graph(replace(answer, tables=tables))


def test_a_case_without_a_dispute_says_what_to_do() -> None:
    with pytest.raises(AskError, match=r"add dispute.yaml"):
        winset.dispute(winset.load("shared-canal"), n=2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "player: ROK\n    label: offers",
            "player: ROX\n    label: offers",
            "unknown player 'ROX'",
        ),
        ("  ROK: {label: Seoul", "  KOR: {label: Seoul", "unknown player 'KOR'"),
        ("- settle leave", "- settle leaf", "unknown option 'leaf'.*Nearest: leave"),
        ("holds: [-leave]", "holds: [-leave leave]", "both taken and left"),
        ("low: 1, mode: 2, high: 5", "low: 3, mode: 2, high: 5", "low <= mode <= high"),
        ("reading: claims/closed", "reading: claims/shut", "unknown reading 'claims/shut'"),
        ("when: [settle -curbs]", "wenn: [settle -curbs]", "key of outcome settlement"),
        ("label: ends the pact", "label: ends\n    way: aside", "way of option leave.*'aside'"),
    ],
)
def test_a_wrong_dispute_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(Path(winset.load("trilateral-2022").folder), folder)
    file = folder / "dispute.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CaseError, match=said) as caught:
        winset.load(folder)
    assert all(problem.at.file == "dispute.yaml" for problem in caught.value.problems)
    assert all(problem.at.line > 1 for problem in caught.value.problems)


def test_an_empty_state_space_and_a_wrong_status_quo_are_refused(case: Case) -> None:
    told = case.dispute
    assert told
    nothing = replace(told, infeasible=((("settle", True),), (("settle", False),)))
    with pytest.raises(AskError, match="no state is left"):
        graph_of_moves(nothing)
    with pytest.raises(AskError, match="infeasible"):
        graph_of_moves(replace(told, status_quo=("settle", "leave")))


def test_the_hash_of_a_case_knows_its_dispute(tmp_path: Path) -> None:
    bundled = winset.load("trilateral-2022")
    folder = tmp_path / "case"
    shutil.copytree(Path(bundled.folder), folder)
    file = folder / "dispute.yaml"
    file.write_text(file.read_text("utf-8").replace("mode: 3", "mode: 4", 1), "utf-8")
    assert winset.load(folder).hash != bundled.hash


def test_merged_states_of_a_case_are_one(case: Case) -> None:
    told = case.dispute
    assert told
    merged = graph_of_moves(replace(told, merged=((("leave", True),),)))
    assert isinstance(merged, Conflict)
    assert merged.count == 9


def test_the_dispute_of_the_how_to_page_can_be_asked(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs/how-to/ask-about-a-dispute.md"
    text = page.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    folder = tmp_path / "canal"
    shutil.copytree(Path(winset.load("shared-canal").folder), folder)
    parties = [party.id for party in winset.load("shared-canal").parties]
    for name, party in zip(("UP", "DOWN"), parties, strict=False):
        text = text.replace(f" {name}:", f" {party}:").replace(
            f"player: {name},", f"player: {party},"
        )
    (folder / "dispute.yaml").write_text(text, "utf-8")
    answer = winset.dispute(winset.load(folder), n=30)
    assert answer.conflict.count == 4
    assert answer.conflict.options[1].way == "forward"


def test_places_and_sides_have_addresses_that_can_be_traced_and_changed() -> None:
    case = winset.load("trilateral-2022")
    told = str(winset.trace(case, "dispute/k_lifted/place"))
    assert "how early a want of" in told
    assert "dispute.yaml:" in told
    assert "S3.p17" in str(winset.trace(case, "dispute/claims/side"))
    base = winset.dispute(case, n=100)
    early = winset.dispute(case, n=100, changes=["dispute/k_lifted/place = 0.1"])
    assert base.table("states").csv() != early.table("states").csv()
    assert early.run.changes == ("dispute/k_lifted/place = 0.1",)
    assert "--set='dispute/k_lifted/place = 0.1'" in early.run.command
    moved = winset.dispute(case, n=100, changes=["dispute/*/place += 0"])
    assert base.table("states").csv() == moved.table("states").csv()
    assert moved.run.id != base.run.id
    taken = winset.dispute(case, n=100, changes=["dispute/claims/side = closed"])
    counts = {row["reading"]: row["worlds"] for row in taken.table("sides").rows()}
    assert counts["claims/closed"] == 100
    assert counts.get("claims/open", 0) == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("dispute/k_lift/place = 1", "Nearest: dispute/k_lifted/place"),
        ("parameters/hist_cap = 1", "has the address"),
        ("dispute/k_lifted/place = soon", "not a quantity"),
        ("dispute/k_lifted/place = 3..1", "ascending"),
        ("dispute/k_lifted/place += soon", "needs a number"),
        ("dispute/claims/side = close", "sides: closed, open. Nearest: closed"),
        ("dispute/claims/side += 1", "say claims = SIDE"),
    ],
)
def test_changes_that_name_nothing_of_the_dispute_are_refused(change: str, says: str) -> None:
    with pytest.raises(AskError, match=re.escape(says)):
        winset.dispute(winset.load("trilateral-2022"), n=2, changes=[change])
