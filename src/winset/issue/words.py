"""Every sentence about one issue, and about the score of many, from rows of their tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.tables import Table
from winset.words import phrases as words

DEFINITION = (
    "Positions are averaged, halved and bargained over with capability times salience as weights; "
    "beside them the expected-utility challenge model runs in rounds, in the variant named. A rule "
    "says where it would put the issue, not where governments do. The mean is the baseline: on "
    "decisions of the European Union no published variant of the challenge model beat it."
)
SCORE_DEFINITION = (
    "Every rule is applied to the positions before each decision and compared with what came out. "
    "Intervals come from drawing whole proposals again, because issues of one proposal are alike. "
    "A small difference whose interval holds 0 is no difference."
)
TITLES = {
    "mean": "the weighted mean",
    "median": "the weighted median",
    "nash": "the Nash point",
    "challenge": "the median after the challenges",
    "challenge-text": "the challenges as the text has them",
    "unweighted": "the plain mean of positions",
    "reference": "the reference point",
    "centre": "the centre of the scale",
}
_STABLE = 0.95


def summary(tables: Mapping[str, Table], parameters: Mapping[str, object]) -> list[str]:
    """Return the answer about one issue in a few sentences, the headline first."""
    told = [_headline(tables["solutions"]), _rest(tables["rounds"])]
    told += _outcome(tables, parameters["outcome"])
    told.append(_pivot(tables["actors"]))
    told.append(_ranges(tables["solutions"], parameters["spread"]))
    return told


def place(value: float) -> str:
    """Print a position with up to two decimals.

    Examples
    --------
    >>> place(7.0), place(7.389), place(-0.001)
    ('7', '7.39', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _by(table: Table, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in table.rows()}


def _headline(solutions: Table) -> str:
    by = _by(solutions, "solution")
    parts = [f"{TITLES[name]} at {place(by[name]['middle'])}" for name in ("median", "nash")]
    return (
        f"Weighted by capability and salience, the mean of the positions lies at "
        f"{place(by['mean']['middle'])}, {words.join_names(parts)}."
    )


def _rest(rounds: Table) -> str:
    """Say whether the challenges come to rest, and where they go if not."""
    rows = [*rounds.rows()]
    last, worlds = rows[-1], rows[-1]["worlds"]
    if last["share"] >= _STABLE:
        return (
            f"The challenges come to rest{_share(last['share'], worlds)}, with the median at "
            f"{place(last['middle'])} where every number is in the middle of its range."
        )
    late = [row["middle"] for row in rows[len(rows) // 2 :]]
    return (
        f"The challenges do not come to rest within {last['round']} rounds"
        f"{_share(1.0 - last['share'], worlds)}: in the later half of the rounds the median lies "
        f"between {place(min(late))} and {place(max(late))}, so the answer depends on the round at "
        "which one stops."
    )


def _share(share: float, worlds: int) -> str:
    """Say in how many worlds, and nothing where there is only one."""
    return "" if worlds == 1 else f" {words.share_phrase(share, worlds)}"


def _outcome(tables: Mapping[str, Table], outcome: object) -> list[str]:
    if outcome is None:
        return []
    by = _by(tables["solutions"], "solution")
    missed = [
        f"{TITLES[name]} by {place(by[name]['error'])}" for name in ("mean", "median", "nash")
    ]
    errors = [row["error"] for row in tables["rounds"].rows() if row["round"] > 0]
    told = (
        f"What came out is missed by {words.join_names(missed)}; by the challenges, depending on "
        f"the round, by {place(min(errors))} to {place(max(errors))}."
    )
    return [told]


def _pivot(actors: Table) -> str:
    row = max(actors.rows(), key=lambda one: float(one["share"]))
    return (
        f"The weighted median falls on the position of {row['actor']}"
        f"{_share(row['share'], row['worlds'])}."
    )


def _ranges(solutions: Table, spread: object) -> str:
    rows = [*solutions.rows()]
    if rows[0]["worlds"] == 1:
        return (
            "No number of the table has a range, so this is one world; a spread would show how "
            "firm it is."
        )
    parts = [
        f"{TITLES[row['solution']]} from {place(row['at_p25'])} to {place(row['at_p75'])}"
        for row in rows
    ]
    told = f"In the middle half of the worlds lies {words.join_names(parts)}."
    if spread:
        told += " Ranges that the table lacks are an assumption."
    return told


def score_summary(tables: Mapping[str, Table], issues: int, proposals: int) -> list[str]:
    """Return the score in a few sentences, the headline first."""
    told = [_best(tables["losses"], tables["pairs"], issues, proposals)]
    told += [_paired(row) for row in tables["pairs"].rows() if row["solution"] == "challenge"]
    told += _other_losses(tables["losses"])
    skipped = len(tables["skipped"])
    if skipped:
        verb = "was" if skipped == 1 else "were"
        told.append(f"{skipped:,} further issues {verb} left out; the table skipped says why.")
    return told


def _best(losses: Table, pairs: Table, issues: int, proposals: int) -> str:
    rows = {row["solution"]: row for row in losses.where(loss="mae").rows()}
    mean, best = rows["mean"], min(rows.values(), key=lambda row: float(row["value"]))
    head = (
        f"On {issues:,} issues of {proposals:,} proposals the weighted mean misses what came out "
        f"by {place(mean['value'])} points on average ({place(mean['low'])} to "
        f"{place(mean['high'])})"
    )
    if best["solution"] == "mean":
        return f"{head}; no other rule is nearer."
    pair = next(pairs.where(solution=best["solution"]).rows())
    nearest = f"{head}; nearest is {TITLES[best['solution']]} with {place(best['value'])}"
    return f"{nearest}, {'beyond chance' if pair['high'] < 0 else 'but not beyond chance'}."


def _paired(row: Mapping[str, Any]) -> str:
    told = (
        f"The challenges miss by {place(abs(row['difference']))} points "
        f"{'more' if row['difference'] > 0 else 'less'} than the mean (difference "
        f"{place(row['low'])} to {place(row['high'])}), nearer on {row['nearer']:,} issues and "
        f"farther on {row['farther']:,}"
    )
    if row["low"] <= 0 <= row["high"]:
        return f"{told}: the interval holds 0, so these issues do not tell the two apart."
    return f"{told}."


def _other_losses(losses: Table) -> list[str]:
    """Say by which losses another rule is best."""
    told = []
    for loss, says in (
        ("median", "the median error"),
        ("within10", "hits within ten points"),
        ("rank", "the order of the outcomes"),
    ):
        rows = [row for row in losses.where(loss=loss).rows() if row["value"] is not None]
        pick = max if loss.startswith("within") else min
        if rows:
            best = pick(rows, key=lambda row: float(row["value"]))
            told.append(f"by {says} {TITLES[best['solution']]}")
    return [f"Best {words.join_names(told)}."] if told else []
