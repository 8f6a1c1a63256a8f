"""From the record of an exercise to its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.effects.code import effect_rows
from winset.effects.schemas import EFFECTS
from winset.effects.warning import measure
from winset.effects.warning.card import CARD
from winset.effects.warning.card import INPUTS as CARD_INPUTS
from winset.effects.warning.model import differences
from winset.effects.warning.setting import Setting, Span
from winset.effects.warning.simulate import Record
from winset.exercise import schemas
from winset.exercise.events import log_rows
from winset.tables import Table, quartiles, wilson

Floats = NDArray[np.float64]
Cells = tuple[object, ...]


def tables(record: Record, middle: Record) -> Mapping[str, Table]:
    """Return every table of an exercise by name; ``middle`` is the run without chance."""
    made = {
        "forms": schemas.FORMS.from_rows(_forms(record)),
        "parties": schemas.PARTIES.from_rows(_parties(record)),
        "regions": schemas.REGIONS.from_rows(_regions(record)),
        "launches": schemas.LAUNCHES.from_rows(_launches(record)),
        "course": schemas.COURSE.from_rows(_course(middle)),
        "effects": EFFECTS.from_rows(_effects(record)),
        "inputs": schemas.INPUTS.from_rows(inputs(record.setting)),
        "log": schemas.LOG.from_rows(log_rows(middle)),
    }
    return {name: made[name] for name in schemas.SCHEMAS}


def _effects(record: Record) -> Iterator[Cells]:
    first, *others = record.setting.forms
    for form in others:
        yield from effect_rows(CARD, form.id, differences(record, first.id, form.id))


def _share(each: ArrayLike, worlds: int) -> tuple[float, float, float]:
    """Mean of flags (of any shape) with the interval of so many independent worlds."""
    flags = np.asarray(each, dtype=float)
    if not flags.size or not worlds:
        return np.nan, np.nan, np.nan
    share = float(flags.mean())
    low, high = wilson(share * worlds, worlds)
    return share, min(float(low), share), max(float(high), share)


def _median(values: Floats) -> float:
    return quartiles(values)[1]


def _forms(record: Record) -> Iterator[Cells]:
    for form in record.setting.forms:
        shared = [measure.correct(record, form.id, shot) for shot in record.shots]
        wrong, missed, withdrawn = (np.zeros(record.worlds) for _ in range(3))
        for shot in record.shots:
            for party in record.setting.parties:
                told = record.told[form.id, shot.id, party]
                wrong += measure.wrongly(record, form.id, shot.id, party).sum(axis=1)
                withdrawn += np.isfinite(told.withdrawn).sum(axis=1)
        for pair in measure.pairs(record):
            found = measure.warned(record, form.id, *pair)
            missed[found.world] += ~found.warned
        yield (
            form.id,
            form.label,
            form.rung,
            *_share(shared, record.worlds),
            *_share(measure.agree(record, form.id), record.worlds),
            *_mean(wrong),
            *_mean(missed),
            *_mean(withdrawn),
        )


def _mean(each: Floats) -> tuple[float, float]:
    """Mean over worlds with two standard errors."""
    return float(each.mean()), float(2 * each.std() / np.sqrt(each.size))


def _parties(record: Record) -> Iterator[Cells]:
    base = record.setting.forms[0].id
    real = measure.real(record)
    for form in record.setting.forms:
        for party in record.setting.parties:
            told = {shot.id: record.told[form.id, shot.id, party] for shot in record.shots}
            held = {s.id: measure.in_time(told[s.id], record.truths[s.id]) for s in real}
            track = [np.where(held[s.id], told[s.id].tracked, np.nan) for s in real]
            before = {s.id: record.told[base, s.id, party] for s in real}
            gain = [earlier(before[s.id].info, told[s.id].info) for s in real]
            sooner = [
                np.where(held[s.id], earlier(before[s.id].tracked, told[s.id].tracked), np.nan)
                for s in real
            ]
            error = [np.where(held[s.id], told[s.id].error, np.nan) for s in real]
            wrong = [
                measure.wrongly(record, form.id, s.id, party).any(axis=1) for s in record.shots
            ]
            yield (
                form.id,
                party,
                *_share(list(held.values()), record.worlds),
                *quartiles(_flat(track)),
                *quartiles(_flat(gain)),
                *quartiles(_flat(sooner)),
                *quartiles(_flat(error)),
                *_share(wrong, record.worlds),
                float(np.median(measure.counts(record, form.id, party))),
            )


def earlier(before: Floats, now: Floats) -> Floats:
    """Seconds by which something comes earlier than before; NaN unless both come."""
    both = np.isfinite(before) & np.isfinite(now)
    return np.where(both, np.where(both, before, 0.0) - np.where(both, now, 0.0), np.nan)


def _flat(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)


def _regions(record: Record) -> Iterator[Cells]:
    base = record.setting.forms[0].id
    for form in record.setting.forms:
        for party in record.setting.parties:
            for place, number in enumerate(measure.own_regions(record, party)):
                for shot in measure.real(record):
                    found = measure.warned(record, form.id, shot.id, party, place)
                    if not found.world.size:
                        continue
                    before = measure.warned(record, base, shot.id, party, place)
                    yield (
                        form.id,
                        record.setting.regions[number].id,
                        shot.id,
                        party,
                        found.world.size,
                        *_share(found.warned, found.world.size),
                        *quartiles(found.warning),
                        _median(found.geometry),
                        _median(found.relay),
                        _median(found.human),
                        _median(found.warning - before.warning),
                    )


def _launches(record: Record) -> Iterator[Cells]:
    for shot in record.shots:
        truth = record.truths[shot.id]
        for form in record.setting.forms:
            for party in record.setting.parties:
                told = record.told[form.id, shot.id, party]
                held = measure.in_time(told, truth)
                yield (
                    shot.id,
                    form.id,
                    party,
                    bool(shot.false_at),
                    *_share(held, record.worlds),
                    _median(np.where(held, told.tracked, np.nan)),
                    _median(np.where(held, told.decided, np.nan)),
                    _median(truth.impact),
                )


def _course(middle: Record) -> Iterator[Cells]:
    for shot in middle.shots:
        impact = float(middle.truths[shot.id].impact[0])
        for form in middle.setting.forms:
            for party in middle.setting.parties:
                told = middle.told[form.id, shot.id, party]
                moments = (told.ready[0], told.arrived[0], told.decided[0], told.alert[0].min())
                held = told.tracked[0] <= impact
                yield (
                    shot.id,
                    form.id,
                    party,
                    *(float(one) if held and one <= impact else np.nan for one in moments),
                    impact,
                )


def inputs(setting: Setting) -> Iterator[Cells]:
    """Yield every uncertain number of a setting with its range and source."""
    for one in CARD_INPUTS:
        yield one.name, one.unit, one.low, one.mode, one.high, one.basis, one.source
    for site in setting.sites:
        yield f"reach {site.id}", "km", *site.reach, site.basis, site.source
    for chain in setting.chains:
        spans: tuple[tuple[str, str, Span], ...] = (
            ("assess", "s", chain.assess_s),
            ("issue", "s", chain.issue_s),
            ("review", "s", chain.review_s),
            ("threshold", "share", chain.threshold),
        )
        for name, unit, ends in spans:
            source = "bracket around the published times of alerts, see alerts.csv"
            basis = "A" if name in ("threshold", "review") else "X"
            text = "of the scenario" if basis == "A" else source
            yield f"{name} {chain.party}", unit, *ends, basis, text
    links = [*setting.today, *(link for form in setting.forms for link in form.links)]
    for link in dict.fromkeys(links):
        for name, unit, ends in (("delay", "s", link.delay_s), ("loss", "share", link.loss)):
            yield f"{name} {link.id}", unit, *ends, "A", "rule of release of the scenario"
