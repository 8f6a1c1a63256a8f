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


def rooms(timed, steps, w, count):
    """Plain rooms at the start of a world, and the part of the engine that asks for consent."""
    st, story, d = timed.compiled.problem.structure, timed.story, timed.draws
    size = plain_part("api").sizes_of(st, story, d, steps, QUARTERS)
    found = [plain_part("layout").new_room(size) for _ in range(count)]
    for one in found:
        plain_part("states").begin(st, story, d, w, one)
    return found, plain_part("consenting")


def put(timed, consenting, room, w, m, level):
    """Look at a step and make it part of all that is agreed."""
    st, v = timed.compiled.problem
    story, d = timed.story, timed.draws
    room.trial[m] = level
    consenting.replace(st, v, story, d, w, room, m, level)
    consenting.shift_wholes(st, story, d, w, room, m, level)
    consenting.settle(st, story, d, w, room, m, level)


def test_sums_kept_step_by_step_do_not_depend_on_the_order_and_are_taken_back(ready):
    timed, steps = ready
    st, v = timed.compiled.problem
    story, d = timed.story, timed.draws
    tune = plain_part("asking").tune
    agreed = dict(zip(steps.measure[::2].tolist(), steps.level[::2].tolist(), strict=True))
    for w in range(3):
        (room, other, fresh), consenting = rooms(timed, steps, w, 3)
        for one in (room, other, fresh):
            one.state[:] += 0.7
            tune(story, d, w, one, EVERYTHING)
        for m, level in agreed.items():
            put(timed, consenting, room, w, m, level)
        for m, level in reversed(agreed.items()):
            put(timed, consenting, other, w, m, 1)
            put(timed, consenting, other, w, m, level)
        assert (room.x != st.status_quo).sum() > 5
        for name in ("x", "trial", "now", "sums"):
            assert np.array_equal(getattr(room, name), getattr(other, name)), name
        assert not np.array_equal(room.now, d.whole_today[w])
        fresh.x[:] = room.x
        consenting.sum_up(st, story, d, w, fresh)
        np.testing.assert_allclose(room.total, fresh.total, rtol=0, atol=1e-3)
        for m in agreed:
            consenting.undo(st, v, story, d, w, room, m, st.status_quo[m])
        assert np.array_equal(room.now, d.whole_today[w])
        assert np.array_equal(room.sums, d.total_today[w])


def test_floors_and_wholes_of_a_step_are_those_of_the_snapshot(ready):
    """On a step added to what is agreed, both amount to the snapshot's own slack."""
    timed, steps = ready
    st, v = timed.compiled.problem
    story, d = timed.story, timed.draws
    binding = 0
    for w in (1, 5):
        (room,), consenting = rooms(timed, steps, w, 1)
        for step in range(0, steps.quarter.size, 2):
            m, level = int(steps.measure[step]), int(steps.level[step])
            levels = room.x.copy()
            levels[m] = level
            verdict = judge(timed.compiled.problem, levels)
            slack, bound = verdict.row_slack[w], verdict.binding[w]
            room.trial[m] = level
            asked = (EVERYTHING, 2 * step, m, level, False)
            consenting.floors_refuse(st, v, story, d, w, room, *asked)
            slot = st.first[m] + level
            rows = story.floor_row[story.floor_first[slot] : story.floor_first[slot + 1]]
            for place, row in enumerate(rows):
                if bound[row]:
                    cost = consenting.costs(st, v, w, room.trial, row)
                    assert room.amount[place] - cost == slack[row]
                    binding += 1
            owners = st.row_owner >= 0
            named = [
                r for r, name in enumerate(timed.compiled.names.rows) if owners[r] and bound[r]
            ]
            of = [timed.compiled.names.rows[r].measure for r in named]
            mine = timed.compiled.names.measures[m]
            left = {r for r, name in zip(named, of, strict=True) if name == mine} - {*rows.tolist()}
            assert all(slack[row] == 0 for row in left)
            put(timed, consenting, room, w, m, level)
            for i, row in enumerate(story.wholes):
                place = story.whole_square[i]
                lost = 0 if place < 0 else (v.square[w, place] * room.excess).sum()
                assert room.now[i] * 1_000_000 - lost == slack[row]
    assert binding > 50


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


def test_what_a_world_needs_lies_together(ready):
    """Arrays in another order would be read here and there, and compile a second kernel."""
    timed, _ = ready
    groups = (timed.draws, timed.story.near, timed.story.links)
    assert all(array.flags.c_contiguous for group in groups for array in group)
