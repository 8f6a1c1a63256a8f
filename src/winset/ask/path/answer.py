"""The answer to "in which order and how fast?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Answer
from winset.ask.dated import Dated
from winset.ask.follow import Followed
from winset.ask.path.calendar import calendar
from winset.ask.path.falls import course
from winset.ask.path.moment import moment
from winset.ask.path.what_if import WORLDS
from winset.case.model import Programme
from winset.errors import AskError, nearest
from winset.words import moment as moments
from winset.words import path as words

_FATES = ("waiting", "agreed", "dropped", "fell back", "overtaken")
_ANSWERS = (
    moments.NOT_YET,
    moments.GATE_SHUT,
    moments.HELD_UP,
    moments.RULED_OUT,
    moments.REFUSED,
    moments.CARRIED,
)


@dataclass(frozen=True, eq=False, repr=False)
class Path(Answer):
    """In which order, how fast, and through what weather?

    Attributes
    ----------
    programme
        The programme that was followed.
    followed
        What became of it in every world: levels, states, events and the fate of each step.
    found
        A deeper programme under the same rules, where one was searched for.
    dated
        Shocks that were put on dates.
    """

    question: ClassVar[str] = "path"
    title: ClassVar[str] = words.TITLE
    definition: ClassVar[str] = words.DEFINITION

    programme: Programme
    followed: Followed
    found: Programme | None = None
    dated: tuple[Dated, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer in a few sentences, the headline first."""
        return tuple(
            words.summary(
                self.case, self.programme, self.tables, self.run.worlds, self.parameters, WORLDS
            )
        )

    @property
    def topics(self) -> Mapping[str, Sequence[str]]:
        """The sentences after the headline by what they are about."""
        return words.topics(
            self.case, self.programme, self.tables, self.run.worlds, self.parameters, WORLDS
        )

    def calendar(self) -> str:
        """Return the dated plan as an iCalendar text."""
        return calendar(self.case, self.tables["plan"], self.programme)

    def svg(self) -> str:
        """Draw the dated plan as lanes: the text of an SVG file."""
        from importlib import import_module

        drawn: str = import_module("winset.brief.figures").svg(self.figure("plan"))
        return drawn

    def why(self, rung: str, *, world: int = 0, quarter: int | None = None) -> str:
        """Say what became of a step in one world, or how it stood in one quarter there.

        Parameters
        ----------
        rung
            A step of the programme.
        world
            The world.
        quarter
            A quarter; by default the end, told without the state of the world.

        Raises
        ------
        AskError
            The programme has no such step, or there is no such world or quarter.
        """
        steps = [self.programme.steps[place] for place in self.followed.steps]
        names = [step.rung for step in steps]
        if rung not in names:
            message = f"{self.programme.id} has no step {rung!r}; its steps are {', '.join(names)}."
            raise AskError(message, nearest=nearest(rung, names))
        if not 0 <= world < self.run.worlds:
            message = f"World {world} was asked for; there are worlds 0 to {self.run.worlds - 1}."
            raise AskError(message)
        place = names.index(rung)
        if quarter is not None:
            last = int(self.followed.depth.shape[1])
            if not 1 <= quarter <= last:
                message = f"Quarter {quarter} was asked for; quarters 1 to {last} were followed."
                raise AskError(message)
            return moment(self, place, world, quarter)

        def told(name: str) -> int:
            return int(self.followed.joined(name)[world, place])

        who = told("refuser")
        refuser = self.case.constituencies[who].words.phrase if who >= 0 else moments.RULE
        return words.why(
            self.case,
            {
                "rung": rung,
                "planned": steps[place].quarter,
                "otherwise": steps[place].otherwise,
                "fate": _FATES[told("fate")],
                "answer": _ANSWERS[told("answer")],
                "quarter": told("agreed"),
                "asked": told("asked"),
                "who": refuser,
                **course(self.case, self.followed, rung, world),
            },
        )
