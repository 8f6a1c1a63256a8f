"""What a form of sharing changes, one number a world: the warning model under the common contract."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from winset.effects.contract import Card
from winset.effects.draws import normal_stream
from winset.effects.warning import measure, standard
from winset.effects.warning.card import CARD
from winset.effects.warning.simulate import Record, block, joined
from winset.errors import AskError, nearest

Floats = NDArray[np.float64]


class SharedWarning:
    """Shared missile warning, judged on one flight of each published class and one false track."""

    card: Card = CARD

    def effect(
        self, rung: str, inputs: Mapping[str, Floats], *, rng: int = 1, first: int = 0
    ) -> Mapping[str, Floats]:
        """Compute the effect of a rung; see :class:`winset.effects.contract.Model`.

        Raises
        ------
        AskError
            The card has no such rung.
        """
        if rung not in CARD.rungs:
            message = f"The model warning has no rung {rung!r}. Allowed: {', '.join(CARD.rungs)}."
            raise AskError(message, nearest=nearest(rung, CARD.rungs))
        setting = standard.setting()
        forms = tuple(setting.form[name] for name in dict.fromkeys((CARD.rungs[0], rung)))
        n = len(inputs["mask"])
        stream = normal_stream(rng, first, n, prefix="exercise")
        part = block(setting, standard.SHOTS, forms, inputs, stream)
        record = joined(setting, standard.SHOTS, [part])
        return differences(record, forms[0].id, rung)


def differences(record: Record, before: str, after: str) -> dict[str, Floats]:
    """[world] what one form changes against another, for each output of the card."""
    old, new = _levels(record, before), _levels(record, after)
    made = {name: new[name] - old[name] for name in old}
    made["warning_s"] = _more_warning(record, before, after)
    return {one.name: made[one.name] for one in CARD.outputs}


def _levels(record: Record, form: str) -> dict[str, Floats]:
    parties = record.setting.parties
    real = measure.real(record)
    held = [
        np.all(
            [
                measure.in_time(record.told[form, shot.id, p], record.truths[shot.id])
                for p in parties
            ],
            axis=0,
        )
        for shot in real
    ]
    shared = [measure.correct(record, form, shot) for shot in record.shots]
    wrong = [
        np.any([measure.wrongly(record, form, s.id, p).any(axis=1) for p in parties], axis=0)
        for s in record.shots
    ]
    return {
        "held": np.mean(held, axis=0),
        "shared": np.mean(shared, axis=0),
        "wrong": np.mean(wrong, axis=0),
        "missed": _missed(record, form),
    }


def _missed(record: Record, form: str) -> Floats:
    threatened, missed = np.zeros(record.worlds), np.zeros(record.worlds)
    for shot, party, place in measure.pairs(record):
        found = measure.warned(record, form, shot, party, place)
        threatened[found.world] += 1
        missed[found.world] += ~found.warned
    return np.where(threatened > 0, missed / np.maximum(threatened, 1), 0.0)


def _more_warning(record: Record, before: str, after: str) -> Floats:
    """[world] mean seconds gained where both forms warn; nought where no region is warned."""
    gained, both = np.zeros(record.worlds), np.zeros(record.worlds)
    for shot, party, place in measure.pairs(record):
        old, new = (
            measure.warned(record, form, shot, party, place).warning for form in (before, after)
        )
        world = measure.warned(record, before, shot, party, place).world
        known = np.isfinite(old) & np.isfinite(new)
        gained[world] += np.where(known, new - old, 0.0)
        both[world] += known
    return np.where(both > 0, gained / np.maximum(both, 1), 0.0)


MODEL = SharedWarning()
