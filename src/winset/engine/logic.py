"""Who is asked and what is ruled out: clauses, choices of owners and sleeping rows."""

from __future__ import annotations

from .core import CLAUSES, FREE, OWNERS, WAKES, Frame, Logic
from .fold import OFF, all_slots
from .jit import kernel
from .layout import I8
from .plan import ASKED, REQUIRED, UNASKED
from .presolve import CHANGED, FAILS, SAME

ASLEEP, AWAKE, OPEN = 0, 1, 2

BINDS, WAITS, IGNORED = 1, 2, 0
"""A row must hold; it may have to; it need not."""


@kernel
def root_state(frame: Frame, owner_need: I8, state: I8) -> None:
    """Write the state in which everything of the core is open."""
    count = frame.count
    free = count[FREE]
    for f in range(free):
        state[f] = all_slots(frame, f)
    for o in range(owner_need.size):
        state[free + o] = owner_need[o]
    for k in range(count[WAKES]):
        state[free + owner_need.size + k] = OPEN


@kernel
def row_mode(owner: int, wake: int, count: I8, state: I8) -> int:
    """Whether a row binds in a state, waits for a decision, or is ignored."""
    if owner == OFF:
        return IGNORED
    asked = REQUIRED if owner < 0 else state[count[FREE] + owner]
    awake = AWAKE if wake < 0 else state[count[FREE] + count[OWNERS] + wake]
    if asked == UNASKED or awake == ASLEEP:
        return IGNORED
    return BINDS if asked == REQUIRED and awake == AWAKE else WAITS


@kernel
def filter_clauses(count: I8, logic: Logic, state: I8) -> int:
    """Propagate units until nothing moves."""
    clause_start, clause_free, clause_mask = (
        logic.clause_start,
        logic.clause_free,
        logic.clause_mask,
    )
    result = SAME
    moved = True
    while moved:
        moved = False
        for q in range(count[CLAUSES]):
            live = 0
            last = -1
            for i in range(clause_start[q], clause_start[q + 1]):
                if state[clause_free[i]] & clause_mask[i] != 0:
                    live += 1
                    last = i
            if live == 0:
                return FAILS
            if live == 1:
                f = clause_free[last]
                kept = state[f] & clause_mask[last]
                if kept != state[f]:
                    state[f] = kept
                    moved = True
                    result = CHANGED
    return result


@kernel
def settle_choices(free: int, logic: Logic, state: I8) -> int:
    """Require the last owner of a choice that is left."""
    choice_start, choice_owner = logic.choice_start, logic.choice_owner
    result = SAME
    for i in range(choice_start.size - 1):
        met = False
        left = 0
        last = -1
        for k in range(choice_start[i], choice_start[i + 1]):
            need = state[free + choice_owner[k]]
            met = met or need == REQUIRED
            if need == ASKED:
                left += 1
                last = choice_owner[k]
        if met:
            continue
        if left == 0:
            return FAILS
        if left == 1:
            state[free + last] = REQUIRED
            result = CHANGED
    return result


@kernel
def settle_wakes(count: I8, logic: Logic, state: I8) -> int:
    """Wake what has left the status quo; put to sleep what cannot leave it."""
    wake_start, wake_bit = logic.wake_start, logic.wake_bit
    result = SAME
    for k in range(count[WAKES]):
        at = count[FREE] + count[OWNERS] + k
        if state[at] != OPEN:
            continue
        asleep = True
        for i in range(wake_start[k], wake_start[k + 1]):
            here = state[logic.wake_free[i]]
            if here & wake_bit[i] == 0:
                state[at] = AWAKE
                result = CHANGED
            asleep = asleep and here == wake_bit[i]
        if asleep and state[at] == OPEN:
            state[at] = ASLEEP
            result = CHANGED
    return result


@kernel
def put_asleep(count: I8, logic: Logic, k: int, state: I8) -> int:
    """Keep a wake set at the status quo."""
    wake_start, wake_free = logic.wake_start, logic.wake_free
    for i in range(wake_start[k], wake_start[k + 1]):
        state[wake_free[i]] &= logic.wake_bit[i]
        if state[wake_free[i]] == 0:
            return FAILS
    state[count[FREE] + count[OWNERS] + k] = ASLEEP
    return CHANGED


@kernel
def give_up(owner: int, wake: int, count: I8, logic: Logic, state: I8) -> int:
    """Mark that a row that waits cannot hold: its owner is not asked any more, or it must sleep.

    A row that another row's giving up has freed meanwhile (same owner, same wake) is left alone.
    """
    if row_mode(owner, wake, count, state) != WAITS:
        return SAME
    free = count[FREE]
    asked = owner >= 0 and state[free + owner] == ASKED
    waits = wake >= 0 and state[free + count[OWNERS] + wake] == OPEN
    if asked == waits:
        return SAME
    if asked:
        state[free + owner] = UNASKED
        return CHANGED
    return put_asleep(count, logic, wake, state)


@kernel
def soft_is_lost(logic: Logic, s: int, state: I8) -> bool:
    """Whether a clause of more than two measures is violated whatever comes."""
    soft_start = logic.soft_start
    for i in range(soft_start[s], soft_start[s + 1]):
        if state[logic.soft_free[i]] & logic.soft_mask[i] != 0:
            return False
    return True
