"""The model through time as a user of Mesa would write it, and EMA Workbench around it.

Run by ``bench_time`` with the Python of a temporary environment that holds both.  Parties,
the steps of a programme, consent by the same rows and shocks by hazard; threat and mood move
what a step is worth.  What the other mechanisms do is left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time
from typing import Any

import mesa  # type: ignore[import-not-found]
from ema_workbench import (  # type: ignore[import-not-found]
    IntegerParameter,
    Model,
    TimeSeriesOutcome,
    perform_experiments,
)

MICRO = 1_000_000


class Party(mesa.Agent):  # type: ignore[misc]
    """A constituency: it accepts a package where none of its rows falls short."""

    def __init__(self, model: Cooperation, data: dict[str, Any]) -> None:
        super().__init__(model)
        self.name = data["name"]
        self.side = data["side"]
        self.rate = data["rate"]
        self.worth = data["worth"]
        self.by_threat = data["by_threat"]
        self.by_heat = data["by_heat"]
        self.rows = data["rows"]

    def moved(self, measure: int, level: int) -> float:
        """Return what the state adds to the worth of a rung."""
        if self.side < 0:
            return 0.0
        felt = self.model.threat_gain * self.model.threat * self.by_threat[measure][level]
        return float(felt + self.model.heat[self.side] * self.by_heat[measure][level])

    def discounted(self, worth: float) -> float:
        """Gains count at a rate, losses in full."""
        return worth * self.rate if worth > 0 else worth

    def accepts(self, levels: list[int], measure: int) -> bool:
        """Whether no row fails on a package in which one measure is put."""
        for row in self.rows:
            if row["measure"] == measure:
                value = self.model.amount(row, levels) + self.moved(measure, levels[measure])
            elif row["measure"] < 0 and self.model.awake(row, levels):
                value = self.model.amount(row, levels) / MICRO
                for other in row["counted"]:
                    if levels[other] != self.model.today[other]:
                        base = self.worth[other][levels[other]]
                        more = base + self.moved(other, levels[other])
                        value += self.discounted(more) - self.discounted(base)
            else:
                continue
            if value < 0:
                return False
        return True


class Cooperation(mesa.Model):  # type: ignore[misc]
    """One world."""

    def __init__(self, shared: dict[str, Any], world: dict[str, Any], *, shocks: bool) -> None:
        super().__init__(seed=world["seed"])
        self.today = shared["status_quo"]
        self.programme = shared["programme"]
        self.patience = world["patience"]
        self.accept = shared["accept"]
        self.shocks = world["shocks"] if shocks else []
        self.threat_gain, self.threat_keep = world["threat_gain"], world["threat_keep"]
        self.mood_keep, self.heat_growth = world["mood_keep"], world["heat_growth"]
        self.lag, self.shut, self.benefit = world["lag"], world["shut"], world["benefit"]
        self.clauses = world["clauses"]
        self.rules = world["rules"]
        self.threat, self.mood, self.heat = 0.0, [0.0, 0.0], [0.0, 0.0]
        self.quarter = 0
        self.agreed = list(self.today)
        self.in_effect = list(self.today)
        self.due = [0] * len(self.today)
        self.waiting = list(range(len(self.programme)))
        self.refused = [0] * len(self.programme)
        self.carried = [0] * len(self.programme)
        self.parties = {data["name"]: Party(self, data) for data in world["parties"]}
        self.collector = mesa.DataCollector(
            model_reporters={
                "levels": lambda model: list(model.in_effect),
                "threat": "threat",
                "mood": lambda model: list(model.mood),
            }
        )

    def violated(self, clause: list[list[int]], levels: list[int]) -> bool:
        """Whether no literal of a clause holds."""
        return not any((levels[m] >= level) == bool(least) for m, level, least in clause)

    def awake(self, row: dict[str, Any], levels: list[int]) -> bool:
        """Whether anybody is asked for anything."""
        wake = row["wake"]
        return not wake or any(levels[m] != self.today[m] for m in wake)

    def amount(self, row: dict[str, Any], levels: list[int]) -> int:
        """Constant, entries, pair terms, costs and saturation of a row."""
        value = row["constant"]
        for measure, coefs in row["entries"]:
            value += coefs[levels[measure]]
        for a, b, table in row["terms"]:
            value += table[levels[a]][levels[b]]
        for clause, cost in row["costs"]:
            if self.violated(clause, levels):
                value -= cost
        for size, totals, today in row["squares"]:
            total = sum(gains[level] for gains, level in zip(totals, levels, strict=True))
            value -= size * (total * total - today * today)
        return int(value)

    def possible(self, levels: list[int], measure: int) -> bool:
        """Whether structure allows a package in which one measure is put."""
        if self.shut[measure][levels[measure]]:
            return False
        if any(self.violated(clause, levels) for clause in self.clauses[measure]):
            return False
        rules = (row for row in self.rules if row["measure"] == measure)
        return all(not self.awake(row, levels) or self.amount(row, levels) >= 0 for row in rules)

    def put(self, place: int) -> None:
        """Put a due step to everybody."""
        start, measure, level = self.programme[place]
        if self.agreed[measure] >= level:
            self.waiting.remove(place)
            return
        if self.due[measure] > 0:
            return
        levels = list(self.agreed)
        levels[measure] = level
        if self.possible(levels, measure):
            no = {name for name, who in self.parties.items() if not who.accepts(levels, measure)}
            if not any(no.issuperset(group) for group in self.accept):
                self.agreed = levels
                self.due[measure] = self.quarter + max(1, int(self.lag[measure] + 0.5))
                self.carried[place] = self.quarter
                self.waiting.remove(place)
                return
        self.refused[place] += 1
        if self.quarter - start >= self.patience:
            self.waiting.remove(place)

    def step(self) -> None:
        """Follow one quarter."""
        self.quarter += 1
        for rate, threat, mood in self.shocks:
            if self.random.random() < rate:
                self.threat = max(self.threat, threat)
                self.mood = [min(5.0, one + mood) for one in self.mood]
        self.heat = [max(-0.5, min(1.0, self.heat_growth * one)) for one in self.mood]
        for place in [p for p in self.waiting if self.programme[p][0] <= self.quarter]:
            self.put(place)
        for measure, due in enumerate(self.due):
            if 0 < due <= self.quarter:
                self.in_effect[measure], self.due[measure] = self.agreed[measure], 0
        self.threat *= self.threat_keep
        self.mood = [one * self.mood_keep for one in self.mood]
        self.collector.collect(self)


def followed(data: dict[str, Any], world: int, *, shocks: bool) -> Cooperation:
    """Follow one world to the horizon."""
    model = Cooperation(data["shared"], data["worlds"][world], shocks=shocks)
    for _ in range(data["quarters"]):
        model.step()
    return model


def main(file: str) -> None:
    """Print refusals without shocks, and seconds a world, alone and under the workbench."""
    data = json.loads(Path(file).read_text(encoding="utf-8"))
    count = len(data["worlds"])
    calm = [followed(data, world, shocks=False) for world in range(count)]
    began = process_time()
    for world in range(count):
        followed(data, world, shocks=True)
    alone = (process_time() - began) / count

    def depth(world: int) -> dict[str, list[float]]:
        model = followed(data, world, shocks=True)
        levels = model.collector.get_model_vars_dataframe()["levels"]
        benefit = model.benefit
        return {"depth": [sum(map(list.__getitem__, benefit, each)) for each in levels]}

    workbench = Model("cooperation", function=depth)
    workbench.uncertainties = [IntegerParameter("world", 0, count - 1)]
    workbench.outcomes = [TimeSeriesOutcome("depth")]
    began = process_time()
    perform_experiments(workbench, scenarios=count)
    around = (process_time() - began) / count
    told = {
        "refused": [model.refused for model in calm],
        "carried": [model.carried for model in calm],
        "mesa": alone,
        "workbench": around,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
