"""Set the compiled problem beside the re-statement: row by row and verdict by verdict."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from winset.oracle.brute import Levels, Plain
from winset.oracle.restate import Restatement, RowKey
from winset.problem import Compiled, RowName

_MICRO = 10**6
_NOISE = Fraction(1, 10**9)
"""Room for the rounding of double precision in the compiled numbers, in points."""


class Comparison:
    """One world, stated twice.

    Parameters
    ----------
    compiled
        The block the world lies in.
    place
        Its place in the block.
    restated
        The same world, stated again.
    """

    def __init__(self, compiled: Compiled, place: int, restated: Restatement) -> None:
        self.names = compiled.names
        self.plain = Plain(compiled.problem, place)
        self.restated = restated

    def package(self, levels: Levels) -> dict[str, int]:
        """Levels by the name of their measure."""
        return dict(zip(self.names.measures, levels, strict=True))

    def rows(self) -> Iterator[str]:
        """Yield limits that the re-statement has and the compiled problem has not."""
        compiled = {
            _key(name) for name, on in zip(self.names.rows, self.plain.row_on, strict=True) if on
        }
        for row in self.restated.rows():
            if row not in compiled:
                yield f"no row for {row}"

    def margins(self, levels: Levels) -> Iterator[tuple[RowKey, Fraction, Fraction, Fraction]]:
        """Yield every waking row with its restated and compiled margin and the rounding allowed."""
        package = self.package(levels)
        violated = self.plain.violations(levels)
        for row, name in enumerate(self.names.rows):
            key = _key(name)
            if not self.plain.row_on[row] or self.restated.asleep(key, package):
                continue
            unit = 1 if name.kind == "scope" else _MICRO * int(self.names.row_scale[row])
            compiled = Fraction(self.plain.slack(row, levels, violated), unit)
            yield key, self.restated.margin(key, package), compiled, self.rounding(row, levels)

    def rounding(self, row: int, levels: Levels) -> Fraction:
        """Return the most by which rounding to integers may move a row, in points.

        Half a millionth for each number summed.  Where totals are squared, each of M shares is
        off by up to half a thousandth, so that S is off by D = M / 2000 and S**2 by 2 S D + D**2.
        """
        plain = self.plain
        summed = 1 + len(plain.entries[row]) + len(plain.terms[row]) + len(plain.softs[row])
        if self.names.rows[row].source:
            summed += 3 * len(levels)
        allowed = _NOISE + Fraction(summed, 2 * _MICRO)
        for rate, *sums in zip(
            plain.squares.get(row, ()), plain.sums(levels), plain.sums(plain.quo), strict=False
        ):
            off = Fraction(len(levels), 2000)
            totals = [Fraction(total, 1000) for total in sums]
            per_square = Fraction(rate + 1, _MICRO)
            allowed += per_square * sum((2 * total * off + off**2 for total in totals), Fraction(0))
            allowed += sum((total**2 for total in totals), Fraction(0)) / _MICRO
        return allowed

    def disagreements(self, levels: Levels) -> Iterator[str]:
        """Yield what the two statements say differently about one package.

        Verdicts may differ only where some margin is so near to 0 that rounding decides.
        """
        package = self.package(levels)
        near = False
        for key, restated, compiled, allowed in self.margins(levels):
            near |= (restated >= 0) != (compiled >= 0) and abs(restated) <= allowed
            if abs(restated - compiled) > allowed:
                yield (
                    f"{key} at {package}: compiled {float(compiled):.9g}, "
                    f"restated {float(restated):.9g}"
                )
        verdict = self.restated.verdict(package)
        if self.plain.accepts(levels) != verdict.accepted and not near:
            said = "; ".join(verdict.reasons) or "accepted"
            yield f"verdict on {package}: compiled {self.plain.accepts(levels)}, restated {said}"


def _key(name: RowName) -> RowKey:
    return RowKey(name.kind, name.constituency, name.measure, name.level, name.source)
