from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.effects.warning.standard import setting
from winset.errors import AskError, CaseError
from winset.exercise import load_scenario, scenarios
from winset.exercise.generate import KINDS, generate
from winset.exercise.scenario import read_scenario

LAUNCH = "{id: L1, at: 0, from: nk-west, toward: east-sea, range_km: 950, apogee_km: 4475}"


def text(launch: str = LAUNCH, more: str = "") -> str:
    return f"format: 1\nlaunches:\n  - {launch}\n{more}"


@pytest.mark.parametrize("name", scenarios())
def test_ready_scenarios_say_what_they_train_and_use_the_standard_setting(name: str) -> None:
    one = load_scenario(name)
    assert one.id == name
    assert len(one.trains) >= 2
    assert one.setting == setting()
    assert one.shots == tuple(sorted(one.shots, key=lambda shot: (shot.at, shot.id)))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (text(LAUNCH.replace("nk-west", "nk-wst")), "Nearest: nk-west"),
        (text(LAUNCH.replace("nk-west", "jp-kanto")), "unknown area"),
        (text(LAUNCH.replace("at: 0", "at: -1")), "at is -1. Allowed: 0 or more"),
        (text(LAUNCH.replace("950", "-950")), "range_km is -950"),
        (text(LAUNCH.replace("950", "39000")), "range_km is 39000"),
        (text(LAUNCH.replace("4475", "x")), "apogee_km"),
        (text(LAUNCH.replace("4475}", "4475, minutes: 30}")), "E081"),
        (text(LAUNCH.replace("toward: east-sea, ", "")), "no direction"),
        (text(LAUNCH.replace("range_km: 950, ", "")), "no 'range_km'"),
        (text(LAUNCH + "\n  - " + LAUNCH), "there twice"),
        (text(LAUNCH.replace("id:", "name:")), "unknown key"),
        ("format: 2\nlaunches: []\n", "format 2"),
        ("launches: []\n", "format"),
        ("format: 1\n", "nothing is launched"),
        ("format: 1\nlaunches: [a, b\n", "YAML"),
        (text(more="sensors: [jp-sado, jp-sada]\n"), "Nearest: jp-sado"),
        (text(more="chains: {JAP: {assess_s: 1..2}}\n"), "Nearest: JPN"),
        (text(more="chains: {JPN: {assess_s: -5..2}}\n"), "assess_s is -5..2"),
        (text(more="chains: {JPN: {assess_s: 5..2}}\n"), "ascending"),
        (text(more="chains: {JPN: {threshold: 0..2}}\n"), "threshold is 0..2"),
        (text(more="today: [{from: ROK, to: ROK, delay_s: 1}]\n"), "passes to itself"),
        (text(more="today: [{from: ROK, to: XX, delay_s: 1}]\n"), "unknown seat"),
        (text(more="today: [{from: ROK, to: JPN}]\n"), "delay_s"),
        (text(more="today: [{from: ROK, to: JPN, delay_s: 1, sensors: [jp-sado]}]\n"), "sensor of"),
        (
            text(more="forms: {none: {links: [{from: ROK, to: JPN, delay_s: 1}]}}\n"),
            "none passes something",
        ),
        (
            text(more=f"false_tracks:\n  - {LAUNCH.replace('L1', 'F1')}\n"),
            "no 'sensor'",
        ),
        (
            text(more=f"false_tracks:\n  - {LAUNCH.replace('id: L1', 'id: F1, sensor: sado')}\n"),
            "unknown sensor",
        ),
    ],
)
def test_bad_scenarios_are_refused_with_file_line_and_reason(bad: str, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_scenario(bad, "mine.yaml")
    assert said in str(caught.value)
    assert "mine.yaml:" in str(caught.value)


def test_all_problems_are_reported_at_once() -> None:
    bad = text(LAUNCH.replace("950", "-1").replace("nk-west", "x"), "sensors: [y]\n")
    with pytest.raises(CaseError) as caught:
        read_scenario(bad, "mine.yaml")
    assert len(caught.value.problems) >= 3


def test_unknown_scenarios_name_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="Nearest: lofted"):
        load_scenario("lofter")
    noise = tmp_path / "x.yaml"
    noise.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AskError, match="UTF-8"):
        load_scenario(noise)


@settings(max_examples=40)
@given(
    st.sampled_from([*KINDS, "mixed"]), st.integers(1, 30), st.integers(0, 5), st.integers(0, 999)
)
def test_generated_scenarios_are_valid_and_spell_out_the_standard(
    kind: str, launches: int, false_tracks: int, rng: int
) -> None:
    made = generate("mine", kind=kind, launches=launches, false_tracks=false_tracks, rng=rng)
    assert made == generate(
        "mine", kind=kind, launches=launches, false_tracks=false_tracks, rng=rng
    )
    one = read_scenario(made, "mine.yaml")
    assert len(one.launches) == launches
    assert len(one.shots) == launches + false_tracks
    assert one.setting == setting()


def test_a_class_that_is_none_is_refused() -> None:
    with pytest.raises(AskError, match="Nearest: lofted"):
        generate("mine", kind="loft", launches=1)
