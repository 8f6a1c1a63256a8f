"""The bundled case says what it should: complete, clean, and true to the coding it came from."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from winset.case import check, load
from winset.case.model import Case, Choice, Constituency, Criterion, Measure

FOLDER = Path(__file__).parents[2] / "src/winset/cases/trilateral_2022"
DRAFT = Path(__file__).parents[1] / "data/draft_scores.csv"
LONGEST_LABEL = 16


@cache
def case() -> Case:
    return load("trilateral-2022")


def counted(name: str) -> int:
    counts = case().checks["counts"]
    assert isinstance(counts, dict)
    return int(counts[name])


# completeness


def test_counts() -> None:
    found = {
        "parties": case().parties,
        "constituencies": case().constituencies,
        "criteria": case().criteria,
        "measures": case().measures,
        "rungs": tuple(chain.from_iterable(one.rungs for one in case().measures)),
        "shocks": case().shocks,
        "paragraphs": case().evidence,
        "claims": case().claims,
        "disagreements": case().disagreements,
        "programmes": case().programmes,
    }
    assert {name: len(items) for name, items in found.items()} == {
        "parties": 3,
        "constituencies": 20,
        "criteria": 13,
        "measures": 31,
        "rungs": 120,
        "shocks": 22,
        "paragraphs": 76,
        "claims": 60,
        "disagreements": 22,
        "programmes": 3,
    }
    assert all(len(items) == counted(name) for name, items in found.items())


def test_tables_that_later_questions_use() -> None:
    assert (len(case().weights), len(case().stances), len(case().attitudes)) == (141, 30, 24)
    assert len(case().linkages) == 41
    assert sum(one.who == ("evidence",) for one in case().linkages) == 6
    kinds = Counter(rule.kind for rule in case().rules)
    assert kinds == {"needs": 31, "helps": 29, "excludes": 4, "refuses": 12}
    assert {one.id: len(one.steps) for one in case().programmes} == {
        "cautious": 15,
        "klinck": 28,
        "smith": 32,
    }
    assert len(case().parameters) == 129
    assert len(case().levers) == 8
    assert sum(len(one.options) for one in case().leaders) == 8


def test_documentary_table_of_actors() -> None:
    with (FOLDER / "background/actors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [f"A{n:02d}" for n in range(1, 86)]
    assert all(row["model_as"] and row["role"] for row in rows)
    paragraphs = {one.id for one in case().evidence}
    assert {ref for row in rows for ref in row["refs"].split()} <= paragraphs


def test_nothing_is_wrong_or_doubtful() -> None:
    assert check("trilateral-2022") == ()


def test_every_reference_resolves() -> None:
    paragraphs = {one.id for one in case().evidence}
    refs = set(chain.from_iterable(value.refs for value in case().values.values()))
    for group in (case().measures, case().constituencies, case().criteria, case().rules):
        refs |= set(chain.from_iterable(one.refs for one in group))
    for choice in case().choices.values():
        refs |= {*choice.refs, *chain.from_iterable(one.refs for one in choice.options)}
    for row in (*case().claims, *case().disagreements):
        refs |= set(row["refs"].split())
    for programme in case().programmes:
        refs |= set(chain.from_iterable(step.refs for step in programme.steps))
    assert refs <= paragraphs
    assert len(refs) > 40


def test_every_core_paragraph_is_used() -> None:
    cited = set(chain.from_iterable(value.refs for value in case().values.values()))
    cited |= {ref for row in (*case().claims, *case().disagreements) for ref in row["refs"].split()}
    cited |= set(chain.from_iterable(step.refs for one in case().programmes for step in one.steps))
    core = {one.id for one in case().evidence if one.part == "core"}
    assert len(core) == 46
    assert core - cited <= {"S0.p7", "S0.p12", "S4.p1"}


def test_a_stated_value_names_its_paragraph() -> None:
    stated = [value for value in case().values.values() if value.basis == "S"]
    assert stated
    assert all(value.refs for value in stated)


# words


def test_labels_are_short_and_distinct() -> None:
    rungs = list(chain.from_iterable(one.rungs for one in case().measures))
    named = [*rungs, *case().measures, *case().constituencies, *case().criteria, *case().parties]
    labels = [one.words.label for one in (*named, *case().outsiders, *case().shocks)]
    labels += [option.label for choice in case().choices.values() for option in choice.options]
    assert [label for label in labels if not 0 < len(label) <= LONGEST_LABEL] == []
    for group in (rungs, case().measures, case().constituencies, case().criteria):
        texts = [one.words.label for one in group]
        assert len(set(texts)) == len(texts)


def test_phrases_fit_a_sentence() -> None:
    for measure in case().measures:
        for rung in measure.rungs:
            phrase = rung.words.phrase
            assert phrase[-1].isalnum(), phrase
            assert len(phrase) <= 70, phrase
            first = phrase.split()[0]
            assert first[0].islower() or first in ("Korea", "Taiwan"), phrase


def test_readings_of_a_switch_share_their_shape() -> None:
    for switch in case().switches:
        sayings = [option.says for option in switch.options]
        heads = {" ".join(saying.split()[:2]).casefold() for saying in sayings}
        verbs = {"is", "are", "was", "can", "means", "wants", "gives", "helps", "counts"}
        lengths = [len(saying.split()) for saying in sayings]
        assert max(lengths) <= 1.6 * min(lengths), switch.id
        shared = set.intersection(*(set(saying.split()) for saying in sayings))
        assert len(heads) == 1 or len(shared) >= 3, switch.id
        assert all(saying[-1] != "." for saying in sayings), switch.id
        assert shared & verbs or len(shared) >= 3, switch.id


def test_authors_are_sources_in_the_order_of_their_essays() -> None:
    order = {"S3": 0, "S4": 1, "S0": 2}
    assert {source.id for source in case().sources} == set(order)
    assert next(one for one in case().sources if one.id == "S4").author == "not named"
    for switch in case().switches:
        first = [order[one.authors[0]] for one in switch.options if one.authors]
        assert first == sorted(first), switch.id


@pytest.mark.parametrize(
    "word",
    [
        "will",
        "likely",
        "optimal",
        "proves",
        "rational",
        "stubborn",
        "obstacle",
        "Republic of China",
    ],
)
def test_words_that_no_reader_should_meet(word: str) -> None:
    texts = list(
        chain.from_iterable(
            (one.words.label, one.words.name, one.words.phrase)
            for one in (
                *case().measures,
                *case().constituencies,
                *case().shocks,
                *case().outsiders,
                *chain.from_iterable(measure.rungs for measure in case().measures),
            )
        )
    )
    texts += case().words.values()
    texts += [option.says for choice in case().choices.values() for option in choice.options]
    pattern = re.compile(rf"\b{word}\b", re.IGNORECASE)
    assert [text for text in texts if pattern.search(text)] == []


# decisions


def test_the_survivors_are_asked_for_what_lasts_only() -> None:
    survivors = case().constituency["KR-VIC"]
    assert survivors.asked_for == frozenset()
    assert survivors.durability == {"H1.3", "H1.4", "H2.2", "H2.3", "H2.4"}


@pytest.mark.parametrize(
    ("who", "rungs"),
    [
        ("US-CON", {"L1.4", "L2.4", "P4.3", "P4.4", "E4.3", "E4.4"}),
        ("JP-RUL", {"H2.3", "H2.4", "H3.3", "H3.4"}),
        ("JP-DIET", {"E3.2", "E3.3", "E3.4", "L1.4", "L2.4", "P4.3", "P4.4"}),
        ("JP-COR", {"H2.3", "H2.4", "H4.1", "H4.2", "H4.3"}),
        ("KR-NA", {"L1.4", "L2.4", "P4.3", "P4.4", "H2.4"}),
    ],
)
def test_consent_is_asked_for_named_rungs(who: str, rungs: set[str]) -> None:
    assert case().constituency[who].asked_for == rungs


def test_one_mechanism_once() -> None:
    evidence = {(one.a, one.b) for one in case().linkages if one.who == ("evidence",)}
    assert evidence == {
        ("H2", "D6"),
        ("H2", "D7"),
        ("H2", "H3"),
        ("H3", "H4"),
        ("P3", "D1"),
        ("P3", "D6"),
    }
    unread = {rule.id for rule in case().rules if not rule.read_by}
    assert unread == {"PR14", "PR17", "PR27", "PR29"}


def test_every_contested_reading_is_a_switch() -> None:
    points = {"Z03", "Z06", "Z08", "Z12", "Z22", "G09", "G10", "G11", "G13", "G14", "G15", "G16"}
    ids = {switch.id for switch in case().switches}
    assert points <= {name.partition("-")[0] for name in ids}
    silent = {one.id for one in case().switches if not any(o.changes for o in one.options)}
    assert silent == {"G11-route", "G14-peace", "roles"}


def test_no_two_switches_set_the_same_value() -> None:
    setters = Counter(
        (switch.id, change.address)
        for switch in case().switches
        for option in switch.options
        for change in option.changes
        if change.operator == "="
    )
    addresses = Counter(address for _, address in setters)
    assert [address for address, n in addresses.items() if n > 1] == []


def test_undisputed_signs_do_not_straddle_zero() -> None:
    agreed = {"DNK", "WRN", "ASR", "CRI", "ECO", "PPL", "ORD", "AUT"}
    for weight in case().weights:
        if weight.criterion in agreed:
            assert weight.value.low >= 0, weight.value.address


def test_what_still_straddles_zero_says_why() -> None:
    for effect in case().effects:
        value = effect.value
        if value.low < 0 < value.high and value.mode != 0:
            assert "sign" in value.note, value.address


def checklist_rows() -> list[tuple[str, str, float, float, float, str]]:
    return [
        (one.measure, one.party, one.value.low, one.value.mode, one.value.high, one.value.basis)
        for one in case().effects
        if one.value.note.startswith("checklist:")
    ]


def test_checklist_rows_are_modest_assumptions() -> None:
    rows = checklist_rows()
    assert len(rows) == 111
    for measure, party, low, mode, high, basis in rows:
        assert -2 <= low < mode < 0 == high
        assert mode >= -1
        assert basis == "A"
        assert party in case().measure[measure].participants


def test_costs_are_coded_for_all_three_parties() -> None:
    def negative(*, completed: bool) -> dict[str, int]:
        return Counter(
            one.party
            for one in case().effects
            if one.party
            and one.value.mode < 0
            and (completed or not one.value.note.startswith("checklist:"))
        )

    expected = case().checks["negative_effects"]
    assert isinstance(expected, dict)
    assert negative(completed=False) == {key: int(n) for key, n in expected["coded"].items()}
    found = negative(completed=True)
    assert found == {key: int(n) for key, n in expected["completed"].items()}
    assert min(found.values()) >= 0.75 * max(found.values())


def test_no_checklist_loss_is_void() -> None:
    criteria = {one.id: one for one in case().criteria}
    for effect in case().effects:
        if effect.value.note.startswith("checklist:"):
            measure = case().measure[effect.measure]
            scale = loss_scale(criteria[effect.criterion], measure)
            assert any(rung_share(measure, rung.level, scale) > 0 for rung in measure.rungs)


# the draft rule, stated again


def loss_scale(criterion: Criterion, measure: Measure) -> str:
    return criterion.loss_except.get(measure.domain, criterion.loss)


def rung_share(measure: Measure, level: int, scale: str) -> float:
    if level == 0:
        return 0.0
    rung = measure.rungs[level - 1]
    shares = {
        "benefit": rung.benefit.mode,
        "exposure": rung.exposure.mode,
        "heat": rung.heat.mode / 3,
    }
    return shares[scale]


def draft_value(who: Constituency, measure: Measure, level: int) -> float:
    curve = case().values["parameters/cost_curve"].mode
    weights = {
        one.criterion: one.value.mode for one in case().weights if one.constituency == who.id
    }
    criteria = {one.id: one for one in case().criteria}
    total = 0.0
    for effect in case().effects:
        own = effect.measure == measure.id and effect.party in ("", who.party)
        if not own or effect.value.note.startswith("checklist:"):
            continue
        criterion, size = criteria[effect.criterion], effect.value.mode
        scale = criterion.gain if size > 0 else loss_scale(criterion, measure)
        share = rung_share(measure, level, scale)
        term = weights.get(effect.criterion, 0.0) * size
        total += term * (share**curve if term < 0 else share) / case().scale
    return total


def draft_score(who: str, measure: str) -> float:
    ladder = case().measure[measure]
    constituency = case().constituency[who]
    top, today = len(ladder.rungs), ladder.status_quo
    gain = draft_value(constituency, ladder, top) - draft_value(constituency, ladder, today)
    return round(2 * max(-3.0, min(3.0, gain))) / 2


def test_the_draft_rule_gives_every_score_that_no_stance_replaces() -> None:
    with DRAFT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    derived = [row for row in rows if not row["replaced"]]
    assert (len(rows), len(derived)) == (589, 566)
    wrong = [
        (row, score)
        for row in derived
        if (score := draft_score(row["constituency"], row["measure"])) != float(row["score"])
    ]
    assert wrong == []


def test_replaced_scores_are_those_with_a_stance() -> None:
    with DRAFT.open(encoding="utf-8", newline="") as file:
        replaced = {
            (row["constituency"], row["measure"]) for row in csv.DictReader(file) if row["replaced"]
        }
    tops = {one.id: f"{one.id}.{len(one.rungs)}" for one in case().measures}
    overridden = {
        (one.constituency, measure)
        for one in case().stances
        for measure, top in tops.items()
        if one.use == "override" and one.target in (measure, top)
    }
    assert replaced == overridden


def test_checks_hold_the_same_scores() -> None:
    derived = case().checks["derived"]
    assert isinstance(derived, dict)
    who = derived["constituencies"]
    with DRAFT.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cell = str(derived[row["measure"]][who.index(row["constituency"])])
            assert float(cell.rstrip("*")) == float(row["score"])
            assert cell.endswith("*") == bool(row["replaced"])


# levers and leaders


def test_leader_types_stand_on_the_government_of_the_day() -> None:
    defaults: dict[str, Choice] = {one.id: one for one in case().leaders}
    assert {name: one.default for name, one in defaults.items()} == {
        "US": "biden-like",
        "ROK": "yoon-like",
        "JPN": "kishida-like",
    }
    for choice in defaults.values():
        today = next(one for one in choice.options if one.id == choice.default)
        assert today.changes == ()
