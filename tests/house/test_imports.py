"""Data flows one way: who may import whom is this table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import winset

ROOT = Path(winset.__file__).parent

BASE = {"errors"}
EDGES = {
    "__init__": {
        "ask",
        "bargain",
        "brief",
        "case",
        "errors",
        "exercise",
        "issue",
        "run",
        "tables",
        "worlds",
    },
    "__main__": {"cli"},
    "errors": {"case"},
    "output": BASE,
    "ics": set(),
    "tables": BASE | {"output"},
    "run": {"case", "output", "tables", "worlds"},
    "case": BASE | {"effects", "output"},
    "worlds": BASE | {"case"},
    "problem": BASE | {"case", "engine", "worlds"},
    "engine": set(),
    "conflict": BASE | {"case", "engine"},
    "effects": BASE | {"tables", "worlds"},
    "exercise": BASE
    | {"ask", "brief", "case", "effects", "ics", "run", "tables", "words", "worlds"},
    "bargain": BASE
    | {"ask", "case", "engine", "output", "problem", "run", "tables", "words", "worlds"},
    "issue": BASE
    | {"ask", "brief", "case", "effects", "engine", "run", "tables", "words", "worlds"},
    "oracle": BASE | {"case", "engine", "problem", "worlds"},
    "words": BASE | {"case", "conflict", "tables"},
    "ask": BASE
    | {
        "bargain",
        "brief",
        "case",
        "conflict",
        "effects",
        "engine",
        "exercise",
        "ics",
        "issue",
        "output",
        "problem",
        "run",
        "tables",
        "words",
        "worlds",
    },
    "brief": BASE | {"case", "output", "run", "tables", "words"},
    "testing": {"case", "effects", "oracle"},
    "cli": BASE
    | {
        "",
        "ask",
        "bargain",
        "brief",
        "case",
        "conflict",
        "effects",
        "engine",
        "exercise",
        "oracle",
        "output",
        "tables",
        "words",
    },
}
NARROW = {
    # a module outside the package, and all that may be taken from there
    ("errors", "case"): {"winset.case.model"},
    ("ask", "brief"): {
        "winset.brief.dispute_graph",
        "winset.brief.figures",
        "winset.brief.sections",
        "winset.brief.sections.settlement",
    },  # answer.figure(name) draws on demand
    ("ask", "effects"): {"winset.effects.schemas"},  # tables are listed in one place
    ("ask", "exercise"): {
        "winset.exercise.calendar.schemas",
        "winset.exercise.played_schemas",
        "winset.exercise.schemas",
    },
    ("ask", "bargain"): {"winset.bargain.schemas"},
    ("ask", "issue"): {"winset.issue.schemas"},
    ("bargain", "ask"): {
        "winset.ask",
        "winset.ask.answer",
        "winset.ask.settle.gains",
        "winset.ask.settle.mixtures",
        "winset.ask.settle.solutions",
        "winset.ask.settle.solve",
    },
    ("bargain", "engine"): {"winset.engine.frontier"},
    ("issue", "ask"): {"winset.ask", "winset.ask.answer"},  # the base class
    ("issue", "brief"): {"winset.brief.issue_chart"},  # answer.figure() draws on demand
    ("issue", "effects"): {"winset.effects.draws"},
    ("issue", "engine"): {"winset.engine.challenge"},
    ("exercise", "brief"): {"winset.brief.html"},  # the look of the pages
    ("case", "effects"): {"winset.effects.catalogue", "winset.effects.contract"},
    ("exercise", "ask"): {
        "winset.ask.answer",
        "winset.ask.reach",
        "winset.ask.reach.answer",
        "winset.ask.reach.solve",
        "winset.ask.reach.why",
    },
    ("problem", "engine"): {
        "winset.engine.layout",
        "winset.engine.simulate.layout",
        "winset.engine.simulate.parts",
    },
    ("run", "case"): {"winset.case.model"},
    ("words", "case"): {"winset.case.model", "winset.case.tracing"},  # nouns; addresses in words
    ("words", "conflict"): {"winset.conflict.solve"},  # names of the definitions of stability
    ("cli", ""): {"winset"},
    ("cli", "brief"): {
        "winset.brief.issue_chart",  # a figure beside the tables
        "winset.brief.values",  # ids of the page as addresses
    },
}
FOREIGN = {
    # heavy or replaceable packages, and the only places that know them
    "altair": {"brief"},
    "defusedxml": {"bargain"},
    "fontTools": {"brief"},
    "jinja2": {"brief"},
    "lark": {"case"},
    "numba": {"engine"},
    "openpyxl": {"case"},
    "ortools": {"exercise"},
    "pandas": {"ask", "tables"},
    "polars": {"tables"},
    "pydantic": {"case"},
    "rich": {"cli"},
    "sklearn": {"ask"},
    "typer": {"cli"},
    "vl_convert": {"brief"},
    "yaml": {"case", "testing"},
}
FILES = sorted(ROOT.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield absolute module names; relative imports are resolved."""
    package = ("winset", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            if module == "winset":
                names = [alias.name for alias in node.names]
                yield from (
                    (f"winset.{name}" if name in EDGES else "winset", node.lineno) for name in names
                )
            else:
                yield module, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            named = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
            if node.func.id == "import_module" and named:
                yield str(named[0]), node.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_table(path: Path) -> None:
    own = part(path)
    assert own in EDGES, f"{own} is new: say in the table whom it may import"
    wrong = []
    for module, line in imports(path):
        top, _, rest = module.partition(".")
        if top != "winset":
            if top in FOREIGN and own not in FOREIGN[top]:
                wrong.append(f"{path.name}:{line} imports {module}")
            continue
        other = rest.partition(".")[0]
        narrow = NARROW.get((own, other))
        if other == own or (other in EDGES[own] and (narrow is None or module in narrow)):
            continue
        wrong.append(f"{path.name}:{line} imports {module}")
    assert not wrong


def test_engine_files_import_each_other_relatively() -> None:
    absolute = [
        f"{path.name}: {node.module}"
        for path in (ROOT / "engine").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.level == 0
        and (node.module or "").startswith("winset")
    ]
    assert not absolute


def test_restatement_shares_no_code_with_what_it_restates() -> None:
    for name in ("restate", "value", "world", "conditions"):
        own = {module for module, _ in imports(ROOT / "oracle" / f"{name}.py")}
        assert not [m for m in own if m.startswith(("winset.problem", "winset.engine"))], name


def test_the_table_has_no_dead_edge() -> None:
    used = {
        (part(path), module.partition(".")[2].partition(".")[0])
        for path in FILES
        for module, _ in imports(path)
        if module.partition(".")[0] == "winset"
    }
    dead = [
        (own, other)
        for own, others in EDGES.items()
        for other in others
        if (own, other) not in used
    ]
    assert not dead
