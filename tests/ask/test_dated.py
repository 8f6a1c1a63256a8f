"""Shocks on dates: they come in every world, in their quarter, and nothing else changes."""

import numpy as np
import pytest

import winset
from winset.ask.dated import dated_shocks
from winset.engine.simulate import STATES
from winset.errors import AskError

N = 40


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


def ask(case, *shocks, **other):
    return winset.path(
        case, "smith", **{"n": N, "quarters": 22, "paces": (), **other}, shocks=shocks
    )


@pytest.fixture(scope="module")
def plain(case):
    return ask(case)


@pytest.fixture(scope="module")
def struck(case):
    return ask(case, "X16@3", "X18@3")


def state(answer, name):
    return answer.followed.joined("state")[:, :, STATES.index(name)]


def test_a_dated_shock_comes_in_every_world_and_in_its_quarter(plain, struck):
    assert struck.followed.happened("shock")[:, 2].all()
    assert not plain.followed.happened("shock")[:, 2].all()
    assert (
        struck.followed.happened("shock")[:, :2] == plain.followed.happened("shock")[:, :2]
    ).all()


def test_two_of_one_quarter_strike_together(plain, struck):
    assert (state(struck, "threat_first")[:, 2] >= state(plain, "threat_first")[:, 2]).all()
    assert (
        state(struck, "threat_first")[:, 2].mean() > state(plain, "threat_first")[:, 2].mean() + 1
    )
    assert (
        state(struck, "assurance_first")[:, 2].mean() < state(plain, "assurance_first")[:, 2].mean()
    )


def test_what_comes_before_is_as_it_was(plain, struck):
    for name in ("levels", "state", "events"):
        assert np.array_equal(
            struck.followed.joined(name)[:, :2], plain.followed.joined(name)[:, :2]
        )


def test_the_same_worlds_without_them_stand_beside(plain, struck):
    rows = {(row["what"], row["name"]): row for row in struck.tables["dated"].rows()}
    end = rows["depth at the end", ""]
    assert end["without_shocks"] == pytest.approx(plain.followed.depth[:, -1, 0].mean())
    assert end["with_shocks"] == pytest.approx(struck.followed.depth[:, -1, 0].mean())
    gap = struck.followed.depth[:, -1, 0] - plain.followed.depth[:, -1, 0]
    assert end["difference"] == pytest.approx(gap.mean())
    assert end["difference_error"] == pytest.approx(gap.std(ddof=1) / np.sqrt(N))
    assert "dated" not in plain.tables
    assert "In every world a US-China armed conflict in quarter 3 and doubt" in " ".join(
        struck.sentences
    )
    assert "In every world" not in " ".join(plain.sentences)


def test_a_shock_that_never_comes_by_itself_can_be_dated(case):
    answer = ask(case, "X2@4", changes=["parameters/rate_X2 = 0"])
    assert answer.followed.happened("shock")[:, 3].all()


def test_a_change_of_government_can_be_dated_where_there_is_an_election(case, plain):
    answer = ask(case, "X11@20")
    assert answer.followed.happened("change of government")[:, 19].all()
    assert not plain.followed.happened("change of government")[:, 19].all()


def test_one_quarter_of_one_world_is_told_with_its_shocks_by_name(struck):
    told = struck.why("D1.4", world=2, quarter=3)
    assert "a US-China armed conflict in quarter 3" in told
    assert "shock in quarter" not in told


def test_the_command_repeats_the_answer_and_weigh_takes_them_too(case, struck):
    assert "'--shock=X16@3' '--shock=X18@3'" in struck.run.command
    assert "--quarters=22" in struck.run.command
    answer = winset.weigh(case, ["smith", "klinck"], n=10, quarters=6, shocks=["X16@2"])
    assert all(one.happened("shock")[:, 1].all() for one in answer.followed)
    assert "a US-China armed conflict in quarter 2" in " ".join(answer.sentences)
    assert answer.run.command.startswith("winset weigh trilateral-2022 smith klinck ")


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["X2"], "Write SHOCK@QUARTER, say X2@6"),
        (["X2@"], "Write SHOCK@QUARTER"),
        (["X2@-1"], "Write SHOCK@QUARTER"),
        (["X2@0"], "quarter 0 is not followed; 1 to 22"),
        (["X2@23"], "quarter 23 is not followed; 1 to 22"),
        (["X77@3"], "no shock 'X77'"),
        (["X5@3"], "X5 .* comes out of the model and cannot be put on a date"),
        (["X2@3", "X4@3", "X2@ 3"], "X2 is named twice in quarter 3"),
        (["X11@19"], "X11@19: quarters in which ROK can take a new government: 20"),
    ],
)
def test_what_cannot_be_dated_is_refused_with_what_can(case, texts, message):
    with pytest.raises(AskError, match=message):
        dated_shocks(case, texts, 22)


def test_dates_may_come_in_any_order(case):
    one, other = (dated_shocks(case, texts, 22) for texts in (["X4@9", "X2@3"], ["X2@3", "X4@9"]))
    assert one == other


def test_kept_blocks_know_their_shocks(case, tmp_path):
    options = {"n": 4, "quarters": 4, "keep": tmp_path}
    ask(case, "X16@2", **options)
    with pytest.raises(AskError, match=r"blocks of another run .*dated"):
        ask(case, **options)
