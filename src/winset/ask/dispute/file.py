"""The verdict on one dispute with fixed preferences: a file judged, as tables with their sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from winset.ask.answer import Tabled
from winset.ask.dispute.verdicts import sentences, verdicts
from winset.conflict import analyse, read_gmcr
from winset.conflict.model import memory
from winset.conflict.solve import ANSWERINGS, Stability, definition, known_concept
from winset.engine.conflict_api import Answering
from winset.run import Run, run_without_case
from winset.tables import Table
from winset.words import dispute as words


@dataclass(frozen=True, eq=False)
class FileVerdict(Tabled):
    """Which states of a dispute from a file would nobody leave?

    Attributes
    ----------
    found
        What was judged, for :func:`winset.conflict.narrate`.
    run
        Everything that decides the verdict.
    tables
        ``verdicts``; ``winset.ask.schemas()["dispute"]`` documents every column.
    parameters
        Concept, definition, coalitions, and the memory it takes.
    """

    question: ClassVar[str] = "dispute"

    found: Stability
    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def definition(self) -> str:
        """What was judged."""
        return str(self.parameters["definition"])

    @property
    def sentences(self) -> Sequence[str]:
        """The verdict in a few sentences, the size last."""
        told = [*sentences(self.found, concept=str(self.parameters["concept"]))]
        size = float(str(self.parameters["bytes"])) / 1e6
        count, options = self.found.conflict.count, len(self.found.conflict.options)
        return [*told, words.size(count, options, max(size, 0.1))]


def judge_file(
    file: str | Path,
    *,
    concept: str = "seq",
    answering: Answering = "legal",
    coalitions: Sequence[Sequence[str]] = (),
) -> FileVerdict:
    """Which states of a ``.gmcr`` file would nobody leave?

    Parameters
    ----------
    file
        The file.
    concept
        Whose definition is told in words; the table holds all.
    answering
        Who may answer a move, see :func:`winset.conflict.analyse`.
    coalitions
        Names of players who move together.

    Raises
    ------
    AskError, CaseError, LimitError
        See :func:`winset.conflict.read_gmcr` and :func:`winset.conflict.analyse`.
    """
    known_concept(concept)
    path = Path(file)
    conflict = read_gmcr(path)
    found = analyse(conflict, answering=answering, coalitions=coalitions)
    options = [f"--concept={concept}", f"--definition={answering}"]
    options += [f"--coalition={','.join(group)}" for group in coalitions]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return FileVerdict(
        found=found,
        run=run_without_case(
            path.stem,
            digest,
            worlds=1,
            rng=0,
            command=" ".join(["winset dispute", str(file), *options]),
        ),
        tables={"verdicts": verdicts(found)},
        parameters={
            "concept": concept,
            "definition": definition(concept, answering),
            "answers": ANSWERINGS[answering],
            "coalitions": [list(group) for group in coalitions],
            "bytes": memory(len(conflict.options), len(conflict.players)),
        },
    )
