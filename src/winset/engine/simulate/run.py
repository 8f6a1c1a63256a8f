"""The quarters of a world, in the order of the model page; one outer kernel for a block."""

from __future__ import annotations

import numpy as np

from ..jit import inner_kernel, outer_kernel
from ..layout import Structure, Values
from .ahead import fetch_next
from .asking import gate_open, spell, tune
from .consenting import ask, blocker_of, settle
from .hazards import coerce, give_way, inflame, outside, settle_or_break, vote
from .layout import (
    EVENTS_NOW,
    EXCHANGE,
    MET,
    REAFFIRMED,
    SOONEST,
    STALE,
    Draws,
    Record,
    Room,
    Steps,
    Story,
)
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
    NEVER,
    age,
    begin,
    benefit_of,
    fade_mood,
    fade_threat,
    look_at_standing,
    move_assurance,
    move_opinion,
    move_skill,
    move_tension,
    move_trust,
)


@inner_kernel
def agree(
    st: Structure, story: Story, d: Draws, w: int, r: Room, m: int, level: int, q: int
) -> None:
    """Note an agreement: visible at once, in effect after its lag."""
    waited = max(1, q - r.since[m])
    r.pace[m] = min(1.0, d.lag[w, m] / waited)
    settle(st, story, d, w, r, m, level)
    r.since[m] = q
    r.shown[m] = q
    r.due[m] = q + max(1, int(d.lag[w, m] + 0.5))
    r.note[SOONEST] = min(r.note[SOONEST], r.due[m])


@inner_kernel
def note_refusal(
    st: Structure,
    story: Story,
    d: Draws,
    rec: Record,
    w: int,
    r: Room,
    on: int,
    step: int,
    answer: int,
) -> None:
    """Record who refused a step; an ally that pressed for it pays with trust the first time."""
    who = blocker_of(st, story, r, 2 * step) if answer == REFUSED else -1
    rec.refuser[w, step] = who
    rec.asked[w, step] += 1
    if d.pressing[w] and (on & DO_PUSH) and answer == REFUSED and rec.asked[w, step] == 1:
        role = story.role[who] if who >= 0 else -1
        if role >= 0 and role == story.pressed:
            r.note[EVENTS_NOW] |= PUSH_BIT
            r.loss[0] += d.par[w, PUSH_BACKFIRE]
            r.loss[1 + story.pressed] += d.par[w, PUSH_BACKFIRE]


@inner_kernel
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
    for lesser in range(2):
        if lesser == 1:
            m, level = steps.other[step], steps.other_level[step]
            if m < 0 or r.x[m] >= level or r.due[m] != 0 or r.pause[m] > q:
                break
        answer = ask(st, v, story, d, w, r, on, 2 * step + lesser, m, level, d.pressing[w])
        if lesser == 0:
            rec.answer[w, step] = answer
        if answer == CARRIED:
            agree(st, story, d, w, r, m, level, q)
            rec.fate[w, step] = FELL_BACK if lesser == 1 else AGREED
            rec.agreed[w, step] = q
            return
        if lesser == 0:
            note_refusal(st, story, d, rec, w, r, on, step, answer)
    if q - steps.quarter[step] >= spell(d, w, PATIENCE):
        rec.fate[w, step] = DROPPED


@inner_kernel
def provoke(story: Story, d: Draws, w: int, r: Room, m: int) -> None:
    """Raise salience by a step of contrition beyond the first: the rival theory of backlash."""
    for i in range(story.restraint.size):
        if story.restraint[i] == m and r.done[m] >= 2:
            for side in range(2):
                now = r.state[SALIENCE + side] + d.par[w, BACKLASH]
                r.state[SALIENCE + side] = min(HIGHEST, now)


@inner_kernel
def complete(st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, q: int) -> float:
    """Put agreed levels into effect; return the trust codes completed."""
    total = 0.0
    if q < r.note[SOONEST]:
        return total
    r.note[SOONEST] = NEVER
    for m in range(r.x.size):
        if r.due[m] == 0:
            continue
        if r.due[m] > q:
            r.note[SOONEST] = min(r.note[SOONEST], r.due[m])
            continue
        r.due[m] = 0
        more = d.benefit[w, st.first[m] + r.x[m]] - d.benefit[w, st.first[m] + r.done[m]]
        for level in range(r.done[m] + 1, r.x[m] + 1):
            r.reached[st.first[m] + level] = q
        r.done[m] = r.x[m]
        r.note[STALE] = 1
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


@inner_kernel
def is_occasion(r: Room, m: int, q: int, gap: int) -> bool:
    """Whether a standing rung has its occasion in a quarter."""
    return r.done[m] > 0 and not r.suspended[m] and (q - r.held[m]) % gap == 0


@inner_kernel
def occasions(st: Structure, story: Story, d: Draws, w: int, r: Room, q: int) -> bool:
    """Hold the occasions of standing rungs; return whether there was a drill."""
    gap = max(1, spell(d, w, OCCASION_GAP))
    drill = False
    r.note[REAFFIRMED] = 0
    r.note[MET] = 0
    for i in range(story.drills.size):
        m = story.drills[i]
        if is_occasion(r, m, q, gap) and benefit_of(st, d, w, r, m) > 0.0:
            drill = True
    for i in range(story.reaffirm.size):
        m = story.reaffirm[i]
        if is_occasion(r, m, q, gap):
            r.note[REAFFIRMED] += 1
            if r.done[m] > st.status_quo[m]:
                r.note[MET] += 1
    for i in range(story.relief.size):
        if is_occasion(r, story.relief[i], q, gap):
            r.bonus[0] += d.par[w, HADR_GAIN]
    return drill


@inner_kernel
def clear_quarter(r: Room) -> None:
    """Forget what belongs to one quarter only."""
    for pair in range(3):
        r.gain[pair] = 0.0
        r.loss[pair] = 0.0
    r.bonus[0] = 0.0
    r.note[EVENTS_NOW] = 0


@inner_kernel
def write(st: Structure, rec: Record, w: int, r: Room, q: int, keep: bool) -> None:
    """Record the quarter."""
    for m in range(r.x.size):
        rec.levels[w, q - 1, m] = st.status_quo[m] if r.suspended[m] else r.done[m]
    rec.events[w, q - 1] = r.note[EVENTS_NOW]
    if keep:
        for i in range(r.state.size):
            rec.state[w, q - 1, i] = np.float32(r.state[i])


@inner_kernel
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
    look_at_standing(st, story, d, w, r)
    exchange = r.standing[EXCHANGE]
    r.exchange[q] = exchange
    age(d, w, r, on, q)
    vote(st, v, story, d, w, r, on, q)
    outside(st, story, d, w, r, on, q, exchange)
    coerce(st, story, d, w, r, on, q)
    inflame(st, story, d, w, r, on, q, exchange)
    settle_or_break(st, v, story, d, w, r, on, q, exchange)
    give_way(st, v, story, d, w, r, on, q, exchange)
    for step in range(steps.quarter.size):
        if steps.quarter[step] > q:
            break
        if rec.fate[w, step] == WAITING:
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
            if w + 1 < stop:
                fetch_next(st, v, story, d, steps, w + 1, q - 1, rec.levels.shape[1])
            one_quarter(st, v, story, d, steps, rec, w, r, on, q)
            write(st, rec, w, r, q, keep)
