"""One package to act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.brief.shared import ladders_word, level_of_100, of_100
from winset.words.phrases import NB, capital, join_names, number_word

FOUND = (
    "Each package is one and the same in every world. It is found by search, so a deeper one may "
    "exist that as many worlds accept."
)
READS = (
    "Line: deepest package found, percent of all that is on the ladders, by the worlds of "
    "100 that accept the very same package. Rings: the packages offered."
)
CAPTION = (
    "Packages: worlds of 100 asked for and found, depth in percent, ladders moved, effort in "
    "points of the case, quarters the slowest step takes"
)
COLUMNS = ("Package", "asked", "accepted", "depth", "ladders", "effort", "quarters")
FOLD = "Table of the figure: the packages side by side"
UNOPPOSED = (
    "Unopposed: with all else as it is today, the step breaks no rule and nobody whose consent it "
    "needs finds it too dear; whether it is worth agreeing on at all is asked of packages only. In "
    "some package: the best company it can have. 0 and 100 is no contradiction: the step then needs "
    "steps that come before it."
)
STEP_COLUMNS = ("Step", "rung", "from", "unopposed", "open in some package")
NOTHING_YET = "nothing yet"
LASTS = (
    "Accepted says nothing of lasting: what of a package survives elections and quarrels is asked by "
    "winset hold and winset path."
)
FURTHER = "What it leaves out, and what one step more would cost"
FURTHER_COLUMNS = (
    "One step more",
    "still accepted, of 100",
    "worlds lost, of 100",
    "stopped mostly by",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A package as the headings name it: worlds asked for, ladders moved, depth in percent."""

    name: str
    certainty: float
    steps: int
    depth: float


def distinct(offers: Sequence[Offer]) -> list[Offer]:
    """Keep packages with new steps, surest first; of equal ones the surest stands for all."""
    kept: list[Offer] = []
    for offer in sorted(offers, key=lambda offer: -offer.certainty):
        same = [known for known in kept if (known.steps, known.depth) == (offer.steps, offer.depth)]
        if offer.steps and not same:
            kept.append(offer)
    return kept


def offers_heading(offers: Sequence[Offer]) -> str:
    """Name the packages by certainty and by the number of ladders each moves."""
    told = distinct(offers)
    if not told:
        return "The search found no package beyond today that stands in many worlds"
    steps = join_names([f"{offer.steps:,}" for offer in told], last="or")
    worlds = join_names([f"{round(100 * offer.certainty)}" for offer in told], last="or")
    noun = "ladder" if [offer.steps for offer in told] == [1] else "ladders"
    package = "One package" if len(told) == 1 else capital(f"{number_word(len(told))} packages")
    verb = "moves" if len(told) == 1 else "move"
    where = f"accepted in at least {worlds} of 100 worlds".replace(" of 100", f"{NB}of{NB}100")
    return f"{package} to act on {verb} {steps} {noun}, {where}"


def certainty_title(offers: Sequence[Offer], today: float) -> str:
    """Compare the depth of the surest package with that of the boldest and with today's."""
    told = distinct(offers)
    if not told:
        return "No package beyond today to draw"
    first, last = told[0], told[-1]
    now = f"(today {round(today)})"
    if first is last:
        return f"The {first.name} package reaches {round(first.depth)} percent {now}"
    if round(first.depth) == round(last.depth):
        reach = f"every package reaches {round(first.depth)} percent {now}"
        return f"Certainty costs no depth here: {reach}"
    return (
        f"Certainty costs depth: the {first.name} package reaches {round(first.depth)} percent of "
        f"the ladders {now}, the {last.name} package {round(last.depth)}"
    )


def curve_alt(title: str, offers: Sequence[Offer]) -> str:
    """Describe the certainty figure, for a reader who cannot see it."""
    points = "; ".join(
        f"{offer.name}, {round(100 * offer.certainty)} of 100 worlds, {round(offer.depth)} percent"
        for offer in offers
    )
    return f"Line of depth against certainty. {title}. {capital(points)}. Table follows."


@dataclass(frozen=True, slots=True)
class More:
    """A package with one rung more: how many worlds still accept it, and who mostly refuses."""

    phrase: str
    share: float
    who: str
    """Empty where no world is lost."""
    worlds: int


def further(package: str, share: str, left: int, ladders: int, worlds: int) -> str:
    """Say how many ladders a package leaves, and open the list of what the next step would do."""
    if not left:
        return (
            f"The {package} package moves every ladder; the table tells what one step more costs."
        )
    verb = "stays" if left == 1 else "stay"
    ladder = "their next step" if left > 1 else "its next step"
    return (
        f"Under the {package} package {left:,} of {ladders:,} {ladders_word(ladders)} {verb} as today. It is "
        f"accepted in {share}; with {ladder} added, one at a time, in so many of the first "
        f"{worlds:,} worlds:"
    )


def still(row: More) -> str:
    """Say how many worlds still accept a package with one step more, and who stops it."""
    share = of_100(row.share, row.worlds)
    tail = f"{share}; {row.who} stops it" if row.who else f"{share}; no world is lost"
    return f"{capital(row.phrase)}: {tail}."


def bounded(
    levels: Sequence[float], bounds: Sequence[float], found: Sequence[float], n: int
) -> str:
    """Say how deep a package could be at most, of each certainty, and how deep one was found."""
    sure = join_names([f"{100 * level:.0f}" for level in levels], last="or")
    bound = join_names([f"{depth:.0f}" for depth in bounds], last="or")
    reached = join_names([f"{depth:.0f}" for depth in found])
    return (
        f"Each package is one and the same in every world, found by search. In the first "
        f"{n:,} worlds no package that {sure} of 100 accept is deeper than {bound} "
        f"percent of all ladders; those found there reach {reached}."
    )


def ignorance(package: str, lost: float) -> str:
    """Say what it costs that one package has to do for all worlds."""
    if round(lost) <= 0:
        return f" Whoever knew the world could go no further than the {package} package."
    return (
        f" Not knowing the world has a price: whoever knew it could go {round(lost)} percent of all "
        f"ladders further than the {package} package, on average."
    )


def ring(names: Sequence[str], depth: float) -> str:
    """Name a ring of the figure."""
    return f"{join_names([*names])} {round(depth)}"


def steps_fold(package: str, count: int) -> str:
    """Open the package ladder by ladder."""
    return f"The {package} package, ladder by ladder ({count})"


def steps_caption(level: float) -> str:
    """Say what the table of steps shows."""
    return f"The rung each ladder moves to, accepted as a whole in at least {level_of_100(level)} worlds"


def rung_of(level: int, rungs: int) -> str:
    """Place of a rung on its ladder."""
    return f"{level} of {rungs}"


def further_caption(package: str, worlds: int) -> str:
    """Say what the table of one step more shows."""
    return (
        f"One step more on one ladder, the rest of the {package} package as it is; counted in "
        f"the first {worlds:,} worlds"
    )


def further_fold(count: int) -> str:
    """Open the table of one step more."""
    return f"Table: one step more on every ladder ({count})"
