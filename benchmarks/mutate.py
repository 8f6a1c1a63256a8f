"""Change each comparison of the engine in turn and see whether the checks notice.

A mutant is the engine with one comparison moved to its neighbour (``<`` and ``<=``, ``>`` and
``>=``, ``==`` and ``!=``, ``is`` and ``is not``, ``in`` and ``not in``), loaded as plain Python.
It is dead once a check fails against the answers found by trying everything.  A survivor must
stand in ``equivalent_mutants.txt`` with the reason why no answer can tell it from the original.
An interrupted run goes on where it stopped, as long as neither engine nor checks have changed.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from types import ModuleType

import numpy as np

from tests.engine import checks
from tests.engine.checks_simulate import SIMULATION
from winset.testing.twin import twin, unload

ENGINE = Path(__file__).parents[1] / "src" / "winset" / "engine"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")
NAME = "winset_mutant_twin"
SOUND = "winset_sound_twin"
BESIDE = ("challenge.py",)
"""Files tried otherwise: against published rounds and fine grids (``tests/issue``)."""
PATIENCE = 12.0
"""Seconds of work on one check after which a mutant counts as dead: it runs for ever; the engine
needs three at most."""

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}


class UnsoundError(Exception):
    """A check that the engine itself fails."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One comparison; ``number`` counts those of a file in the order of ``ast.walk``."""

    file: str
    number: int
    function: str
    line: int
    source: str
    sign: str
    place: int
    """Which of the equal signs of its line of the function, from 0."""

    @property
    def key(self) -> str:
        """Name of the mutant in the list of equivalent ones: without a line number."""
        return f"{self.file} | {self.function} | {self.source} | {self.sign} {self.place}"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant."""

    mutant: Mutant
    dead: bool
    how: str
    seconds: float


def mutants(files: Sequence[str] = (), folder: Path = ENGINE) -> list[Mutant]:
    """Return all mutants of the files (without names: of the whole engine)."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        if name in files or not (files or name in BESIDE):
            found += list(_mutants(path, name))
    return found


def _mutants(path: Path, name: str) -> Iterator[Mutant]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    tree = ast.parse(text)
    names = _functions(tree)
    seen: dict[str, int] = {}
    for number, (node, index) in enumerate(_comparisons(tree)):
        source = lines[node.lineno - 1].strip()
        sign = SIGNS[type(node.ops[index])]
        function = names.get(node, "")
        key = f"{function}|{source}|{sign}"
        yield Mutant(name, number, function, node.lineno, source, sign, seen.get(key, 0))
        seen[key] = seen.get(key, 0) + 1


def _comparisons(tree: ast.AST) -> list[tuple[ast.Compare, int]]:
    """Return comparisons in the order of the text; chains have several."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    nodes.sort(key=lambda node: (node.lineno, node.col_offset, -(node.end_col_offset or 0)))
    return [(node, index) for node in nodes for index in range(len(node.ops))]


def _functions(tree: ast.AST) -> dict[ast.AST, str]:
    """Name the innermost function around each node."""
    names: dict[ast.AST, str] = {}

    def visit(node: ast.AST, name: str) -> None:
        for child in ast.iter_child_nodes(node):
            names[child] = name
            visit(child, child.name if isinstance(child, ast.FunctionDef) else name)

    visit(tree, "")
    return names


def mutated(text: str, number: int) -> str:
    """Return a file's text with one comparison flipped."""
    tree = ast.parse(text)
    node, index = _comparisons(tree)[number]
    node.ops[index] = FLIPPED[type(node.ops[index])]()
    return ast.unparse(tree)


@cache
def workplace(source: Path) -> Path:
    """Copy the engine once for this process; nothing in it is compiled or cached."""
    os.environ["WINSET_THREADS"] = "1"
    sys.dont_write_bytecode = True
    np.seterr(all="ignore")
    folder = source.with_name(f"process-{os.getpid()}")
    shutil.copytree(source, folder)
    return folder


@cache
def sound(source: Path, check: Callable[[ModuleType], None]) -> None:
    """Put the engine itself to a check: one that it fails would tell nothing of a mutant.

    What the check compares with is worked out here too, and not while a mutant is timed.
    """
    try:
        check(twin(source, SOUND))
    except Exception as error:
        raise UnsoundError(f"the engine itself fails {check.__name__}") from error
    finally:
        unload(SOUND)


def _late(_signal: int, _frame: object) -> None:
    raise TimeoutError


def checks_of(file: str) -> tuple[Callable[[ModuleType], None], ...]:
    """Return the checks a mutant of a file is put to, those first that it is likely to fail."""
    if file.startswith("simulate/"):
        return SIMULATION
    if file.startswith(("conflict", "frontier")):
        return (*checks.BESIDE, *checks.INSIDE)
    return (*checks.INSIDE, *checks.BESIDE)


def trial(source: Path, mutant: Mutant) -> Fate:
    """Load one mutant and run the checks on it."""
    folder = workplace(source)
    began = perf_counter()
    original = (source / mutant.file).read_text(encoding="utf-8")
    (folder / mutant.file).write_text(mutated(original, mutant.number), encoding="utf-8")
    signal.signal(signal.SIGVTALRM, _late)
    how = ""
    try:
        engine = twin(folder, NAME)
        for check in checks_of(mutant.file):
            signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
            sound(source, check)
            signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE, 1.0)
            check(engine)
    except UnsoundError:
        raise
    except Exception as error:  # noqa: BLE001  (whatever a mutant raises has given it away)
        how = type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        unload(NAME)
        (folder / mutant.file).write_text(original, encoding="utf-8")
    return Fate(mutant, bool(how), how or "survives", perf_counter() - began)


def equivalent(path: Path = EQUIVALENT) -> dict[str, str]:
    """Return the mutants that no answer can tell from the original, each with its reason.

    The list alternates between a line ``file | function | source line | sign place`` and indented
    lines that say why.
    """
    reasons: dict[str, str] = {}
    key = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            reasons[key] = f"{reasons[key]} {line.strip()}".strip()
        else:
            key = line.strip()
            reasons[key] = ""
    return reasons


def run(
    files: Sequence[str] = (), *, processes: int = 2, kept: Path | None = None
) -> Iterator[Fate]:
    """Yield the fates of the mutants of some files (without names: of the whole engine).

    Fates are appended to the file ``kept``, and those that stand there are not tried again.
    """
    known = _read_kept(kept)
    with tempfile.TemporaryDirectory(prefix="winset-mutants-") as place:
        source = Path(place) / "engine"
        shutil.copytree(ENGINE, source, ignore=shutil.ignore_patterns("__pycache__"))
        chosen = mutants(files, source)
        left = [mutant for mutant in chosen if mutant.key not in known]
        yield from (known[mutant.key] for mutant in chosen if mutant.key in known)
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            for fate in pool.map(partial(trial, source), left):
                if kept is not None:
                    with kept.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(asdict(fate)) + "\n")
                yield fate


def kept_file(folder: Path = Path("out")) -> Path:
    """Name where fates are kept: one file for each state of the engine and its checks."""
    digest = hashlib.sha256()
    for path in (*sorted(ENGINE.rglob("*.py")), *sorted(Path(checks.__file__).parent.glob("*.py"))):
        digest.update(path.read_bytes())
    folder.mkdir(exist_ok=True)
    return folder / f"mutants-{digest.hexdigest()[:12]}.jsonl"


def _read_kept(path: Path | None) -> dict[str, Fate]:
    if path is None or not path.exists():
        return {}
    fates = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [Fate(**{**each, "mutant": Mutant(**each["mutant"])}) for each in fates]
    return {fate.mutant.key: fate for fate in found}


def main(files: Sequence[str]) -> int:
    """Print one line a mutant and a table; 1 if one survives that nobody has justified."""
    known = equivalent()
    problems = [f"no such mutant: {key}" for key in _strange(known, files)]
    problems += [f"no reason given: {key}" for key, reason in known.items() if not reason]
    fates = []
    for fate in run(files, kept=kept_file()):
        fates.append(fate)
        listed = fate.mutant.key in known
        if fate.dead and listed:
            problems.append(f"listed as equivalent, yet caught: {fate.mutant.key}")
        if not (fate.dead or listed):
            problems.append(f"survives: {fate.mutant.key}")
        where = f"{fate.mutant.file}:{fate.mutant.line}"
        told = f"{where:26} {fate.mutant.sign:>6} {fate.how:16} {fate.seconds:6.1f} s"
        print(f"{told}  {fate.mutant.source}", flush=True)
    print("\n".join([*table(fates, known), *problems]))
    return int(bool(problems))


def table(fates: Sequence[Fate], known: Mapping[str, str]) -> list[str]:
    """Lay out how many comparisons of each file are caught, are listed, or neither (open)."""
    lines = [f"{'file':26} comparisons  caught  listed  open"]
    for name in [*sorted({fate.mutant.file for fate in fates}), ""]:
        of = [fate for fate in fates if name in {fate.mutant.file, ""}]
        alive = [fate.mutant.key for fate in of if not fate.dead]
        listed = sum(key in known for key in alive)
        counts = f"{len(of) - len(alive):6}  {listed:6}  {len(alive) - listed:4}"
        lines.append(f"{name or 'all':26} {len(of):11}  {counts}")
    return lines


def _strange(known: dict[str, str], files: Sequence[str]) -> list[str]:
    """Return listed mutants that the engine does not have."""
    there = {mutant.key for mutant in mutants()}
    return [key for key in known if key not in there and not files]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
