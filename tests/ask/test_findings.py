"""Findings through time that must come out and must be able to go away."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import winset
from winset.ask.follow import mask_of
from winset.ask.path.what_if import spirals, without
from winset.ask.path.windows import windows
from winset.ask.scene import scene_of, step_of
from winset.engine.simulate import PARAMETERS, STATES

N, QUARTERS = 48, 16


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


def bare(case, *rungs, quarter=1):
    """A programme of single steps without gates, fallbacks or levers."""
    base = case.programmes[0]
    steps = tuple(step_of(base, rung, quarter) for rung in rungs)
    return replace(base, steps=steps, settings={}, barred=())


def scene(case, programme, n=N, quarters=QUARTERS, **options):
    options = {"mechanisms": mask_of(()), **options}
    return scene_of(case, programme, n=n, rng=1, quarters=quarters, **options)


def gains(case, changes=(), without=()):
    """Rungs won by a nuclear test, by quarters after it."""
    programme = bare(case, "D1.3")
    here = scene(case, programme, n=24, quarters=12, changes=changes, mechanisms=mask_of(without))
    rows = windows(case, here, programme, events=("X2",), delays=(0, 8))["openings"].rows()
    return {row["delay"]: row["gain"] for row in rows if not row["theory"]}


def test_reach_rises_after_a_threat_and_decays(case):
    """K06, K07: at a strong and short-lived response; not where nothing is felt."""
    strong = ["parameters/threat_gain = 0.6", "parameters/threat_hl = 1"]
    felt = gains(case, strong, without=["assurance"])
    assert felt[0] > 0
    assert felt[8] < felt[0]
    assert set(gains(case, strong, without=["assurance", "threat"]).values()) == {0.0}


def trust_after(case, ratio, mechanisms=None):
    """Trust won by a step that takes effect, and lost when a new government undoes it."""
    programme = bare(case, "D1.3")
    here = scene(case, programme, quarters=24)
    election = next(one for one in here.air.elections if one.role == 1)
    draws = here.happening({f"election/{election.id}": [election.quarter]}, calm=True)
    draws = here.set(draws, stay=-100.0, trust_loss=ratio, trust_keep=1.0, steady_bonus=0.0)
    draws = draws._replace(change=np.ones_like(draws.change))
    record = here.run(programme, draws=draws, mechanisms=mechanisms)
    trust = here.state(record, "trust_pair")
    before, after = trust[:, election.quarter - 2], trust[:, election.quarter - 1]
    carried = record.fate[:, 0] == 1
    assert carried.any()
    return (before - trust[:, 0])[carried].mean(), (before - after)[carried].mean()


def test_a_reversal_costs_more_trust_than_the_step_gave_and_less_at_the_other_end(case):
    """K37."""
    won, lost = trust_after(case, 3.0)
    assert lost > won > 0
    won, lost = trust_after(case, 0.2)
    assert 0 < lost < won
    off = mask_of(["trust"])
    assert trust_after(case, 3.0, off) == (0.0, 0.0)


def test_a_settlement_relapses_without_backing_and_not_with_it(case):
    """K40."""

    def share(backing, claimants):
        changes = [
            f"parameters/backing_start = {backing}",
            f"constituencies/KR-VIC/threshold = {claimants}",
            "parameters/relapse_hz = 0.7",
        ]
        off = mask_of(["crisis"])
        here = scene(case, bare(case, "H2.2"), changes=changes, quarters=24, mechanisms=off)
        record = here.run(bare(case, "H2.2"))
        stood = record.fate[:, 0] == 1
        return here.came(record, "relapse").any(axis=1)[stood].mean()

    assert share(-6, 9) > 0.5
    assert share(9, -9) == 0.0


def test_skill_needs_drills_and_stays_where_nothing_is_forgotten(case):
    idle = bare(case, "L2.2")
    here = scene(case, idle)
    fading = here.state(here.run(idle, draws=here.set(skill_gain=0.0)), "skill")
    assert (fading[:, -1] < fading[:, 0]).all()
    kept = here.state(here.run(idle, mechanisms=mask_of(["skill"])), "skill")
    assert (kept == kept[:, :1]).all()


def test_inflaming_does_not_pay_where_it_is_dear_and_does_where_it_is_cheap(case):
    """K56: spoilers act where grievance, season and stake outweigh the cost."""
    programme = next(one for one in case.programmes if one.id == "smith")
    here = scene(case, programme)

    def acts(cost):
        draws = here.set(spoiler_cost=cost, exploit=1.0)
        return here.came(here.run(programme, draws=draws), "spoiler").mean()

    assert acts(0.1) > acts(2.0)
    assert acts(1e6) == 0.0


def test_a_quarrel_feeds_on_itself_only_above_the_radius_of_one(case):
    programme = bare(case, "L2.2")
    here = scene(case, programme)
    court = f"shock/{here.air.time.court}"
    strong = {
        "tension_keep": 0.9,
        "spill_pe": 1.0,
        "spill_ps": 1.0,
        "spill_ep": 1.0,
        "spill_sp": 1.0,
    }
    weak = dict.fromkeys(strong, 0.1)
    forced = here.happening({court: [2]}, calm=True)
    for values, grows in ((strong, True), (weak, False)):
        draws = here.set(forced, **values, ballast=0.1, people_damp=0.0)
        timed = replace(here.timed, draws=draws)
        there = replace(here, timed=timed)
        record = there.run(programme)
        assert spirals(case, there, record)[:, -1].all() == grows
        politics = there.state(record, "politics")
        assert (politics[:, -1] > politics[:, 1]).all() == grows


def test_renewal_keeps_doubt_away_and_its_absence_does_not(case):
    programme = bare(case, "D8.3")
    here = scene(case, programme)

    def doubt(gap):
        record = here.run(programme, draws=here.set(occasion_gap=gap, doubt_line=1.0))
        return (here.state(record, "assurance_first")[:, 4:] < 1.0).mean()

    assert doubt(1.0) < doubt(12.0)
    off = here.run(programme, mechanisms=mask_of(["assurance"]), draws=here.set(occasion_gap=1.0))
    still = here.state(off, "assurance_first")
    assert (still == still[:, :1]).all()


def test_contrition_raises_salience_only_under_the_rival_theory(case):
    programme = bare(case, "H1.2")
    here = scene(case, programme)
    calm = here.set(here.happening({}, calm=True), contrition_backlash=0.5)

    def salience(mechanisms):
        return here.state(here.run(programme, draws=calm, mechanisms=mechanisms), "salience_first")

    plain, rival = salience(mask_of(())), salience(mask_of(["+backlash"]))
    assert (rival[:, -1] >= plain[:, -1]).all()
    assert (rival[:, -1] > plain[:, -1]).any()


def test_ties_between_people_reach_opinion_only_years_later(case):
    programme = bare(case, "L1.3", "L2.3")
    here = scene(case, programme, quarters=24)
    soon = here.run(programme, draws=here.set(people_lag=0.0))
    late = here.run(programme, draws=here.set(people_lag=20.0))
    place = STATES.index("opinion")
    assert (soon.state[:, -1, place] >= late.state[:, -1, place]).all()
    assert (soon.state[:, -1, place] > late.state[:, -1, place]).any()


def test_generations_move_backing_within_the_coded_range_and_not_beyond(case):
    programme = next(one for one in case.programmes if one.id == "smith")
    here = scene(case, programme, quarters=24)
    grown = here.run(programme, draws=here.set(cohort_drift=50.0))
    more = here.run(programme, draws=here.set(cohort_drift=500.0))
    assert np.array_equal(grown.state[:, -1], more.state[:, -1])
    still = here.run(programme, draws=here.set(cohort_drift=0.0))
    off = here.run(
        programme, draws=here.set(cohort_drift=50.0), mechanisms=mask_of(["generations"])
    )
    assert np.array_equal(off.state, still.state)
    assert not np.array_equal(grown.events, still.events)


def test_the_order_in_which_parties_are_named_does_not_matter(case):
    """The pair and the parties permuted: the same levels, the two sides' states exchanged."""
    programme = next(one for one in case.programmes if one.id == "smith")
    pair = dict(reversed(case.time.pair.items()))
    other = replace(case, parties=tuple(reversed(case.parties)), time=replace(case.time, pair=pair))
    one = scene(case, programme, quarters=32)
    two = scene(other, programme, quarters=32)
    first, second = one.run(programme), two.run(programme)
    assert np.array_equal(first.levels, second.levels)
    assert np.array_equal(first.events, second.events)
    for stem in ("threat", "salience", "grievance", "assurance", "window"):
        a, b = STATES.index(f"{stem}_first"), STATES.index(f"{stem}_second")
        assert np.array_equal(first.state[:, :, a], second.state[:, :, b]), stem
        assert np.array_equal(first.state[:, :, b], second.state[:, :, a]), stem


def test_steps_of_a_measure_are_taken_out_with_the_gates_that_name_it(case):
    programme = next(one for one in case.programmes if one.id == "smith")
    left = without(programme, {"H1"}, case)
    assert not [step for step in left.steps if step.rung.startswith("H1.")]
    assert any("H1" in step.when_text for step in programme.steps)
    assert not any("H1" in str(step.when) for step in left.steps)


def test_how_long_things_last_is_drawn_with_the_worlds(case):
    """Patience, fresh settlements, the gap between reprisals and fresh steps are no constants."""
    smith = next(one for one in case.programmes if one.id == "smith")
    here = scene(case, smith, quarters=32)

    def run(programme=smith, **spans):
        return here.run(programme, draws=here.set(**spans))

    assert run(patience=0.0).asked.max() == 1
    assert run(patience=4.4).asked.max() == 5
    assert run(patience=4.6).asked.max() == 6
    brief, long = (run(settlement_fresh=span, crisis_max=0.5) for span in (0.0, 40.0))
    assert here.came(long, "crisis").sum() > here.came(brief, "crisis").sum()
    seldom, often = (run(minded_fresh=span, coercion=0.9) for span in (0.0, 40.0))
    assert here.came(often, "coercion").sum() > here.came(seldom, "coercion").sum()
    for gap in (2.0, 8.0):
        loud = here.came(run(reprisal_gap=gap, spill_pe=1.0, tension_keep=0.95), "reprisals")
        times = [np.diff(np.flatnonzero(world)) for world in loud]
        assert min(space.min() for space in times if space.size) == gap


def test_a_case_without_such_spans_has_the_usual_ones(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(Path(winset.__file__).parent / "cases" / "trilateral_2022", folder)
    usual = {"patience": 8, "settlement_fresh": 4, "reprisal_gap": 4, "minded_fresh": 8}
    file = folder / "parameters.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.split(",")[0] not in usual]
    assert len(lines) - len(kept) == len(usual)
    file.write_text("".join(kept), "utf-8")
    case = winset.load(folder)
    par = scene(case, case.programmes[0], n=3).timed.draws.par
    for name, span in usual.items():
        assert (par[:, PARAMETERS.index(name)] == span).all()
