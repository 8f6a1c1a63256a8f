"""Tables beyond the plain answer: those that cost little, and those that are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from winset.ask.reach.edge import schemas
from winset.ask.reach.edge.consents import consents
from winset.ask.reach.edge.rivals import rivals
from winset.ask.reach.edge.scope import scope
from winset.ask.reach.edge.size import size
from winset.ask.reach.edge.unlocks import Effort, unlocks
from winset.problem import compile_problem
from winset.tables import Table
from winset.worlds import Worlds

if TYPE_CHECKING:
    from winset.ask.reach.found import Found


@dataclass(frozen=True, slots=True)
class Samples:
    """How many of the first worlds each table rests on.

    Attributes
    ----------
    consents, rivals, sizes
        Worlds of the tables of these names.
    packages
        Packages drawn in each world for its size.
    unlocks
        Worlds for the unlocks.
    """

    consents: int = 300
    rivals: int = 100
    sizes: int = 60
    packages: int = 400
    unlocks: Effort = field(default_factory=Effort)


def edge_tables(
    worlds: Worlds, found: Found, tables: Mapping[str, Table], how: Samples, *, asked: bool
) -> dict[str, Table]:
    """Build the tables; those that take long stay empty unless they are asked for."""
    done = found.done
    built = [consents(worlds, found.targets.rung, min(how.consents, done)), scope(worlds)]
    if not asked:
        built += [table.from_rows(()) for table in (schemas.UNLOCKS, schemas.RIVALS, schemas.SIZE)]
        return {table.name: table for table in built}
    built.append(unlocks(worlds, tables["rungs"], tables["joint"], how.unlocks))
    n = min(how.rivals, done)
    compiled = compile_problem(worlds, 0, n)
    nodes = how.unlocks.node_limit
    is_open = found.verdict[:n] == 1
    built.append(rivals(compiled, found.targets, is_open, found.levels[:n], nodes))
    few = compile_problem(worlds, 0, min(how.sizes, done))
    built.append(size(few, found.targets, worlds.case, rng=worlds.rng, sample=how.packages))
    return {table.name: table for table in built}
