"""What winset says stands in ``winset.words`` and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import winset

ROOT = Path(winset.__file__).parent
FEWEST = 3
"""Words from which a string counts as prose."""
SPEAKERS = ("ask", "brief")
"""Packages that say what they found by the functions of ``winset.words`` alone."""
FILES = [
    path
    for name in SPEAKERS
    for path in sorted((ROOT / name).rglob("*.py"))
    if path.name != "schemas.py"  # documents columns for whoever reads tables
]
DOCUMENTED = {"Column", "Schema"}
"""Calls that document tables."""
TOLD_IN_ERRORS = {"problems_of", "_out_of_place", "_shut", "_differs"}
"""Functions whose sentences only errors carry."""
FORM = re.compile(r"\s*<|@font-face|winset ")
"""How markup and commands begin."""
KEYS = {
    # values of tables and of manifests: what code compares, whatever a page calls it
    "a settlement under way",
    "can only complain",
    "change in {}",
    "change of government",
    "depth that nothing can pass",
    "makes it last",
    "most steps a quarter",
    "simulated annealing with common random numbers",
    "ties between people first",
    "twice the cost",
    "without restraint or ties between people",
    "worlds judged in",
    "worlds searched in",
    # names of fonts
    "Inter, system-ui, sans-serif",
    # an expression of the drawing
    "format(datum.value, '~g') + {}",
}


def prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield every string of three words or more that is no documentation and no error.

    What is put into a pattern counts as a word beside two others.
    """
    tree = ast.parse(source)
    passed = {id(inner) for node in ast.walk(tree) if _passed(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [getattr(part, "value", None) for part in node.values]
            told = "".join(part if isinstance(part, str) else "{}" for part in parts)
            passed |= {id(part) for part in node.values if isinstance(part, ast.Constant)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            told = node.value
        else:
            continue
        words = re.findall(r"(?<!\S)[(“]?[A-Za-z][a-z'’-]*[),;:.”]*(?!\S)", told)
        nouns = told.count("{}") if len(words) > 1 else 0
        if len(words) + nouns >= FEWEST and not FORM.match(told) and told not in KEYS:
            yield node.lineno, told


def _passed(node: ast.AST) -> bool:
    """Tell whether what stands in a node is documentation or an error."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", "")
        return name in DOCUMENTED or name.endswith("Error")
    if isinstance(node, ast.Assign):
        return any(getattr(target, "id", "") == "message" for target in node.targets)
    if isinstance(node, ast.FunctionDef):
        return node.name in TOLD_IN_ERRORS
    return isinstance(node, ast.Raise)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_stands_outside_words(path: Path) -> None:
    assert not [*prose(path.read_text(encoding="utf-8"))], "write it in winset.words"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('title = "Who stops it"', ["Who stops it"]),
        ('return_ = f"{who} stops {what} here"', ["{} stops {} here"]),
        ('def f():\n    """Say who stops it."""\n    return "it stops there"', ["it stops there"]),
        ('item = Text("Open in " "most worlds")', ["Open in most worlds"]),
        ('caption = "two words"', []),
        ('NAMED = 3\n"""How many are named."""', []),
        ('raise AskError("There is no such rung.")', []),
        ('message = f"There is no rung {name}."', []),
        ('Column("share", "float", "", "Worlds in which it holds.")', []),
        ("command = f\"winset why {case} {rung} --set 'a = 1'\"", []),
    ],
)
def test_a_sentence_is_told_from_documentation(source: str, told: list[str]) -> None:
    assert [text for _, text in prose(source)] == told


def test_every_exception_is_needed() -> None:
    seen: set[str] = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                seen.add(node.value)
            elif isinstance(node, ast.FunctionDef):
                seen.add(node.name)
            elif isinstance(node, ast.JoinedStr):
                parts = [getattr(part, "value", None) for part in node.values]
                seen.add("".join(part if isinstance(part, str) else "{}" for part in parts))
    assert seen >= KEYS | TOLD_IN_ERRORS


@pytest.mark.parametrize("path", sorted((ROOT / "brief" / "templates").glob("*.html")))
def test_templates_hold_no_words(path: Path) -> None:
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", path.read_text(encoding="utf-8"))
    assert not re.findall(r'\b(?:aria-label|alt|title)="[^"]*[A-Za-z][^"]*"', text)
    assert not re.findall(r"[A-Za-z]+", re.sub(r"<[^>]*>", "", text))


def test_the_script_holds_no_words() -> None:
    text = (ROOT / "brief" / "trace.js").read_text(encoding="utf-8")
    assert not re.findall(r'textContent = "|"aria-label", "', text)
    assert not re.findall(r'"[A-Za-z]+ [A-Za-z]+ [^"]*"', text)
