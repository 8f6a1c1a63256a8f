"""Draw worlds of a case: numbers, readings and forms of the model, with changes applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.case.address import resolve, resolve_change
from winset.case.change import parse_change
from winset.case.model import Case, Change, Choice, Shape, Value
from winset.case.quantity import parse_quantity
from winset.errors import AskError
from winset.worlds.keyed import uniform
from winset.worlds.quantile import value_at

Prior = Literal["pert", "uniform", "ends"]
_CHOICE_TABLES = ("switches", "levers", "leaders")
_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Worlds:
    """``n`` worlds of a case, numbered from ``first``."""

    case: Case
    n: int
    rng: int
    first: int
    changes: tuple[Change, ...]
    prior: Prior
    correlated: bool
    numbers: Mapping[str, _Floats]
    """[world] by address."""
    options: Mapping[str, NDArray[np.int64]]
    """[world] index of the option that holds, by address of switch, lever or leader."""
    settings: Mapping[str, NDArray[np.str_]]
    """[world] form of the model, by its name."""
    flags: Mapping[str, NDArray[np.bool_]]
    """[world] whether a fact of the case is so, by its name."""

    def number(self, address: str) -> _Floats:
        """Return the number at ``address`` in each world."""
        return self.numbers[address]

    def option(self, address: str) -> NDArray[np.int64]:
        """Return which option of a switch, lever or leader holds in each world."""
        return self.options[address]

    def setting(self, name: str) -> NDArray[np.str_]:
        """Return the form of the model called ``name`` in each world."""
        return self.settings[name]


def draw(
    case: Case,
    n: int = 2000,
    *,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    first: int = 0,
    prior: Prior = "pert",
    correlated: bool = True,
    seed_of: Callable[[str], int] | None = None,
) -> Worlds:
    """Draw everything that is uncertain in a case, ``n`` times.

    Each number is drawn from its own stream, so that a world is the same whatever the number of
    worlds, the block it is computed in and whatever else the case holds.  Numbers of one kind
    share common factors (a Gaussian copula on ranks): ``z = sqrt(rho) f + sqrt(1 - rho) e``.

    Parameters
    ----------
    case
        The case.
    n
        How many worlds.
    rng
        Seed.
    changes
        Changes of the case, as :class:`~winset.case.model.Change` or text; later ones win.
        A changed number keeps its rank in every world, so that runs can be compared world by
        world.
    first
        Number of the first world.
    prior
        ``pert`` takes the shapes of the case; ``uniform`` and ``ends`` replace every PERT.
    correlated
        False sets all common factors aside.
    seed_of
        Seed of one address, where some are drawn anew and others kept; ``rng`` by default.

    Returns
    -------
    Worlds
        ``number(address)`` and ``option(address)`` give one value, or one option, a world.

    Raises
    ------
    AskError
        An address, option or quantity that the case does not have.

    Examples
    --------
    >>> from winset.case import load
    >>> worlds = draw(load("trilateral-2022"), 3, changes=["parameters/hist_cap = 0.4"])
    >>> worlds.number("parameters/hist_cap").tolist()
    [0.4, 0.4, 0.4]
    """
    if n < 1:
        message = f"{n} worlds were asked for; at least 1 is needed."
        raise AskError(message)
    asked = tuple(parse_change(item) if isinstance(item, str) else item for item in changes)
    seed = (lambda _: rng) if seed_of is None else seed_of
    options, layers = _lay(case, asked, seed, first, n)
    numbers: dict[str, _Floats] = {}
    common = _Common(first, n)
    for address in _parameters_first(case):
        z = _ranks(case, address, seed(address), common, correlated=correlated)
        numbers[address] = layers.apply(case.values[address], z, prior, numbers)
    return Worlds(
        case=case,
        n=n,
        rng=rng,
        first=first,
        changes=asked,
        prior=prior,
        correlated=correlated,
        numbers={address: numbers[address] for address in case.values},
        options=options,
        settings=layers.settings,
        flags=layers.flags,
    )


def redraw(worlds: Worlds, changes: Iterable[Change | str]) -> Worlds:
    """Draw the same worlds with further changes; what no change touches is taken over.

    Equal to drawing anew with all changes, for worlds that :func:`draw` drew from one seed.

    Raises
    ------
    AskError
        As :func:`draw`.
    """
    case, n, first = worlds.case, worlds.n, worlds.first
    more = tuple(parse_change(item) if isinstance(item, str) else item for item in changes)
    asked = (*worlds.changes, *more)
    _, before = _lay(case, worlds.changes, lambda _: worlds.rng, first, n)
    options, layers = _lay(case, asked, lambda _: worlds.rng, first, n)
    touched = before.touched() | layers.touched()
    numbers = dict(worlds.numbers)
    common = _Common(first, n)
    for address in _parameters_first(case):
        if address in touched:
            z = _ranks(case, address, worlds.rng, common, correlated=worlds.correlated)
            numbers[address] = layers.apply(case.values[address], z, worlds.prior, numbers)
    return replace(
        worlds,
        changes=asked,
        numbers=numbers,
        options=options,
        settings=layers.settings,
        flags=layers.flags,
    )


def _lay(
    case: Case, asked: tuple[Change, ...], seed: Callable[[str], int], first: int, n: int
) -> tuple[dict[str, NDArray[np.int64]], _Layers]:
    """Draw the option that holds of each choice, and lay all changes over each other."""
    chosen, direct = _split(case, asked)
    options = {
        address: _options(choice, chosen.get(address), seed(address), first, n)
        for address, choice in case.choices.items()
    }
    layers = _Layers(case, n)
    for address, choice in case.choices.items():
        for index, option in enumerate(choice.options):
            layers.add(option.changes, options[address] == index, times=choice.times)
    layers.add(direct, np.ones(n, dtype=bool))
    return options, layers


def _parameters_first(case: Case) -> list[str]:
    """Addresses of all numbers, parameters first: leader types are multiplied by them."""
    return sorted(case.values, key=lambda address: not address.startswith("parameters/"))


def _split(case: Case, changes: tuple[Change, ...]) -> tuple[dict[str, int], tuple[Change, ...]]:
    """Separate what chooses an option from what changes a number or a setting."""
    chosen: dict[str, int] = {}
    direct = []
    for change in changes:
        table = change.address.partition("/")[0]
        if table not in _CHOICE_TABLES:
            addresses = resolve(case, change.address)
            if addresses[0].partition("/")[0] not in _CHOICE_TABLES:
                direct.append(change)
                continue
        for address in resolve(case, change.address):
            chosen[address] = _option_index(case.choices[address], change.value)
    return chosen, tuple(direct)


def _option_index(choice: Choice, name: str) -> int:
    names = [option.id for option in choice.options]
    if name not in names:
        message = f"{choice.address} has no option {name!r}; its options are {', '.join(names)}."
        raise AskError(message)
    return names.index(name)


def _options(choice: Choice, chosen: int | None, rng: int, first: int, n: int) -> NDArray[np.int64]:
    if chosen is not None:
        return np.full(n, chosen)
    if choice.kind != "switch":
        return np.full(n, _option_index(choice, choice.default))
    weights = np.array([option.weight for option in choice.options], dtype=np.float64)
    edges = np.cumsum(weights) / weights.sum()
    drawn = np.searchsorted(edges, uniform(rng, choice.address, first, n), side="right")
    return np.minimum(drawn, len(weights) - 1).astype(np.int64)


@dataclass(frozen=True)
class _Layer:
    change: Change
    holds: NDArray[np.bool_]
    """[world]"""
    times: str
    """Parameter that multiplies what is added or subtracted; empty for none."""


class _Layers:
    """Changes by address, each with the worlds in which it holds, in the order they apply."""

    def __init__(self, case: Case, n: int) -> None:
        self._case = case
        self._by_address: dict[str, list[_Layer]] = {}
        self.settings = {name: np.full(n, value) for name, value in case.settings.items()}
        self.flags = {name: np.full(n, value) for name, value in case.flags.items()}

    def add(self, changes: Iterable[Change], holds: NDArray[np.bool_], *, times: str = "") -> None:
        if not holds.any():
            return
        for change in changes:
            for address in resolve_change(self._case, change):
                table, _, name = address.partition("/")
                if table == "settings":
                    self.settings[name] = np.where(holds, change.value, self.settings[name])
                elif table == "flags":
                    self.flags[name] = np.where(holds, change.value == "true", self.flags[name])
                else:
                    layer = _Layer(change, holds, times)
                    self._by_address.setdefault(address, []).append(layer)

    def touched(self) -> set[str]:
        """Addresses of numbers that some change touches."""
        return {*self._by_address}

    def apply(
        self, value: Value, z: _Floats, prior: Prior, numbers: Mapping[str, _Floats]
    ) -> _Floats:
        drawn = _drawn(z, (value.low, value.mode, value.high, value.shape), prior)
        for layer in self._by_address.get(value.address, ()):
            operand = _drawn(z, parse_quantity(layer.change.value), prior)
            size = numbers[f"parameters/{layer.times}"] if layer.times else 1.0
            match layer.change.operator:
                case "=":
                    changed = operand
                case "+=":
                    changed = drawn + operand * size
                case "-=":
                    changed = drawn - operand * size
                case "*=":
                    changed = drawn * operand
            drawn = np.where(layer.holds, changed, drawn)
        return drawn


def _drawn(z: _Floats, quantity: tuple[float, float, float, Shape], prior: Prior) -> _Floats:
    low, mode, high, shape = quantity
    return value_at(z, low, mode, high, prior if shape == "pert" else shape)


class _Common:
    """Standard normal numbers of a run of worlds; those of common factors are drawn once."""

    def __init__(self, first: int, n: int) -> None:
        self._span = (first, n)
        self._known: dict[tuple[int, str], _Floats] = {}

    def own(self, rng: int, address: str) -> _Floats:
        from scipy.special import ndtri  # heavy

        return np.asarray(ndtri(uniform(rng, address, *self._span)))

    def factor(self, rng: int, name: str) -> _Floats:
        if (rng, name) not in self._known:
            self._known[rng, name] = self.own(rng, f"factor/{name}")
        return self._known[rng, name]


def _ranks(case: Case, address: str, rng: int, common: _Common, *, correlated: bool) -> _Floats:
    own = common.own(rng, address)
    factor, kind = _factor(case, address)
    rho = case.correlations.get(kind, 0.0) if correlated and factor else 0.0
    if rho == 0.0:
        return own
    return np.asarray(np.sqrt(rho) * common.factor(rng, factor) + np.sqrt(1.0 - rho) * own)


def _factor(case: Case, address: str) -> tuple[str, str]:
    """Name the common factor of an address and the correlation that governs it."""
    table, *keys = address.split("/")
    match table:
        case "weights":
            return f"weights/{case.constituency[keys[0]].party}/{keys[1]}", "weights"
        case "effects":
            return "/".join(("effects", *keys[1:])), "effects"
        case "constituencies":
            return f"thresholds/{case.constituency[keys[0]].party}", "thresholds"
        case "linkages":
            return "linkages", "linkages"
        case "rungs":
            return f"ladders/{keys[0].partition('.')[0]}/{keys[1]}", "ladders"
        case _:
            return "", ""
