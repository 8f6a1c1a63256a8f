from __future__ import annotations

import http.client
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.errors import AskError
from winset.exercise import load_scenario
from winset.exercise.actions import Action, action_from, apply
from winset.exercise.commands import lines, parse
from winset.exercise.log import Session, head, line, recovered, replay
from winset.exercise.page import PLACES, Pages, serve
from winset.exercise.score import score_lines
from winset.exercise.state import CONTROLLER, CUE, SEATS, State, begin, holds, until_next, visible

SCENARIO = load_scenario("false-alarm")
FORM = SCENARIO.setting.form["direct"]
START = begin(SCENARIO, FORM)
LAUNCHES = [shot.id for shot in START.scenario.shots]
REGIONS = [region.id for region in SCENARIO.setting.regions]

ACTIONS = st.one_of(
    st.builds(
        Action, st.just(CONTROLLER), st.just("advance"), seconds=st.sampled_from([7.0, 60.0, 300.0])
    ),
    st.builds(
        Action, st.just(CONTROLLER), st.just("rules"), st.sampled_from(SEATS),
        st.sampled_from(["on", "off"]),
    ),
    st.builds(
        Action, st.sampled_from(SEATS), st.just("release"), st.sampled_from(LAUNCHES),
        st.sampled_from(SEATS),
    ),
    st.builds(
        Action, st.sampled_from(SEATS), st.sampled_from(["alert", "withdraw"]),
        st.sampled_from(REGIONS),
    ),
    st.builds(Action, st.sampled_from(SEATS), st.just("note"), st.text(max_size=20)),
)  # fmt: skip


def played(actions: list[Action], state: State = START) -> Iterator[State]:
    yield state
    for action in actions:
        try:
            state = apply(state, action)
        except AskError:
            continue
        yield state


def justified(state: State, seat: str) -> set[tuple[str, str]]:
    """Launches and sensors a seat may know, worked out from facts, feeds and releases again."""
    known = set()
    for fact in state.facts:
        if fact.second > state.clock:
            continue
        key = (fact.launch, fact.sensor)
        if fact.seat == seat:
            known.add(key)
        if fact.sensor == CUE:
            continue
        fed = {"US": ("JPN", "ROK"), "JPN": ("US",), "ROK": ()}[seat]
        if fact.seat in fed:
            known.add(key)
        if any(
            one.taker == seat and one.giver == fact.seat and one.launch == fact.launch
            and one.second + one.delay <= state.clock
            for one in state.releases
        ):  # fmt: skip
            known.add(key)
    return known


@settings(max_examples=150)
@given(st.lists(ACTIONS, max_size=25))
def test_no_seat_ever_sees_what_was_not_released_to_it(actions: list[Action]) -> None:
    before: dict[str, set[object]] = {seat: set() for seat in SEATS}
    for state in played(actions):
        for seat in SEATS:
            seen = visible(state, seat)
            assert {(item.launch, item.sensor) for item in seen} <= justified(state, seat)
            assert all(item.second <= state.clock for item in seen)
            now = {(item.launch, item.sensor, item.source) for item in seen}
            assert before[seat] <= now, "a seat forgot something"
            before[seat] = now
            told = "\n".join(lines(state, seat))
            for other in SEATS:
                for item in visible(state, other):
                    if item not in seen and item.says not in {one.says for one in seen}:
                        assert item.says not in told
            assert "false" not in told


@settings(max_examples=40)
@given(st.lists(ACTIONS, max_size=15))
def test_releases_are_of_own_tracks_only(actions: list[Action]) -> None:
    *_, state = played(actions)
    for one in state.releases:
        assert any(
            fact.seat == one.giver and fact.launch == one.launch and fact.sensor != CUE
            and fact.second <= one.second
            for fact in state.facts
        )  # fmt: skip


def test_what_came_from_a_partner_cannot_be_passed_on() -> None:
    *_, state = played([Action(CONTROLLER, "advance", seconds=300.0)])
    assert "T1" in holds(state, "US")
    fed = [i for i in visible(state, "US") if i.source == "ROK"]
    assert fed
    only_fed = {i.launch for i in fed} - {
        i.launch for i in visible(state, "US") if i.source == "own" and i.sensor != CUE
    }
    for launch in only_fed:
        with pytest.raises(AskError, match="no track of its own"):
            apply(state, Action("US", "release", launch, "JPN"))


def test_a_release_arrives_after_the_delay_of_its_link() -> None:
    state = apply(START, Action(CONTROLLER, "advance", seconds=160.0))
    assert not holds(state, "JPN")
    state = apply(state, Action("ROK", "release", "T1", "JPN"))
    assert not holds(state, "JPN")
    assert not holds(apply(state, Action(CONTROLLER, "advance", seconds=4.0)), "JPN")
    assert holds(apply(state, Action(CONTROLLER, "advance", seconds=5.0)), "JPN") == {"T1"}


def test_without_a_link_a_release_takes_a_telephone_call() -> None:
    state = begin(SCENARIO, SCENARIO.setting.form["none"])
    state = apply(state, Action(CONTROLLER, "advance", seconds=160.0))
    state = apply(state, Action("ROK", "release", "T1", "JPN"))
    assert not holds(apply(state, Action(CONTROLLER, "advance", seconds=30.0)), "JPN")
    assert holds(apply(state, Action(CONTROLLER, "advance", seconds=60.0)), "JPN")


def test_rules_release_and_alert_for_a_seat_as_the_simulation_does() -> None:
    one = load_scenario("overflight")
    state = begin(one, one.setting.form["direct"])
    for seat in SEATS:
        state = apply(state, Action(CONTROLLER, "rules", seat, "on"))
    while state.clock < 1200:
        state = apply(state, Action(CONTROLLER, "advance", seconds=10.0))
    assert state.alerts == state.planned
    assert state.alerts
    assert any(text.startswith("jp-hokkaido: alerted") for text in score_lines(state))


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (Action("XX", "alert", "jp-kanto"), "no seat 'XX'"),
        (Action("JPN", "advance", seconds=5), "Only the controller"),
        (Action(CONTROLLER, "advance", seconds=-5), "cannot go on by -5"),
        (Action(CONTROLLER, "advance", seconds=float("nan")), "cannot go on"),
        (Action(CONTROLLER, "advance", seconds=1e9), "cannot go on"),
        (Action(CONTROLLER, "rules", "JPN", "maybe"), "no choice"),
        (Action(CONTROLLER, "release", "T1", "JPN"), "a seat does"),
        (Action("ROK", "release", "T1", "JPN"), "no track of its own"),
        (Action("ROK", "release", "T1", "ROK"), "no other seat"),
        (Action("ROK", "alert", "jp-kanto"), "no region of ROK"),
        (Action("ROK", "withdraw", "kr-jeju"), "not under alert"),
        (Action("ROK", "note", " "), "1 to 500"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_no_trace(
    action: Action, said: str, tmp_path: Path
) -> None:
    session = Session(SCENARIO, "direct", tmp_path / "log")
    with pytest.raises(AskError, match=said):
        session.do(action)
    assert session.state == START
    assert (tmp_path / "log").read_text() == line(head(SCENARIO, "direct"))


@settings(max_examples=25)
@given(st.lists(ACTIONS, max_size=12), st.data())
def test_a_log_replays_to_the_same_state_and_survives_any_cut(
    tmp_path_factory: pytest.TempPathFactory, actions: list[Action], data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("log") / "log"
    session = Session(SCENARIO, "direct", file)
    states = {0: session.state}
    for action in actions:
        try:
            after = session.do(action)
        except AskError:
            continue
        states[after.entries] = after
    text = file.read_text("utf-8")
    assert replay(text, SCENARIO) == session.state
    whole = file.read_bytes()
    cut = data.draw(st.integers(text.index("\n") + 1, len(whole)))
    file.write_bytes(whole[:cut])
    kept = whole[:cut].count(b"\n") - 1
    again = Session(SCENARIO, "direct", file)
    assert again.state == states[kept]
    rest = file.with_name("log.cut")
    assert file.read_bytes() + (rest.read_bytes() if rest.exists() else b"") == whole[:cut]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: [], "empty"),
        (lambda one: ["nonsense", *one[1:]], ":1: not an entry"),
        (lambda one: [one[0].replace('"winset_log":1', '"winset_log":9'), *one[1:]], "winset_log"),
        (lambda one: [one[0].replace(SCENARIO.hash, "0" * 12), *one[1:]], "hash"),
        (lambda one: [one[0].replace("direct", "dirt"), *one[1:]], "no form"),
        (lambda one: [one[0], *one[2:]], "entry 2 where 1"),
        (lambda one: [*one[:2], one[2].replace('"clock":160.0', '"clock":90.0')], "clock"),
        (lambda one: [*one[:2], one[2].replace("release", "relase")], "not an action"),
        (lambda one: [*one[:2], one[2].replace('"T1"', "7")], "not an action"),
    ],
)
def test_damaged_logs_are_refused_with_their_line(change, said: str, tmp_path: Path) -> None:
    session = Session(SCENARIO, "direct", tmp_path / "log")
    session.do(Action(CONTROLLER, "advance", seconds=160.0))
    session.do(Action("ROK", "release", "T1", "JPN"))
    good = recovered(tmp_path / "log").splitlines()
    assert replay("\n".join(good) + "\n", SCENARIO) == session.state
    with pytest.raises(AskError, match=said):
        replay("\n".join(change(good)), SCENARIO)


def test_actions_survive_their_own_writing() -> None:
    one = Action("ROK", "release", "T1", "JPN")
    assert action_from(json.loads(json.dumps(one.document()))) == one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no command"),
        ("relase T1 JPN", "Nearest: release"),
        ("release T1", "Write release LAUNCH SEAT"),
        ("step soon", "Write step"),
        ("step nan", "Write step"),
        ("advance 5", "no command"),
    ],
)
def test_typing_errors_say_what_to_write(text: str, said: str) -> None:
    with pytest.raises(AskError, match=said):
        parse(text, "ROK", START)


def test_the_clock_runs_to_what_some_seat_learns_next_and_to_an_end() -> None:
    state, seen = START, [0]
    while until_next(state):
        state = apply(state, parse("run", CONTROLLER, state))
        seen.append(sum(len(visible(state, seat)) for seat in SEATS))
    assert all(before < after for before, after in itertools.pairwise(seen))
    with pytest.raises(AskError, match="Nothing is left"):
        parse("run", CONTROLLER, state)
    assert state.clock >= max(fact.second for fact in state.facts)


@pytest.fixture
def pages() -> Iterator[tuple[Pages, int]]:
    made = Pages(Session(SCENARIO, "direct"))
    server = serve(made)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made, server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def asked(
    port: int, method: str, path: str, body: str | None = None, host: str = "127.0.0.1"
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body=body, headers={"Host": f"{host}:{port}"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_each_page_opens_with_its_own_key_only(pages: tuple[Pages, int]) -> None:
    made, port = pages
    for place in PLACES:
        assert asked(port, "GET", made.address(place))[0] == 200
        for other in PLACES:
            if other != place:
                wrong = f"/{place}?key={made.keys[other]}"
                assert asked(port, "GET", wrong)[0] == 403
    assert asked(port, "GET", "/")[0] == 403
    assert asked(port, "GET", f"/{CONTROLLER}")[0] == 403
    assert asked(port, "GET", made.address("JPN"), host="evil.example")[0] == 403
    assert asked(port, "POST", f"/{CONTROLLER}?key=x", "command=step")[0] == 403


def test_the_pages_play_a_release(pages: tuple[Pages, int]) -> None:
    made, port = pages

    def do(place: str, command: str) -> tuple[int, str]:
        return asked(port, "POST", made.address(place), urlencode({"command": command}))

    assert do(CONTROLLER, "step 160")[0] == 303
    assert "Chungcheong" not in asked(port, "GET", made.address("JPN"))[1]
    assert "Chungcheong" in asked(port, "GET", made.address("ROK"))[1]
    assert do("ROK", "release T1 JPN")[0] == 303
    assert do(CONTROLLER, "step 10")[0] == 303
    page = asked(port, "GET", made.address("JPN"))[1]
    assert "Chungcheong" in page
    assert SCENARIO.title not in page
    assert not any(made.keys[place] in page for place in PLACES if place != "JPN")
    status, text = do("JPN", "alert <b>")
    assert status == 400
    assert "<b>" not in text
    assert asked(port, "POST", made.address("JPN"), "x" * 5000)[0] == 413
