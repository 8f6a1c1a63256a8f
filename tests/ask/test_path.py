"""Order, pace and programmes: answers from first to last, and the findings both ways."""

from dataclasses import replace

import numpy as np
import pytest

import winset
from winset.errors import AskError, CaseError
from winset.problem.timing import compile_time

N = 60


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


@pytest.fixture(scope="module")
def smith(case):
    return winset.path(case, "smith", n=N, quarters=24, paces=(0.5, 2.0))


def crisis(answer, pace):
    rows = {row["pace"]: row["share_crisis"] for row in answer.tables["pace"].rows()}
    return rows[pace]


def one_step(case, rung, quarter=1, **other):
    base = case.programmes[0]
    step = replace(base.steps[0], rung=rung, quarter=quarter, otherwise="", when=None)
    return replace(base, steps=(step,), settings={}, **other)


def test_the_answer_says_how_many_steps_are_carried(smith):
    kept = sum(row["share_end"] >= 0.5 for row in smith.tables["arrivals"].rows())
    assert f"{kept} of 32 steps are in effect after 24 quarters" in smith.headline
    assert "probab" not in " ".join(smith.sentences)


def test_shares_lie_within_their_intervals(smith):
    for name, share in (("arrivals", "share_agreed"), ("broken", "share"), ("plan", "share_end")):
        table = smith.tables[name]
        assert (table["low"] <= table[share]).all()
        assert (table[share] <= table["high"]).all()


def test_the_calendar_has_an_event_a_step_and_short_lines(smith):
    text = smith.calendar()
    assert text.count("BEGIN:VEVENT\r\n") == len(smith.tables["plan"])
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "DTSTART;VALUE=DATE:20220801" in text


def test_why_tells_the_fate_of_a_step_and_knows_its_steps(smith):
    assert smith.why("D1.3", world=0).startswith("D1.3 (")
    with pytest.raises(AskError, match="no step"):
        smith.why("D1.9")
    with pytest.raises(AskError, match="World 60"):
        smith.why("D1.3", world=N)


def test_worlds_are_the_same_in_a_longer_run(case):
    few = winset.path(case, "cautious", n=10, quarters=8, paces=())
    more = winset.path(case, "cautious", n=20, quarters=8, paces=())
    assert np.array_equal(few.followed.depth, more.followed.depth[:10])


HASTE = [
    "parameters/haste_k = 5",
    "parameters/haste_mid = 0.9",
    "parameters/crisis_max = 0.2",
    "parameters/process_q = 0.8",
]


def test_crisis_rises_with_pace_and_the_opposite_end_lets_it_not(case):
    """K52: at a steep hazard haste breaks settlements; at the flat end pace hardly matters."""
    ask = {"n": 150, "quarters": 40, "paces": (0.25, 2.0)}
    steep = winset.path(case, "cautious", changes=HASTE, **ask)
    flat = winset.path(case, "cautious", changes=["parameters/crisis_max = 0"], **ask)
    assert crisis(steep, 0.25) > crisis(steep, 2.0) + 0.05
    assert crisis(flat, 0.25) == crisis(flat, 2.0) == 0.0


def test_crisis_falls_with_support(case):
    ask = {"n": 100, "quarters": 16, "paces": ()}
    backed = winset.path(case, "smith", changes=["parameters/backing_start = 3"], **ask)
    alone = winset.path(case, "smith", changes=["parameters/backing_start = -3"], **ask)
    assert crisis(backed, 1.0) < crisis(alone, 1.0)


def test_settlements_without_backing_relapse_and_do_not_where_relapse_is_off(case):
    def relapsed(**options):
        answer = winset.path(case, "smith", n=100, quarters=24, paces=(), **options)
        return answer.followed.happened("relapse").any(axis=1).mean()

    assert relapsed(changes=["parameters/relapse_hz = 0.7"]) > 0.5
    assert relapsed(without=["relapse"]) == 0.0


def test_skill_falls_when_drills_lapse(case):
    drills = winset.path(case, one_step(case, "D1.4"), n=60, quarters=20, paces=())
    idle = winset.path(case, one_step(case, "L2.2"), n=60, quarters=20, paces=())

    def skill(answer):
        rows = answer.tables["states"].where(state="skill")
        return rows["p50"]

    assert skill(drills)[-1] > skill(idle)[-1]
    assert skill(idle)[-1] < skill(idle)[0]


def test_the_rival_theory_only_works_when_put_on(case):
    table = winset.path(case, "smith", n=100, quarters=20, paces=()).tables["without"]
    rows = {row["mechanism"]: row["difference"] for row in table.rows()}
    assert rows["nothing"] == 0.0
    assert rows["+abandonment"] >= 0.0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"quarters": 0}, "0 quarters were asked for"),
        ({"quarters": 4000}, "1 to 80"),
        ({"paces": (0.01,)}, "pace of 0.01"),
        ({"without": ["crises"]}, "no mechanism 'crises'"),
    ],
)
def test_absurd_questions_are_refused_with_what_is_allowed(case, options, message):
    with pytest.raises(AskError, match=message):
        winset.path(case, "smith", n=2, **options)


def test_a_case_without_time_says_so():
    with pytest.raises(AskError, match="says nothing about time"):
        winset.path(winset.load("shared-canal"), "any")


HEAD = "id: mine\nlabel: mine\nsource: S3\nsays: mine\nbarred: []\nsteps:\n"


def write(tmp_path, *steps, head=HEAD):
    file = tmp_path / "mine.yaml"
    file.write_text(head + "".join(f"  - {step}\n" for step in steps), encoding="utf-8")
    return file


def step(quarter, rung, **more):
    extra = "".join(f", {key}: '{value}'" for key, value in more.items())
    return f"{{quarter: {quarter}, rung: {rung}, says: x, basis: A{extra}}}"


def test_a_programme_of_ones_own_is_read_from_a_file(case, tmp_path):
    file = write(tmp_path, step(1, "D1.3"), step(3, "D1.4", when="D1.3"))
    answer = winset.path(case, file, n=10, quarters=6, paces=())
    assert answer.tables["plan"]["rung"].tolist() == ["D1.3", "D1.4"]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([step(1, "D1.4"), step(3, "D1.3")], "comes after D1.4"),
        ([step(1, "D1.4"), step(3, "D1.3")], r"mine\.yaml:8.*put it before quarter 1"),
        ([step(1, "D1.4"), step(3, "D1.4")], r"mine\.yaml:8: D1.4 is a step twice .*mine\.yaml:7"),
        ([step(1, "D1.3", **{"else": "D1.4"})], "fallback D1.4 of D1.3 is not below it"),
        ([step(1, "D1.4", when="H2.3")], r"mine\.yaml:7.*waits for H2.3.*change `when`"),
        ([step(1, "D1.4", when="H2.3 or H3.2")], "waits for H2.3 and H3.2"),
        ([step(1, "D1.4", when="D1.4")], "waits for D1.4"),
        ([step(1, "D1.4", when="D1.1 held 200")], "waits for D1.1 held 200"),
        (
            [step(1, "D1.3", when="L1.2"), step(2, "L1.2", when="D1.3")],
            "gate of D1.3 waits for L1.2.*gate of L1.2 waits for D1.3",
        ),
        ([step(0, "D1.4")], "quarter 0"),
        ([step(4000, "D1.4")], "quarter 4000"),
    ],
)
def test_programmes_that_cannot_be_followed_are_refused(case, tmp_path, steps, message):
    with pytest.raises(AskError, match=message):
        winset.path(case, write(tmp_path, *steps), n=2)


def test_a_gate_that_may_open_is_left_to_the_worlds(case, tmp_path):
    """One of two ways is enough; a fallback opens too; what a gate forbids is no bar."""
    steps = (
        step(1, "D1.4", **{"else": "D1.3"}),
        step(2, "L1.2", when="D1.3"),
        step(3, "L1.3", when="H2.3 or L1.2"),
        step(4, "L2.2", when="not H2.3"),
    )
    answer = winset.path(case, write(tmp_path, *steps), n=4, quarters=6, paces=())
    assert len(answer.tables["plan"]) == 4


def test_an_unknown_rung_is_named_with_its_line(case, tmp_path):
    with pytest.raises(CaseError, match=r"mine\.yaml:7"):
        winset.path(case, write(tmp_path, step(1, "D1.9")), n=2)


def test_weigh_runs_programmes_side_by_side(case):
    answer = winset.weigh(case, n=40, quarters=12)
    table = answer.tables["compare"]
    assert table["share_best"].sum() >= 1.0 - 1e-9
    assert (table["regret"] >= 0).all()
    firsts = [row["measure"] for row in answer.tables["robust"].rows() if row["first"]]
    assert set(firsts) == {row["measure"] for row in answer.tables["robust"].rows()}
    assert "Silence is not refusal" in answer.sentences[-1]


def test_a_programme_weighed_against_its_copy_is_never_behind(case):
    one = next(programme for programme in case.programmes if programme.id == "smith")
    answer = winset.weigh(case, [one, replace(one, id="copy")], n=30, quarters=12)
    assert (answer.tables["compare"]["regret"] == 0.0).all()
    assert (answer.tables["compare"]["share_best"] == 1.0).all()


def effect(answer, criterion, part="all"):
    rows = answer.tables["criteria"].where(criterion=criterion, part=part)
    return rows["p50"]


def test_effects_stand_still_where_nothing_changes_and_fall_with_practice(case):
    """People-to-people ties need no practice; deterrence does, and drills lapse."""
    idle = winset.path(
        case,
        one_step(case, "L2.2", quarter=80),
        n=30,
        quarters=16,
        paces=(),
        without=["generations"],
    )
    ties, deterrence = effect(idle, "PPL"), effect(idle, "DNK")
    assert np.ptp(ties) == 0.0
    assert deterrence[-1] < deterrence[0]


def test_effects_by_party_have_the_mean_that_is_told(case, smith):
    course = smith.followed.course
    assert course.shape[1:] == (24, len(case.parties), len(case.criteria))
    place = [one.id for one in case.criteria].index("PPL")
    middle = np.quantile(course[:, :, :, place].mean(axis=2), 0.5, axis=0)
    assert effect(smith, "PPL") == pytest.approx(middle)
    assert effect(smith, "PPL")[-1] > effect(smith, "PPL")[0] + 1.0
    (told,) = (sentence for sentence in smith.sentences if sentence.startswith("Effects by"))
    assert "most rise" in told
    assert "control of scope" in told.split("most fall")[1]
    every = winset.weigh(case, ["smith", "klinck"], n=N, quarters=24).tables["outcomes"]
    row = next(r for r in every.rows() if r["programme"] == "smith" and r["what"] == "PPL")
    assert row["p50"] == pytest.approx(effect(smith, "PPL")[-1])


@pytest.fixture(scope="module")
def weighed(case):
    return winset.weigh(case, n=60, quarters=24)


def test_best_is_told_by_every_ruler_and_regret_is_nobody_elses_lead(case, weighed):
    rows = [*weighed.tables["best"].rows()]
    held = {(row["by"], row["what"]) for row in rows}
    assert len(held) == 2 + len(case.parties) + len(case.criteria) + len(case.domains)
    one = weighed.followed[0]
    own = np.mean([step_stands(case, one, step) for step in one.programme.steps], axis=0)
    others = [
        np.mean([step_stands(case, other, step) for step in other.programme.steps], axis=0)
        for other in weighed.followed
    ]
    row = next(r for r in rows if r["by"] == "steps" and r["programme"] == one.programme.id)
    behind = np.max(others, axis=0) - own
    assert row["share_best"] == pytest.approx((behind <= 1e-11).mean())
    assert row["regret"] == pytest.approx(100 * behind.mean())
    assert row["regret_error"] == pytest.approx(100 * behind.std() / np.sqrt(behind.size))


def step_stands(case, one, step):
    rung = case.rung[step.rung]
    place = [measure.id for measure in case.measures].index(rung.measure)
    return one.joined("levels")[:, -1, place] >= rung.level


def test_who_asks_for_little_is_not_behind_by_its_own_steps(case):
    """Depth counts ambition, the part of one's own steps does not: the two rulers can disagree."""
    bold = next(programme for programme in case.programmes if programme.id == "smith")
    easy = next(step for step in bold.steps if step.rung == "D1.3")
    modest = replace(bold, id="modest", steps=(easy,))
    table = winset.weigh(case, [bold, modest], n=40, quarters=16).tables["best"]
    best = {(row["by"], row["programme"]): row["share_best"] for row in table.rows()}
    assert best["depth", "smith"] > best["depth", "modest"]
    assert best["steps", "modest"] > best["steps", "smith"]


def test_weigh_says_what_each_loses_or_is_refused(case, weighed):
    told = " ".join(weighed.sentences)
    for one in weighed.followed:
        rows = [
            row
            for row in weighed.tables["steps"].rows()
            if row["programme"] == one.programme.id and row["stands"] == "own"
        ]
        short = sum(row["share_end"] < 0.5 for row in rows)
        phrase = one.programme.words.phrase
        said = f"{phrase[0].upper()}{phrase[1:]}: {short} of its {len(rows)} steps stand at the end"
        assert said in told
    assert all(row["share_ever"] >= row["share_end"] for row in weighed.tables["steps"].rows())
    assert "as it has no step that one could break" in told


def test_worlds_of_the_same_levers_are_compiled_once(case, monkeypatch):
    one, two = case.programmes[0], case.programmes[1]
    lever = case.levers[0]
    first, other = lever.options[0].id, lever.options[1].id
    chosen = [
        replace(one, id="a", settings={lever.id: first}),
        replace(two, id="b", settings={lever.id: first}),
        replace(one, id="c", settings={lever.id: other}),
    ]
    compiled = []

    def counted(*args):
        compiled.append(args)
        return compile_time(*args)

    monkeypatch.setattr("winset.ask.follow.compile_time", counted)
    found = winset.weigh(case, chosen, n=8, quarters=8).followed
    assert len(compiled) == 2
    for followed in found:
        alone = winset.path(case, followed.programme, n=8, quarters=8, paces=()).followed
        assert (followed.joined("levels") == alone.joined("levels")).all()


@pytest.mark.parametrize("names", [["smith"], ["smith", "smith"]])
def test_weigh_needs_two_different_programmes(case, names):
    with pytest.raises(AskError, match="two or more"):
        winset.weigh(case, names, n=2)
