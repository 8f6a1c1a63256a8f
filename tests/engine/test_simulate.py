"""The model through time: equal to its twin, and true to its page where that can be said exactly."""

from dataclasses import replace

import numpy as np
import pytest

import winset
from winset.engine import judge
from winset.engine.simulate import EVERYTHING, MECHANISMS, PARAMETERS, STATES, simulate
from winset.problem.programme import compile_steps
from winset.problem.timing import chances, compile_time, weather
from winset.testing.twin import twin
from winset.worlds import draw

N, QUARTERS = 40, 24


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


def timed_of(case, programme=None, n=N, changes=(), quarters=QUARTERS):
    levers = (
        [] if programme is None else [f"levers/{k} = {v}" for k, v in programme.settings.items()]
    )
    changes = [*levers, *changes]
    others = [f"leaders/{party} = {one.other}" for party, one in case.time.governments.items()]
    worlds = draw(case, n, changes=changes)
    air = weather(worlds, draw(case, n, changes=[*changes, *others]), quarters)
    return compile_time(worlds, air, chances(air, 1, 0, n), 0, n)


def run(timed, steps, how=simulate, **options):
    options = {"quarters": QUARTERS, **options}
    return how(timed.compiled.problem, timed.story, timed.draws, steps, **options)


@pytest.fixture(scope="module")
def ready(case):
    programme = next(one for one in case.programmes if one.id == "smith")
    timed = timed_of(case, programme)
    return timed, compile_steps(programme, timed)


@pytest.fixture(scope="module")
def still(case):
    programme = replace(case.programmes[0], steps=())
    timed = timed_of(case, programme)
    return timed, compile_steps(programme, timed)


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def quiet(timed):
    """The same worlds with no shock, no election and nobody unlucky."""
    chance = np.ones_like(timed.draws.chance)
    return replace(timed, draws=timed.draws._replace(chance=chance))


def test_the_kernel_equals_its_twin(ready):
    timed, steps = ready
    plain = twin()
    import importlib

    other = importlib.import_module(f"{plain.__name__}.simulate").simulate
    few = 3
    part = replace(
        timed,
        compiled=replace(
            timed.compiled,
            problem=timed.compiled.problem._replace(
                values=type(timed.compiled.problem.values)(
                    *(array[:few] for array in timed.compiled.problem.values)
                )
            ),
        ),
        draws=type(timed.draws)(*(array[:few] for array in timed.draws)),
    )
    own = steps._replace(fact=steps.fact[:few])
    assert same(run(part, own, quarters=12), run(part, own, other, quarters=12))


def plain_part(name):
    import importlib

    return importlib.import_module(f"{twin().__name__}.simulate.{name}")


def test_sums_kept_step_by_step_are_those_added_up_from_scratch(ready):
    """After any agreements, wholes, totals, clauses and moves are what a fresh count gives."""
    timed, steps = ready
    st, v = timed.compiled.problem
    story, d = timed.story, timed.draws
    consenting, layout = plain_part("consenting"), plain_part("layout")
    begin, tune = plain_part("states").begin, plain_part("asking").tune
    size = layout.Sizes(*plain_part("api").sizes_of(st, v, story, d, steps, QUARTERS))
    for w in range(3):
        room, fresh = layout.new_room(size), layout.new_room(size)
        for one in (room, fresh):
            begin(st, story, d, w, one)
        room.state[:] += 0.7
        tune(story, d, w, room, EVERYTHING)
        consenting.take_stock(st, v, story, w, room)
        for i in range(story.wholes.size):
            consenting.whole_value(st, story, d, w, room, EVERYTHING, 0, i, 0, 1, False)
        for step in range(0, steps.quarter.size, 2):
            m, level = int(steps.measure[step]), int(steps.level[step])
            consenting.look(st, v, story, w, room, 2 * step, m, level)
            consenting.look_at_wholes(st, v, story, w, room, 2 * step, m, level)
            consenting.settle(st, v, story, d, w, room, m, level)
        fresh.x[:] = room.x
        fresh.state[:] = room.state
        tune(story, d, w, fresh, EVERYTHING)
        consenting.take_stock(st, v, story, w, fresh)
        assert (room.x != st.status_quo).sum() > 5
        assert np.array_equal(room.now, fresh.now)
        assert np.array_equal(room.sums, fresh.sums)
        assert np.array_equal(room.violated, fresh.violated)
        assert np.array_equal(room.trial, fresh.trial)
        for i in range(story.wholes.size):
            consenting.whole_value(st, story, d, w, fresh, EVERYTHING, 0, i, 0, 1, False)
        np.testing.assert_allclose(room.total, fresh.total, rtol=0, atol=1e-3)


def test_the_wholes_looked_at_are_those_of_the_snapshot(ready):
    """On a step added to what is agreed, the memory holds the snapshot's own slack."""
    timed, steps = ready
    st, v = timed.compiled.problem
    consenting, layout = plain_part("consenting"), plain_part("layout")
    size = layout.Sizes(*plain_part("api").sizes_of(st, v, timed.story, timed.draws, steps, 4))
    w = 1
    room = layout.new_room(size)
    plain_part("states").begin(st, timed.story, timed.draws, w, room)
    consenting.take_stock(st, v, timed.story, w, room)
    for step in range(8):
        m, level = int(steps.measure[step]), int(steps.level[step])
        consenting.look(st, v, timed.story, w, room, 2 * step, m, level)
        consenting.look_at_wholes(st, v, timed.story, w, room, 2 * step, m, level)
        levels = room.x.copy()
        levels[m] = level
        verdict = judge(timed.compiled.problem, levels)
        for i, row in enumerate(timed.story.wholes):
            if verdict.binding[w, row]:
                assert room.weight[2 * step, i] == verdict.row_slack[w, row] // 10**6
            else:
                assert room.weight[2 * step, i] == consenting.ASLEEP
        consenting.settle(st, v, timed.story, timed.draws, w, room, m, level)


def test_more_quarters_than_chance_was_drawn_for_are_refused(ready):
    timed, steps = ready
    with pytest.raises(ValueError, match="chance is drawn for 24"):
        run(timed, steps, quarters=QUARTERS + 1)


def test_results_depend_on_neither_threads_nor_blocks(case, ready, monkeypatch):
    timed, steps = ready
    monkeypatch.setenv("WINSET_THREADS", "1")
    one = run(timed, steps)
    monkeypatch.setenv("WINSET_THREADS", "2")
    assert same(one, run(timed, steps))
    programme = next(p for p in case.programmes if p.id == "smith")
    few = timed_of(case, programme, n=8)
    assert np.array_equal(run(few, compile_steps(programme, few)).levels, one.levels[:8])


def test_nothing_is_asked_and_nothing_happens_then_each_state_follows_its_closed_form(still):
    timed, steps = quiet(still[0]), still[1]
    rec = run(timed, steps, mechanisms=EVERYTHING)
    par = dict(zip(PARAMETERS, timed.draws.par.T, strict=True))

    def state(name):
        return rec.state[:, -1, STATES.index(name)]

    close = {"rtol": 2e-5, "atol": 1e-5}
    left = par["salience_keep"] ** QUARTERS
    np.testing.assert_allclose(state("salience_first"), par["mood_start"] * left, **close)
    floor = par["grievance_floor"]
    above = (par["grievance_start"] - floor) * par["grievance_keep"] ** QUARTERS
    np.testing.assert_allclose(state("grievance_second"), floor + above, **close)
    np.testing.assert_allclose(state("window_second"), par["window_keep"] ** QUARTERS, **close)
    np.testing.assert_allclose(state("threat_first"), 0.0, **close)
    np.testing.assert_allclose(state("politics"), 0.0, **close)
    np.testing.assert_allclose(state("ballast"), par["ballast"], **close)
    assert (rec.events == 0).all()
    assert (rec.levels == timed.compiled.problem.structure.status_quo).all()


def test_without_steps_no_state_is_pinned_to_a_bound_in_more_than_a_tenth_of_worlds(case):
    programme = replace(case.programmes[0], steps=())
    timed = timed_of(case, programme, n=300, quarters=40)
    rec = run(timed, compile_steps(programme, timed), quarters=40)
    last = rec.state[:, -1]
    bounded = {"trust": (-5, 5), "salience": (-1, 5), "grievance": (-1, 5), "politics": (-1, 5)}
    for place, name in enumerate(STATES):
        for stem, (low, high) in bounded.items():
            if name.startswith(stem):
                edge = 0.05 * (high - low)
                pinned = (last[:, place] > high - edge) | (last[:, place] < low + edge)
                assert pinned.mean() <= 0.1, name


SWITCHED = {
    "threat": "threat_gain",
    "window": "window_gain",
    "mood": "kick",
    "trust": "trust_gain",
    "assurance": "assurance_gain",
    "skill": "skill_gain",
    "crisis": "crisis_max",
    "relapse": "relapse",
    "tension": "spill_ps",
    "coercion": "coercion_cost",
    "abandonment": "abandonment",
    "push": "push_relief",
    "spoiler": "exploit",
    "leak": "leak",
    "opinion": "people_gain",
    "backlash": "contrition_backlash",
    "generations": "cohort_drift",
    "government": "stay",
}


@pytest.mark.parametrize("name", SWITCHED)
def test_a_mechanism_that_is_off_leaves_no_trace(ready, name):
    """What only it reads may then be anything."""
    timed, steps = ready
    par = timed.draws.par.copy()
    par[:, PARAMETERS.index(SWITCHED[name])] *= 0.3
    other = replace(timed, draws=timed.draws._replace(par=par))
    mask = EVERYTHING & ~(1 << MECHANISMS.index(name))
    if name == "tension":
        mask &= ~(1 << MECHANISMS.index("spoiler"))
    if name == "trust":
        mask &= ~(1 << MECHANISMS.index("opinion"))
    assert same(run(timed, steps, mechanisms=mask), run(other, steps, mechanisms=mask))


def test_the_last_answer_of_a_single_step_at_the_start_is_that_of_the_snapshot(case):
    """With everything off, a step alone in quarter 1 is asked exactly as in ``reach``."""
    base = case.programmes[0]
    timed = quiet(timed_of(case))
    st = timed.compiled.problem.structure
    for rung in ("D1.3", "T1.3", "H2.2", "E4.3", "D6.3"):
        noun = case.rung[rung]
        step = replace(base.steps[0], quarter=1, rung=rung, otherwise="", when=None)
        steps = compile_steps(replace(base, steps=(step,), settings={}), timed)
        rec = run(timed, steps, mechanisms=0, quarters=1)
        place = [m.id for m in case.measures].index(noun.measure)
        assert noun.level > st.status_quo[place]
        levels = st.status_quo.copy()
        levels[place] = noun.level
        expected = judge(timed.compiled.problem, levels).accepted
        assert np.array_equal(rec.fate[:, 0] == 1, expected), rung
