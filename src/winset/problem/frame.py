"""One block of worlds, with the case's ladders laid out in slots."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Case, Measure
from winset.worlds.draw import Worlds

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEUTRAL = {
    "cost_curve": 1.0,
    "width_executive": 0.0,
    "width_ratifier": 0.0,
    "offset_executive": 1.0,
    "offset_ratifier": 1.0,
    "stance_scale": 1.0,
    "effort_price": 0.0,
    "saturation": 0.0,
    "linkage_value": 1.0,
    "lobby_shift": 0.0,
    "soft_price": 0.0,
    "scope_price": 0.0,
    "ceiling_price": 0.0,
    "lag": 1.0,
    "doubt_line": 1.0,
    "patience": 8.0,
    "settlement_fresh": 4.0,
    "reprisal_gap": 4.0,
    "minded_fresh": 8.0,
}
"""Parameters of the model and the value that holds where a case has none: no trace, or a usual span."""

NEUTRAL_SETTINGS = {
    "ceiling": "level",
    "saturation": "off",
    "implementers": "veto",
    "soft_binds": "off",
    "durability_binds": "off",
    "scope": "soft",
    "ladder": "destination",
    "red_lines": "on",
}
"""Forms of the model and the one that holds where a case says nothing."""

SETTINGS = {
    "ceiling": ("level", "mean", "price", "off"),
    "saturation": ("on", "off"),
    "implementers": ("veto", "delay"),
    "soft_binds": ("on", "off"),
    "durability_binds": ("on", "off"),
    "scope": ("soft", "hard", "off"),
    "ladder": ("destination", "stepwise"),
    "red_lines": ("on", "off"),
}
"""Every form of the model, by name."""


@dataclass(frozen=True)
class Frame:
    """Worlds ``start`` to ``stop`` and the slots of the ladders."""

    worlds: Worlds
    start: int
    stop: int

    @property
    def case(self) -> Case:
        """The case."""
        return self.worlds.case

    @property
    def count(self) -> int:
        """How many worlds the block holds."""
        return self.stop - self.start

    def number(self, address: str) -> Floats:
        """Return the number at ``address`` in each world of the block."""
        return self.worlds.numbers[address][self.start : self.stop]

    def parameter(self, name: str) -> Floats:
        """Return a parameter, or its neutral value where the case has none."""
        address = f"parameters/{name}"
        if address in self.worlds.numbers:
            return self.number(address)
        return np.full(self.count, NEUTRAL.get(name, 0.0))

    def flag(self, name: str) -> Bools:
        """Return in which worlds a fact of the case is so."""
        return self.worlds.flags[name][self.start : self.stop]

    def is_set(self, name: str, form: str) -> Bools:
        """Return in which worlds the model takes ``form``."""
        if name not in self.worlds.settings:
            return np.full(self.count, NEUTRAL_SETTINGS[name] == form)
        return np.asarray(self.worlds.settings[name][self.start : self.stop] == form)

    def ever_set(self, name: str, form: str) -> bool:
        """Return whether the model takes ``form`` in any world, this block's or not."""
        if name not in self.worlds.settings:
            return NEUTRAL_SETTINGS[name] == form
        return bool(np.any(self.worlds.settings[name] == form))

    def chosen(self, address: str, option: str) -> Bools:
        """Return in which worlds an option of a switch, lever or leader holds."""
        names = [item.id for item in self.case.choices[address].options]
        drawn = self.worlds.options[address][self.start : self.stop]
        return np.asarray(drawn == names.index(option))

    @cached_property
    def first(self) -> NDArray[np.int32]:
        """[measure + 1] first slot of each measure."""
        sizes = [len(measure.rungs) + 1 for measure in self.case.measures]
        return np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)

    @cached_property
    def place(self) -> dict[str, int]:
        """Index of each measure."""
        return {measure.id: index for index, measure in enumerate(self.case.measures)}

    def span(self, measure: str) -> slice:
        """Return the slots of a measure, level 0 first."""
        index = self.place[measure]
        return slice(int(self.first[index]), int(self.first[index + 1]))

    def ladder(self, measure: str, column: str) -> Floats:
        """Return [world, level] of a rung column, 0 at level 0, never falling where it must not.

        Benefit and exposure are cut to 0..1 and made non-decreasing unless the rungs are
        alternatives; the benefit of the top rung is 1, because effects are coded there.
        """
        noun = self.case.measure[measure]
        drawn = np.zeros((self.count, len(noun.rungs) + 1), order="F")
        for rung in noun.rungs:
            drawn[:, rung.level] = self.number(f"rungs/{rung.id}/{column}")
        if column in ("benefit", "exposure"):
            np.clip(drawn, 0.0, 1.0, out=drawn)
            if column == "benefit":
                drawn[:, -1] = 1.0
            if not noun.alternatives:
                np.maximum.accumulate(drawn, axis=1, out=drawn)
        return drawn

    @cached_property
    def benefit(self) -> dict[str, Floats]:
        """[world, level] benefit share of each measure."""
        return {measure.id: self.ladder(measure.id, "benefit") for measure in self.case.measures}

    @cached_property
    def exposure(self) -> dict[str, Floats]:
        """[world, level] exposure share of each measure, profile and leaks included."""
        shares = {m.id: self.ladder(m.id, "exposure") for m in self.case.measures}
        for quiet in self.case.mechanisms.quiet:
            leaked = 1.0 - (1.0 - self.parameter(quiet.leak)) ** (quiet.horizon_quarters / 4.0)
            discount = self.parameter(quiet.discount)
            lever = f"levers/{quiet.lever}"
            factors = {
                "low": (discount + (1.0 - discount) * leaked)[:, None],
                "none": leaked[:, None],
            }
            for measure in quiet.measures:
                full = shares[measure]
                for option, factor in factors.items():
                    here = self.chosen(lever, option)[:, None]
                    shares[measure] = np.where(here, full * factor, shares[measure])
                display = self.chosen(lever, "display")[:, None]
                shares[measure] = np.where(display, np.minimum(1.0, 1.25 * full), shares[measure])
        return shares

    @cached_property
    def heat(self) -> dict[str, Floats]:
        """[world, level] history heat as a share of its highest code, 3."""
        return {
            m.id: np.clip(self.ladder(m.id, "heat"), 0.0, 3.0) / 3.0 for m in self.case.measures
        }

    @cached_property
    def weights(self) -> dict[str, dict[str, Floats]]:
        """[world] what a constituency weighs, by its id and the criterion."""
        return {
            who.id: {
                criterion.id: self.number(address)
                for criterion in self.case.criteria
                if (address := f"weights/{who.id}/{criterion.id}") in self.worlds.numbers
            }
            for who in self.case.constituencies
        }

    def status_quo(self, measure: str) -> int:
        """Return the level in place."""
        return self._today[measure]

    @cached_property
    def _today(self) -> dict[str, int]:
        return {measure.id: measure.status_quo for measure in self.case.measures}

    @cached_property
    def overrides(self) -> dict[str, dict[str, str]]:
        """Address of the direct statement about each measure or rung, by constituency."""
        table: dict[str, dict[str, str]] = {}
        for stance in self.case.stances:
            if stance.use == "override":
                table.setdefault(stance.constituency, {})[stance.target] = stance.value.address
        return table

    @cached_property
    def watched(self) -> frozenset[str]:
        """Criteria whose losses something eases or somebody learns to bear."""
        mechanisms = self.case.mechanisms
        eased = {item.criterion for item in mechanisms.easings}
        return frozenset(eased | {item.criterion for item in mechanisms.learnings})

    def participates(self, constituency: str, measure: Measure) -> bool:
        """Return whether a constituency's party takes part in a measure."""
        return self.case.constituency[constituency].party in measure.participants
