"""GENIUS and NegMAS folders: read, written, read again; what is wrong or cannot be held is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import winset
from winset.bargain import Bargain, Matter, Profile, is_bargain
from winset.errors import AskError, CaseError, OutputError

DOMAIN = """<negotiation_template>
<utility_space number_of_issues="2">
<objective description="" etype="objective" index="0" name="root" type="objective">
 <issue etype="discrete" index="1" name="Price" type="discrete" vtype="discrete">
  <item index="1" value="low" cost="0" description="low"></item>
  <item index="2" value="high" cost="0" description="high"></item>
 </issue>
 <issue index="2" name="Days" type="integer" etype="integer" lowerbound="1" upperbound="3"/>
</objective>
</utility_space>
</negotiation_template>
"""
SELLER = """<utility_space number_of_issues="2">
<objective index="0" etype="objective" type="objective" description="" name="root">
<issue index="1" type="discrete" etype="discrete" name="Price">
 <item index="1" value="low" evaluation="5"/>
 <item index="2" value="high" evaluation="20"/>
</issue>
<issue index="2" type="integer" etype="integer" name="Days" lowerbound="1" upperbound="3">
 <evaluator ftype="linear" offset="-0.5" slope="0.5"/>
</issue>
<weight index="1" value="0.75"/>
<weight index="2" value="0.25"/>
</objective>
<discount_factor value="0.9"/>
<reservation value="0.3"/>
</utility_space>
"""
BUYER = (
    SELLER.replace('evaluation="5"', 'evaluation="1"')
    .replace('evaluation="20"', 'evaluation="0"')
    .replace('"0.9"', '"1.0"')
)


def genius(tmp_path: Path, **changed: tuple[str, str]) -> Path:
    folder = tmp_path / "trade"
    folder.mkdir()
    texts = {"trade-domain": DOMAIN, "buyer": BUYER, "seller": SELLER}
    for name, text in texts.items():
        old, new = changed.get(name.removeprefix("trade-"), ("", ""))
        assert old in text
        (folder / f"{name}.xml").write_text(text.replace(old, new, 1) if old else text, "utf-8")
    return folder


def test_a_genius_folder_is_read_as_the_sum_it_stands_for(tmp_path: Path) -> None:
    found = winset.read_bargain(genius(tmp_path))
    assert found.matters == (Matter("Price", ("low", "high")), Matter("Days", ("1", "2", "3")))
    buyer, seller = found.profiles
    assert (buyer.name, seller.name) == ("buyer", "seller")
    assert seller.evaluations == ((0.25, 1.0), (0.0, 0.5, 1.0))  # shares of the highest
    assert buyer.evaluations[0] == (1.0, 0.0)
    assert (seller.weights, seller.reservation, seller.discount) == ((0.75, 0.25), 0.3, 0.9)
    assert found.left_out == ("discount factors",)
    assert is_bargain(tmp_path / "trade")
    assert not is_bargain(tmp_path)


BOMB = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>\n<x>&c;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>\n<x>&a;</x>'


@pytest.mark.parametrize(
    ("where", "old", "new", "rule", "line", "says"),
    [
        ("seller", 'value="0.25"', 'value="-0.25"', "E042", 11, "weight of 'Days' is -0.25"),
        ("seller", 'evaluation="5"', 'evaluation="nan"', "E040", 4, "'nan' is not a finite"),
        ("seller", 'evaluation="5"', 'evaluation="1e999"', "E040", 4, "not a finite"),
        ("seller", 'evaluation="5"', "", "E040", 4, "evaluation of <item>"),
        ("seller", 'value="0.3"', 'value="inf"', "E040", 14, "'inf' is not a finite"),
        ("seller", 'value="low"', 'value="lo"', "E031", 4, "Nearest: low"),
        ("seller", '<weight index="2"', '<weight index="3"', "E031", 11, "unknown index '3'"),
        ("seller", 'ftype="linear"', 'ftype="triangular"', "E043", 7, "valued by triangular"),
        ("seller", '<weight index="1" value="0.75"/>', "", "E044", 3, "no weight"),
        ("seller", "<weight", "<ufun/><weight", "E043", 10, "no sum over issues"),
        ("seller", "</objective>", "</objectiv>", "E094", 12, "cannot be read"),
        ("seller", SELLER, BOMB, "E095", 1, "an entity is declared"),
        ("seller", SELLER, OUTSIDE, "E095", 1, "an entity is declared"),
        ("seller", SELLER, "", "E094", 1, "cannot be read"),
        ("domain", 'type="integer" etype', 'type="real" etype', "E043", 8, "no list of values"),
        ("domain", 'upperbound="3"', 'upperbound="99999999"', "E042", 8, "up to 10,000 values"),
        ("domain", 'value="high"', 'value="low"', "E032", 4, "a value twice"),
        ("domain", 'name="Days"', 'name="Price"', "E032", 8, "is there twice"),
    ],
)
def test_bad_genius_files(
    tmp_path: Path, where: str, old: str, new: str, rule: str, line: int, says: str
) -> None:
    folder = genius(tmp_path, **{where: (old, new)})
    with pytest.raises(CaseError) as caught:
        winset.read_bargain(folder)
    told = [one for one in caught.value.problems if one.id == rule and one.at.line == line]
    assert [one for one in told if says in str(one)], str(caught.value)


def test_missing_files_are_named(tmp_path: Path) -> None:
    folder = genius(tmp_path)
    (folder / "buyer.xml").unlink()
    with pytest.raises(CaseError, match=r"1 profiles beside it.*at least 2"):
        winset.read_bargain(folder)
    (folder / "trade-domain.xml").unlink()
    with pytest.raises(CaseError, match=r"0 files say what is negotiated \(none\)"):
        winset.read_bargain(folder)
    with pytest.raises(AskError, match="There is no folder"):
        winset.read_bargain(tmp_path / "nothing")
    with pytest.raises(AskError, match="neither GENIUS"):
        winset.read_bargain(tmp_path)


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    folder = genius(tmp_path)
    (folder / "seller.xml").write_text("<a>" * 5000 + "</a>" * 5000, "utf-8")
    with pytest.raises(CaseError, match="nested too deep"):
        winset.read_bargain(folder)


def test_a_reservation_that_nothing_reaches_is_refused(tmp_path: Path) -> None:
    folder = genius(tmp_path, seller=('value="0.3"', 'value="1.3"'))
    with pytest.raises(AskError, match=r"reservation of seller is 1.3, and no outcome gives more"):
        winset.read_bargain(folder)


NEGMAS = {
    "trade.yml": """type: negmas.outcomes.DiscreteCartesianOutcomeSpace
name: trade
issues:
  - name: Price
    type: CategoricalIssue
    values: [low, high]
  - {name: Days, type: ContiguousIssue, values: [1, 3]}
""",
    "buyer.yml": """type: LinearAdditiveUtilityFunction
name: buyer
reserved_value: -.inf
weights: [0.75, 0.25]
values:
  - {type: TableFun, mapping: {low: 1.0, high: 0.0}}
  - {type: AffineFun, slope: -0.5, bias: 1.5}
""",
    "seller.yml": """type: LinearAdditiveUtilityFunction
reserved_value: 0.3
weights: [0.75, 0.25]
values:
  - type: TableFun
    mapping: {low: 0.25, high: 1.0}
  - type: IdentityFun
""",
    "_info.yaml": "title: a note\n",
}


def negmas(tmp_path: Path, name: str = "", old: str = "", new: str = "") -> Path:
    folder = tmp_path / "trade"
    folder.mkdir()
    for file, text in NEGMAS.items():
        assert file != name or old in text
        changed = text.replace(old, new, 1) if file == name else text
        (folder / file).write_text(changed, "utf-8")
    return folder


def test_a_negmas_folder_is_read(tmp_path: Path) -> None:
    found = winset.read_bargain(negmas(tmp_path))
    assert [one.values for one in found.matters] == [("low", "high"), ("1", "2", "3")]
    buyer, seller = found.profiles
    assert buyer.reservation is None
    assert buyer.evaluations == ((1.0, 0.0), (1.0, 0.5, 0.0))
    assert seller.evaluations == ((0.25, 1.0), (1.0, 2.0, 3.0))


@pytest.mark.parametrize(
    ("name", "old", "new", "rule", "line", "says"),
    [
        ("trade.yml", "Contiguous", "Continuous", "E043", 7, "ContinuousIssue, which has no list"),
        ("trade.yml", "[1, 3]", "[1, 99999999]", "E042", 7, "10,000 values"),
        ("trade.yml", "[1, 3]", "[1, x]", "E040", 7, "no range of integers"),
        ("trade.yml", "[low, high]", "[low, low]", "E032", 4, "a value twice"),
        ("trade.yml", "Discrete", "Vague", "E043", 1, "outcome space of type Vague"),
        ("buyer.yml", "LinearAdditive", "HyperRectangle", "E043", 1, "over lists of values"),
        ("buyer.yml", "0.75, 0.25", "0.75", "E044", 1, "1 weights for 2 issues"),
        ("buyer.yml", "0.75, 0.25", "0.75, -1", "E042", 1, "below 0"),
        ("buyer.yml", "low: 1.0", "low: .nan", "E040", 6, "not a finite number"),
        ("buyer.yml", "low: 1.0, ", "", "E044", 6, "no utility for low"),
        ("buyer.yml", "low: 1.0", "lo: 1.0", "E031", 6, "unknown value 'lo'"),
        ("buyer.yml", "AffineFun", "QuadraticFun", "E043", 7, "valued by QuadraticFun"),
        ("buyer.yml", "-.inf", ".inf", "E040", 3, "the reservation of buyer"),
        ("buyer.yml", "name: buyer", "bias: 3", "E043", 1, "a bias of 3"),
        ("buyer.yml", "weights: [", "weights: &a [", "E020", 4, ""),
        ("seller.yml", "IdentityFun", "LambdaFun", "E043", 7, "LambdaFun"),
    ],
)
def test_bad_negmas_files(
    tmp_path: Path, name: str, old: str, new: str, rule: str, line: int, says: str
) -> None:
    with pytest.raises(CaseError) as caught:
        winset.read_bargain(negmas(tmp_path, name, old, new))
    told = [one for one in caught.value.problems if one.id == rule and one.at.line == line]
    assert [one for one in told if says in str(one)], str(caught.value)


def test_what_negmas_writes_besides_is_named_or_means_nothing(tmp_path: Path) -> None:
    folder = negmas(tmp_path, "trade.yml", "name: trade", "name: trade\npath: somewhere/else.xml")
    extra = "reserved_outcome: null\nstability: 2047\ntype: Linear"
    text = (folder / "seller.yml").read_text("utf-8").replace("type: Linear", extra, 1)
    (folder / "seller.yml").write_text(text, "utf-8")
    assert winset.read_bargain(folder).left_out == ("stability of seller",)


names = st.text("abcXYZ <>&'\"é:", min_size=1, max_size=6).map(str.strip).filter(bool)
shares = st.floats(0, 1).map(lambda value: round(value, 6))


@st.composite
def bargains(draw: st.DrawFn) -> Bargain:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    labels = draw(st.lists(names, min_size=len(sizes), max_size=len(sizes), unique=True))
    matters = tuple(
        Matter(label, tuple(draw(st.lists(names, min_size=size, max_size=size, unique=True))))
        for label, size in zip(labels, sizes, strict=True)
    )
    profiles = tuple(
        Profile(
            who,
            tuple(draw(shares) for _ in sizes),
            tuple(tuple(draw(shares) for _ in range(size)) for size in sizes),
            draw(st.sampled_from([None, 0.0])),
        )
        for who in ("one", "two")
    )
    return Bargain("both", matters, profiles)


@settings(max_examples=40, deadline=None)
@given(whole=bargains(), form=st.sampled_from(["genius", "negmas"]))
def test_what_is_written_is_read_again(
    whole: Bargain, form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("there") / "both"
    left_out = winset.write_bargain(whole, folder, form=form)
    again = winset.read_bargain(folder)
    assert again.matters == whole.matters
    for one, other in zip(whole.profiles, again.profiles, strict=True):
        assert (one.name, one.weights, one.evaluations) == (
            other.name,
            other.weights,
            other.evaluations,
        )
        assert one.reservation == other.reservation
    assert bool(left_out) == (
        form == "genius" and any(one.reservation is None for one in whole.profiles)
    )


def test_what_a_form_cannot_hold_is_refused_or_named(tmp_path: Path) -> None:
    found = winset.read_bargain(genius(tmp_path))
    left_out = winset.write_bargain(found, tmp_path / "out", form="negmas")
    assert [what for what in left_out if "discount factors, which" in what]
    steep = Bargain(
        "steep",
        (Matter("m", ("a", "b")),),
        tuple(Profile(who, (1.0,), ((-2.0, 5.0),)) for who in ("one", "two")),
    )
    with pytest.raises(AskError, match="from -2 to 5; GENIUS holds 0 to 1"):
        winset.write_bargain(steep, tmp_path / "steep", form="genius")
    assert not (tmp_path / "steep").exists()
    assert not winset.write_bargain(steep, tmp_path / "steep", form="negmas")[1:]
    with pytest.raises(AskError, match="Nearest: genius"):
        winset.write_bargain(steep, tmp_path / "x", form="genus")


def test_nothing_is_overwritten_and_names_stay_in_the_folder(tmp_path: Path) -> None:
    found = winset.read_bargain(genius(tmp_path))
    with pytest.raises(OutputError, match="is there already"):
        winset.write_bargain(found, tmp_path / "trade", form="genius")
    for name in ("../out", "", ".hidden"):
        profiles = (Profile(name, *_rest(found)), found.profiles[0])
        with pytest.raises(OutputError, match="cannot be the name of a file"):
            winset.write_bargain(
                Bargain("n", found.matters, profiles), tmp_path / "new", form="genius"
            )
    same = Bargain("buyer", found.matters, found.profiles)
    with pytest.raises(OutputError, match="name of the whole"):
        winset.write_bargain(same, tmp_path / "new", form="negmas")


def _rest(found: Bargain) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    return found.profiles[0].weights, found.profiles[0].evaluations


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"profiles": ()}, "0 profiles"),
        ({"matters": ()}, "nothing to settle"),
        ({"weights": (1.0,)}, "does not value every value"),
        ({"weights": (1.0, float("nan"))}, "not finite"),
        ({"weights": (1.0, -1.0)}, "negative weight"),
        ({"reservation": float("nan")}, "reservation"),
        ({"reservation": float("inf")}, "reservation"),
    ],
)
def test_a_bargain_that_is_none_cannot_be_made(change: dict[str, object], says: str) -> None:
    matters = (Matter("a", ("x", "y")), Matter("b", ("z",)))
    fields = {"weights": (1.0, 1.0), "evaluations": ((0.0, 1.0), (0.5,)), "reservation": None}
    fields |= {key: value for key, value in change.items() if key in fields}
    profiles = tuple(Profile(who, **fields) for who in ("one", "two"))  # type: ignore[arg-type]
    given_matters = change.get("matters", matters)
    given_profiles = change.get("profiles", profiles)
    with pytest.raises(AskError, match=says):
        Bargain("b", given_matters, given_profiles)  # type: ignore[arg-type]
