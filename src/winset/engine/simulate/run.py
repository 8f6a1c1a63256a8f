"""The quarters of a world, in the order of the model page; one outer kernel for a block."""

from __future__ import annotations

import numpy as np

from ..jit import kernel, outer_kernel
from ..layout import Structure, Values
from .asking import gate_open, spell, tune
from .consenting import ask, settle
from .hazards import coerce, give_way, inflame, outside, settle_or_break, vote
from .layout import Draws, Record, Room, Steps, Story
from .parts import (
    AGREED,
    BACKLASH,
    CARRIED,
    DO_BACKLASH,
    DO_MOOD,
    DO_PUSH,
    DROPPED,
    FELL_BACK,
    GATE_SHUT,
    GRIEVANCE,
    HADR_GAIN,
    HELD_UP,
    OCCASION_GAP,
    OVERTAKEN,
    PATIENCE,
    PUSH_BACKFIRE,
    PUSH_BIT,
    REFUSED,
    RELIEF,
    SALIENCE,
    WAITING,
)
from .states import (
    HIGHEST,
    age,
    begin,
    benefit_of,
    fade_mood,
    fade_threat,
    move_assurance,
    move_opinion,
    move_skill,
    move_tension,
    move_trust,
    people,
)


@kernel
def agree(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, m: int, level: int, q: int
) -> None:
    """Note an agreement: visible at once, in effect after its lag."""
    waited = max(1, q - r.since[m])
    r.pace[m] = min(1.0, d.lag[w, m] / waited)
    settle(st, v, story, d, w, r, m, level)
    r.since[m] = q
    r.due[m] = q + max(1, int(d.lag[w, m] + 0.5))


@kernel
def propose(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    steps: Steps,
    rec: Record,
    w: int,
    r: Room,
    on: int,
    q: int,
    step: int,
) -> None:
    """Put one due step to everybody: it is agreed, falls back, waits or is dropped."""
    m, level = steps.measure[step], steps.level[step]
    if r.x[m] >= level:
        rec.fate[w, step] = OVERTAKEN
        return
    if r.due[m] > 0 or r.pause[m] > q:
        rec.answer[w, step] = HELD_UP
        return
    if not gate_open(st, story, d, steps, w, r, on, q, step):
        rec.answer[w, step] = GATE_SHUT
        return
    push = bool(d.pressing[w])
    answer, who = ask(st, v, story, d, w, r, on, 2 * step, m, level, push)
    rec.answer[w, step] = answer
    if answer == CARRIED:
        agree(st, v, story, d, w, r, m, level, q)
        rec.fate[w, step] = AGREED
        rec.agreed[w, step] = q
        return
    rec.refuser[w, step] = who
    rec.asked[w, step] += 1
    if push and (on & DO_PUSH) and answer == REFUSED and rec.asked[w, step] == 1:
        role = story.role[who] if who >= 0 else -1
        if role >= 0 and role == story.pressed:
            r.note[0] |= PUSH_BIT
            r.loss[0] += d.par[w, PUSH_BACKFIRE]
            r.loss[1 + story.pressed] += d.par[w, PUSH_BACKFIRE]
    other = steps.other[step]
    if other >= 0 and r.x[other] < steps.other_level[step] and r.due[other] == 0:
        lesser, _ = ask(
            st, v, story, d, w, r, on, 2 * step + 1, other, steps.other_level[step], push
        )
        if lesser == CARRIED:
            agree(st, v, story, d, w, r, other, steps.other_level[step], q)
            rec.fate[w, step] = FELL_BACK
            rec.agreed[w, step] = q
            return
    if q - steps.quarter[step] >= spell(d, w, PATIENCE):
        rec.fate[w, step] = DROPPED


@kernel
def provoke(story: Story, d: Draws, w: int, r: Room, m: int) -> None:
    """Raise salience by a step of contrition beyond the first: the rival theory of backlash."""
    for i in range(story.restraint.size):
        if story.restraint[i] == m and r.done[m] >= 2:
            for side in range(2):
                now = r.state[SALIENCE + side] + d.par[w, BACKLASH]
                r.state[SALIENCE + side] = min(HIGHEST, now)


@kernel
def complete(st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, q: int) -> float:
    """Put agreed levels into effect; return the trust codes completed."""
    total = 0.0
    for m in range(r.x.size):
        if r.due[m] == 0 or r.due[m] > q:
            continue
        r.due[m] = 0
        more = d.benefit[w, st.first[m] + r.x[m]] - d.benefit[w, st.first[m] + r.done[m]]
        r.done[m] = r.x[m]
        r.held[m] = q
        code = d.code[w, m] * max(0.0, more)
        total += code
        if (on & DO_BACKLASH) and (on & DO_MOOD) and more > 0.0:
            provoke(story, d, w, r, m)
        if story.contact[m]:
            r.gain[0] += code
        r.gain[1] += code
        r.gain[2] += code
        for i in range(story.durable.size):
            if story.durable[i] == m and (on & DO_MOOD):
                for side in range(2):
                    now = r.state[GRIEVANCE + side] - d.par[w, RELIEF] * max(0.0, more)
                    r.state[GRIEVANCE + side] = max(0.0, now)
    return total


@kernel
def occasions(st: Structure, story: Story, d: Draws, w: int, r: Room, q: int) -> bool:
    """Hold the occasions of standing rungs; return whether there was a drill."""
    gap = max(1, spell(d, w, OCCASION_GAP))
    drill = False
    r.note[2] = 0
    r.note[3] = 0
    for m in range(r.x.size):
        if not (story.drills[m] or story.reaffirm[m] or story.relief[m]):
            continue
        if r.done[m] <= 0 or r.suspended[m] or (q - r.held[m]) % gap != 0:
            continue
        if story.drills[m] and benefit_of(st, d, w, r, m) > 0.0:
            drill = True
        if story.reaffirm[m]:
            r.note[2] += 1
            if r.done[m] > st.status_quo[m]:
                r.note[3] += 1
        if story.relief[m]:
            r.gain[0] += d.par[w, HADR_GAIN]
    return drill


@kernel
def clear_quarter(r: Room) -> None:
    """Forget what belongs to one quarter only."""
    for pair in range(3):
        r.gain[pair] = 0.0
        r.loss[pair] = 0.0
    r.note[0] = 0


@kernel
def write(st: Structure, rec: Record, w: int, r: Room, q: int, keep: bool) -> None:
    """Record the quarter."""
    for m in range(r.x.size):
        rec.levels[w, q - 1, m] = st.status_quo[m] if r.suspended[m] else r.done[m]
    rec.events[w, q - 1] = r.note[0]
    if keep:
        for i in range(r.state.size):
            rec.state[w, q - 1, i] = np.float32(r.state[i])


@kernel
def one_quarter(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    steps: Steps,
    rec: Record,
    w: int,
    r: Room,
    on: int,
    q: int,
) -> None:
    """Take the steps of a quarter: calendar, shocks, hazards, retreat, proposals, effect, decay."""
    clear_quarter(r)
    exchange = people(st, story, d, w, r)
    r.exchange[q] = exchange
    age(d, w, r, on, q)
    vote(st, story, d, w, r, on, q)
    outside(st, story, d, w, r, on, q, exchange)
    coerce(st, story, d, w, r, on, q)
    inflame(st, story, d, w, r, on, q, exchange)
    settle_or_break(st, story, d, w, r, on, q, exchange)
    give_way(st, story, d, w, r, on, q, exchange)
    for step in range(steps.quarter.size):
        if steps.quarter[step] <= q and rec.fate[w, step] == WAITING:
            propose(st, v, story, d, steps, rec, w, r, on, q, step)
    r.effort[q % 4] = complete(st, story, d, w, r, on, q)
    drill = occasions(st, story, d, w, r, q)
    move_tension(st, story, d, w, r, on, exchange)
    move_trust(st, story, d, w, r, on)
    move_assurance(d, w, r, on)
    move_skill(st, story, d, w, r, on, drill)
    move_opinion(d, w, r, on, q)
    fade_threat(d, w, r, on)
    fade_mood(d, w, r, on)
    tune(story, d, w, r, on)


@outer_kernel
def simulate_block(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    steps: Steps,
    rec: Record,
    r: Room,
    start: int,
    stop: int,
    on: int,
    keep: bool,
) -> None:
    """Follow the worlds from start to stop through all quarters."""
    for w in range(start, stop):
        begin(st, story, d, w, r)
        tune(story, d, w, r, on)
        for q in range(1, rec.levels.shape[1] + 1):
            one_quarter(st, v, story, d, steps, rec, w, r, on, q)
            write(st, rec, w, r, q, keep)
