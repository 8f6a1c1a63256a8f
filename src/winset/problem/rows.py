"""Every linear limit of the model as a row: floors, wholes, ceilings, hard scope."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from winset.case.model import AtLeast, Ceiling, Condition, Consents, Rung
from winset.problem.clauses import Clause, NeedsFloor
from winset.problem.consent import Consent
from winset.problem.frame import Bools, Floats
from winset.problem.names import RowName
from winset.problem.pairs import Link, Pair, links, progress, reliefs

MICRO = 1_000_000
WHOLE_SCALE = 1_000_000
"""Rows of the whole are kept in units of 1e-6 micro-points, so that squares stay integers."""

Integers = NDArray[np.int64]


def whole(amount: Floats, scale: int = 1) -> Integers:
    """Round to millionths, half to even, then scale."""
    return np.rint(amount * MICRO).astype(np.int64) * scale


@dataclass
class Row:
    """One row: at least nothing, where it is on and awake."""

    name: RowName
    owner: str
    """Constituency, or empty for structure."""
    on: Bools
    constant: Integers
    scale: int = 1
    coefs: dict[str, Integers] = field(default_factory=dict)
    """[world, level] by measure."""
    terms: list[tuple[str, str, Integers]] = field(default_factory=list)
    """Two measures and [world, level, level]."""
    softs: list[tuple[int, Integers]] = field(default_factory=list)
    """Clause and [world] cost while it is violated."""
    wake: tuple[str, ...] = ()
    squares: Integers | None = None
    """[world, criterion]"""


@dataclass(frozen=True)
class Builder:
    """Builds the rows of a block."""

    consent: Consent
    clauses: list[Clause]
    needs: list[NeedsFloor]

    def rows(self) -> list[Row]:
        """Return all rows, floors first, in case order."""
        linked = list(links(self.consent))
        modifiers = list(reliefs(self.consent))
        pairs: dict[tuple[str, str], list[Pair]] = {}
        for item in (*linked, *modifiers):
            if isinstance(item, Pair):
                pairs.setdefault((item.who, item.own), []).append(item)
        rows = self._floors(pairs)
        rows += self._needed_floors(pairs)
        together = [item for item in linked if isinstance(item, Link)]
        for who in self.consent.whole:
            base = self._package(who, together, modifiers)
            rows.append(base)
            rows += self._priced(base, who)
        for ceiling in self.consent.frame.case.mechanisms.ceilings:
            rows += self._ceiling(ceiling)
        rows += self._hard_scope()
        return rows

    # Floors

    def _floors(self, pairs: dict[tuple[str, str], list[Pair]]) -> list[Row]:
        rows = []
        frame = self.consent.frame
        for (who, measure), needed in self.consent.needed.items():
            binds = self.consent.binds(frame.case.constituency[who])
            mine = pairs.get((who, measure), [])
            if frame.ever_set("ladder", "destination"):
                on = binds & frame.is_set("ladder", "destination")
                rows.append(self._floor(who, measure, needed, mine, on))
            if not frame.ever_set("ladder", "stepwise"):
                continue
            on = binds & frame.is_set("ladder", "stepwise")
            rows += [
                self._step_floor(who, measure, needed, mine, on, level)
                for level in range(1, needed.shape[1])
                if np.any(needed[:, level])
            ]
        return rows

    def _needed_floors(self, pairs: dict[tuple[str, str], list[Pair]]) -> list[Row]:
        """Consents that a prerequisite asks for and no rule of a party does."""
        rows = []
        for need in self.needs:
            rung = self.consent.frame.case.rung[need.rung]
            if self._asked_anyway(need.who, rung):
                continue
            mask = np.zeros((self.consent.frame.count, len(self._levels(rung.measure))), bool)
            mask[:, rung.level :] = True
            mine = pairs.get((need.who, rung.measure), [])
            row = self._floor(need.who, rung.measure, mask, mine, need.on)
            row.name = RowName("prerequisite", need.who, rung.measure, rung.level, need.rule.id)
            row.owner = ""
            rows.append(row)
        return rows

    def _asked_anyway(self, who: str, rung: Rung) -> bool:
        """Return whether the party's own rule asks for this consent, at this rung and above."""
        noun = self.consent.frame.case.constituency[who]
        party = self.consent.frame.case.party[noun.party]
        own = self.consent.needed.get((who, rung.measure))
        return (
            own is not None
            and bool(np.all(own[:, rung.level :]))
            and bool(np.all(self.consent.binds(noun)))
            and [who] in acceptance(party.accepts)
        )

    def _levels(self, measure: str) -> range:
        return range(len(self.consent.frame.case.measure[measure].rungs) + 1)

    def _floor(
        self,
        who: str,
        measure: str,
        needed: Bools,
        pairs: list[Pair],
        on: Bools,
        *,
        upto: int = 127,
    ) -> Row:
        """``sum over needed rungs of x (I - (threshold - width)) >= 0``."""
        worth = self.consent.worth[who, measure] - self.consent.floor(who)[:, None]
        row = Row(RowName("floor", who, measure, 0, ""), who, on, _zeros(on))
        row.coefs[measure] = whole(np.where(needed, worth, 0.0))
        for pair in pairs:
            delta = np.where(needed[:, :, None], pair.delta, 0.0)
            row.terms.append((measure, pair.other, whole(delta)))
        self._floor_softs(row, who, measure, needed, upto)
        return row

    def _step_floor(  # one row of one level
        self,
        who: str,
        measure: str,
        needed: Bools,
        pairs: list[Pair],
        on: Bools,
        level: int,
    ) -> Row:
        """Stepwise ladder: the floor of one level, whenever it is passed or taken."""
        repeated = np.minimum(np.arange(needed.shape[1]), level)
        above = np.arange(needed.shape[1]) >= level
        mask = needed[:, repeated] & above
        mine = [Pair(p.who, p.own, p.other, p.delta[:, repeated]) for p in pairs]
        row = self._floor(who, measure, mask, mine, on, upto=level)
        worth = self.consent.worth[who, measure] - self.consent.floor(who)[:, None]
        row.coefs[measure] = whole(np.where(mask, worth[:, repeated], 0.0))
        row.name = RowName("floor", who, measure, level, "")
        return row

    def _floor_softs(self, row: Row, who: str, measure: str, needed: Bools, upto: int) -> None:
        """Charge missing helps where the row asks for consent, and nowhere else."""
        if not self.consent.pays(who, measure):
            return
        price = whole(self.consent.frame.parameter("soft_price"), row.scale)
        asked = np.any(needed, axis=0)
        for index in range(len(self.clauses)):
            clause = self.clauses[index]
            helped = clause.literals[0][1]
            if clause.hard or clause.within or clause.literals[0][0] != measure or helped > upto:
                continue
            for low, high in _runs(asked & (np.arange(asked.size) >= helped)):
                row.softs.append((self._within(index, low, high), price))

    def _within(self, index: int, low: int, high: int) -> int:
        """Return the clause that asks the same only while the measure stands at low to high."""
        clause = self.clauses[index]
        measure, helped, _ = clause.literals[0]
        top = len(self.consent.frame.case.measure[measure].rungs)
        if low == helped and high == top:
            return index
        literals = ((measure, low, False), *clause.literals[1:])
        if high < top:
            literals = (*literals, (measure, high + 1, True))
        narrow = replace(clause, literals=literals, within=True)
        for place, known in enumerate(self.clauses):
            if known.within and known.name == clause.name and known.literals == literals:
                return place
        self.clauses.append(narrow)
        return len(self.clauses) - 1

    # Wholes

    def _package(self, who: str, together: list[Link], modifiers: list[Pair]) -> Row:
        """``sum of (offset gain + loss) >= threshold`` over the measures that count."""
        consent, frame = self.consent, self.consent.frame
        binds = consent.binds(frame.case.constituency[who])
        row = Row(RowName("package", who, "", 0, ""), who, binds, _zeros(binds), WHOLE_SCALE)
        row.constant = whole(-consent.threshold(who), WHOLE_SCALE)
        row.wake = consent.whole[who]
        counted = set(consent.weighed(who))
        for measure in consent.weighed(who):
            worth = consent.discounted(who, consent.worth[who, measure])
            row.coefs[measure] = whole(worth, WHOLE_SCALE)
        for link in together:
            if link.who == who and {link.a, link.b} <= counted:
                worth = consent.discounted(who, link.worth)
                row.terms.append((link.a, link.b, whole(worth, WHOLE_SCALE)))
        for pair in modifiers:
            if pair.who == who and pair.own in counted:
                alone = consent.worth[who, pair.own][:, :, None]
                worth = consent.discounted(who, alone + pair.delta)
                shift = whole(worth - consent.discounted(who, alone), WHOLE_SCALE)
                row.terms.append((pair.own, pair.other, shift))
        price = whole(frame.parameter("soft_price"), WHOLE_SCALE)
        row.softs = [
            (index, price)
            for index, clause in enumerate(self.clauses)
            if not clause.hard
            and not clause.within
            and clause.literals[0][0] in counted
            and consent.pays(who, clause.literals[0][0])
        ]
        row.squares = self._squares(who)
        return row

    def _squares(self, who: str) -> Integers:
        """Loss per squared total of each criterion that saturates, [world, criterion]."""
        frame = self.consent.frame
        rate = frame.parameter("saturation") * frame.is_set("saturation", "on")
        columns = []
        for criterion in saturating(self.consent):
            weight = f"weights/{who}/{criterion}"
            if weight not in frame.worlds.numbers:
                columns.append(np.zeros(frame.count, dtype=np.int64))
                continue
            tops = np.maximum(
                sum(np.maximum(e, 0.0) for e in effects(self.consent, criterion).values()), 1e-9
            )
            size = np.maximum(frame.number(weight), 0.0) * rate / (2.0 * tops * frame.case.scale)
            size = size * self.consent.offset(who)
            columns.append(np.rint(size * MICRO).astype(np.int64))
        return np.stack(columns, axis=1) if columns else np.zeros((frame.count, 0), np.int64)

    def _priced(self, base: Row, who: str) -> list[Row]:
        """Return the whole again, less the price of the excess over each ceiling."""
        frame = self.consent.frame
        rows = []
        for ceiling in frame.case.mechanisms.ceilings:
            if who not in ceiling.payers or not frame.ever_set("ceiling", "price"):
                continue
            price = frame.parameter("ceiling_price")
            row = Row(
                RowName("package", who, "", 0, ceiling.id),
                who,
                base.on & frame.is_set("ceiling", "price"),
                base.constant.copy(),
                WHOLE_SCALE,
                dict(base.coefs),
                base.terms,
                base.softs,
                base.wake,
                base.squares,
            )
            today = self._ceiling_base(ceiling)
            for measure in ceiling.over:
                quo = frame.status_quo(measure)
                today = today - frame.benefit[measure][:, quo] / len(ceiling.over)
                part = price[:, None] * frame.benefit[measure] / len(ceiling.over)
                row.coefs[measure] = _coef(row, measure, part) - whole(part, WHOLE_SCALE)
            for measure, lift in self._raised(ceiling).items():
                part = price[:, None] * lift
                row.coefs[measure] = _coef(row, measure, part) + whole(part, WHOLE_SCALE)
            free = self._ceiling_base(ceiling) + np.maximum(-today, 0.0)
            row.constant = row.constant + whole(price * free, WHOLE_SCALE)
            rows.append(row)
        return rows

    # Structure

    def _ceiling_base(self, ceiling: Ceiling) -> Floats:
        return self.consent.frame.parameter(ceiling.base)

    def _raised(self, ceiling: Ceiling) -> dict[str, Floats]:
        left = 1.0 - self._ceiling_base(ceiling)
        return {
            measure: left[:, None] * lift
            for measure, lift in progress(self.consent, ceiling).items()
        }

    def _ceiling(self, ceiling: Ceiling) -> list[Row]:
        frame = self.consent.frame
        rows = []
        if frame.ever_set("ceiling", "level"):
            on = frame.is_set("ceiling", "level")
            for measure in ceiling.over:
                row = self._ceiling_row(ceiling, on, (measure,))
                row.name = RowName("ceiling", "", measure, 0, ceiling.id)
                row.coefs[measure] = _coef(row, measure, frame.heat[measure]) - whole(
                    frame.heat[measure]
                )
                rows.append(row)
        if frame.ever_set("ceiling", "mean"):
            row = self._ceiling_row(ceiling, frame.is_set("ceiling", "mean"), ceiling.over)
            for measure in ceiling.over:
                part = frame.benefit[measure] / len(ceiling.over)
                row.coefs[measure] = _coef(row, measure, part) - whole(part)
            rows.append(row)
        return rows

    def _ceiling_row(self, ceiling: Ceiling, on: Bools, wake: tuple[str, ...]) -> Row:
        row = Row(RowName("ceiling", "", "", 0, ceiling.id), "", on, _zeros(on), wake=wake)
        row.constant = whole(self._ceiling_base(ceiling))
        row.coefs = {m: whole(lift) for m, lift in self._raised(ceiling).items()}
        return row

    def _hard_scope(self) -> list[Row]:
        frame, scope = self.consent.frame, self.consent.frame.case.mechanisms.scope
        if scope is None or not frame.ever_set("scope", "hard"):
            return []
        return [
            self._hard_scope_row(party.id, measure, scope.relief)
            for party in frame.case.parties
            for measure in scope.applies_to
            if party.id in frame.case.measure[measure].participants and party.scope
        ]

    def _hard_scope_row(self, party: str, measure: str, relief: str) -> Row:
        frame, consent = self.consent.frame, self.consent
        on = frame.is_set("scope", "hard")
        row = Row(RowName("scope", "", measure, 0, party), "", on, _zeros(on), wake=(measure,))
        levels = self._levels(relief) if relief else range(1)
        beyond = [
            consent.scope_excess(party, measure, np.full(frame.count, consent.relieved(level))) > 0
            for level in levels
        ]
        today = beyond[frame.status_quo(relief)] if relief else beyond[0]
        row.coefs[measure] = -today.astype(np.int64)
        if relief and relief != measure:
            change = [today.astype(np.int64) - there.astype(np.int64) for there in beyond]
            row.terms.append((measure, relief, np.stack(change, axis=2)))
        return row


def acceptance(rule: Condition) -> list[list[str]]:
    """Return a party's rule as groups; in each, one constituency must consent."""
    match rule:
        case Consents(who):
            return [[who]]
        case AtLeast(count, items):
            result = []
            for some in combinations(items, len(items) - count + 1):
                groups: list[list[str]] = [[]]
                for item in some:
                    groups = [one + other for one in groups for other in acceptance(item)]
                result += [sorted(set(group)) for group in groups]
            return result
        case _:
            message = f"{rule!r} cannot stand in a party's rule."
            raise TypeError(message)


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and last index of each unbroken run."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [(int(low), int(high) - 1) for low, high in edges.reshape(-1, 2)]


def saturating(consent: Consent) -> list[str]:
    """Criteria with shared effects that scale with benefit: those that can saturate."""
    return [c.id for c in consent.frame.case.criteria if c.shared and c.gain == "benefit"]


def effects(consent: Consent, criterion: str) -> dict[str, Floats]:
    """Return [world] the shared effect of each measure on a criterion."""
    anybody = consent.frame.case.parties[0].id
    return {
        measure: effect
        for (measure, what, party), effect in consent.valued.effects.items()
        if what == criterion and party == anybody
    }


def _coef(row: Row, measure: str, like: Floats) -> Integers:
    return row.coefs.get(measure, np.zeros(like.shape, dtype=np.int64))


def _zeros(on: Bools) -> Integers:
    return np.zeros(on.shape, dtype=np.int64)
