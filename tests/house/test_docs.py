"""Documentation is held true: words, links, options, commands, generated pages."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from winset.ask import schemas
from winset.case.columns import LAYOUTS, YAML_FILES
from winset.cli.app import app

REPO = Path(__file__).parents[2]
DOCS = REPO / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(REPO.glob("*.md"))]
CONSOLES = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]
GENERATED = ("cli", "errors", "python", "tables")


def glossary() -> list[tuple[str, str, set[str]]]:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    return [
        (cells[0].strip(), cells[1].strip(), set(re.findall(r"`([^`]+)`", cells[2])))
        for cells in rows[1:]
    ]


def commands() -> Iterator[tuple[str, Any]]:
    def walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
        for word, below in getattr(command, "commands", {}).items():
            yield from walk(below, f"{name} {word}".strip())
        if not hasattr(command, "commands"):
            yield name, command

    yield from walk(get_command(app), "")


def words_in_use() -> Iterator[tuple[str, str]]:
    for name, layout in LAYOUTS.items():
        yield name, "table of a case"
        yield from ((column, f"column of {name}.csv") for column in layout.columns)
    yield from ((name, "file of a case") for name in YAML_FILES)
    for question, tables in schemas().items():
        yield question, "question"
        for name, schema in tables.items():
            yield name, "table of an answer"
            yield from ((column.name, f"column of {name}") for column in schema.columns)
    for name, command in commands():
        yield from ((word, "command") for word in name.split())
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    yield option.lstrip("-"), f"option of {name}"


def test_every_word_has_an_entry() -> None:
    known = {name for _, _, names in glossary() for name in names}
    known |= {word.replace(" ", "_") for word, _, _ in glossary()}
    missing = sorted({f"{word}: {where}" for word, where in words_in_use() if word not in known})
    assert not missing


def test_no_entry_is_for_a_word_nobody_uses() -> None:
    case_file = (DOCS / "reference/case-folder.md").read_text(encoding="utf-8")
    conditions = (DOCS / "reference/conditions.md").read_text(encoding="utf-8")
    used = {word for word, _ in words_in_use()}
    used |= set(re.findall(r"`([a-z_]+)`", case_file + conditions))
    used |= {"short_p25", "short_p50", "short_p75"}  # the table behind `why`
    stale = {name for _, _, names in glossary() for name in names} - used
    assert not stale


def test_entries_are_sorted_and_say_something() -> None:
    entries = glossary()
    assert [word for word, _, _ in entries] == sorted(
        (word for word, _, _ in entries), key=str.casefold
    )
    assert all(len(meaning) > 15 for _, meaning, _ in entries)


def test_no_word_has_two_entries() -> None:
    words = [word for word, _, _ in glossary()]
    assert sorted(set(words), key=str.casefold) == words


def test_every_column_of_a_case_is_in_the_reference() -> None:
    text = (DOCS / "reference/case-folder.md").read_text(encoding="utf-8")
    missing = [
        f"{name}.{column}"
        for name, layout in LAYOUTS.items()
        for column in layout.columns
        if f"`{column}`" not in text
    ]
    assert not missing
    assert not [name for name in LAYOUTS if f"`{name}.csv`" not in text]


@pytest.fixture(scope="module")
def build() -> Any:
    spec = importlib.util.spec_from_file_location("winset_docs_build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_are_up_to_date(name: str, build: Any) -> None:
    now = (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")
    assert now == build.pages()[f"{name}.md"], "run `make docs`"


@pytest.mark.parametrize("page", CONSOLES, ids=lambda page: page.stem)
def test_commands_print_what_the_page_shows(page: Path, build: Any) -> None:
    assert page.read_text(encoding="utf-8") == build.played(page), "run `make docs`"


def test_the_tutorial_shows_what_commands_print() -> None:
    blocks = re.findall(
        r"```console\n(.*?)```", (DOCS / "tutorial.md").read_text("utf-8"), re.DOTALL
    )
    assert len(blocks) >= 6
    assert all(re.search(r"^[^$]", block, flags=re.MULTILINE) for block in blocks)
    assert not [
        line for block in blocks for line in block.splitlines() if "fault of winset" in line
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPO)))
def test_links_resolve(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://", target):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        if not other.exists() or (anchor and anchor not in anchors(other)):
            broken.append(target)
    assert not broken


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    todo = [REPO / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            other = (page.parent / target).resolve()
            if not target.startswith("http") and other.is_file():
                todo.append(other)
    lost = {str(page.relative_to(REPO)) for page in PAGES} - {
        str(page.relative_to(REPO)) for page in seen
    }
    assert not lost


def test_works_cited_are_in_the_bibliography_and_the_other_way_round() -> None:
    keys = set(
        re.findall(r"^@\w+\{(\w+),", (DOCS / "references.bib").read_text("utf-8"), re.MULTILINE)
    )
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    source = "\n".join(p.read_text(encoding="utf-8") for p in (REPO / "src").rglob("*.py"))
    cited = {
        key
        for text in texts
        for group in re.findall(r"\[([a-z]+\d{4}(?:;\s*[a-z]+\d{4})*)\]", text)
        for key in re.split(r";\s*", group)
    }
    cited |= set(re.findall(r"\[([a-z]+\d{4})\]_", source))
    assert cited <= keys
    assert not {key for key in keys - cited if key not in source}


def test_every_entry_of_the_bibliography_is_whole() -> None:
    text = (DOCS / "references.bib").read_text("utf-8")
    entries = re.findall(r"^@\w+\{(\w+),\n(.*?)^\}\n", text, re.MULTILINE | re.DOTALL)
    assert [key for key, _ in entries] == re.findall(r"^@\w+\{(\w+),", text, re.MULTILINE)
    for key, fields in entries:
        names = set(re.findall(r"^  (\w+) +=", fields, re.MULTILINE))
        assert {"title", "year"} <= names, key
        assert names & {"author", "editor"}, key


def test_the_two_commands_of_the_readme_exist() -> None:
    readme = (REPO / "README.md").read_text(encoding="utf-8")
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make (\w+)", readme, flags=re.MULTILINE))
    assert named == {"brief", "test"}
    assert all(re.search(rf"^{name}:.*## ", makefile, flags=re.MULTILINE) for name in named)


def test_every_module_the_makefile_runs_exists() -> None:
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    modules = set(re.findall(r"-m (benchmarks[\w.]*)", makefile))
    assert modules
    for module in modules:
        path = REPO / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_every_example_of_the_help_is_a_command_that_parses() -> None:
    for name, command in commands():
        lines = (command.epilog or "").split("\n\n")[1:]
        assert lines, f"{name} has no example"
        for line in lines:
            words = line.partition(">")[0].split()
            assert words[: 1 + len(name.split())] == ["winset", *name.split()]
            command.make_context(name, words[1 + len(name.split()) :], resilient_parsing=False)


def test_every_command_line_in_the_documentation_parses() -> None:
    known = dict(commands())
    for page in PAGES:
        for block in re.findall(r"```(?:sh|console)\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            for line in block.splitlines():
                words = _winset_words(line)
                if words is None:
                    continue
                name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
                short = f"{name} show"  # winset track CASE
                skip = len(name.split())
                name = short if name not in known and short in known else name
                assert name in known, f"{page.name}: {line}"
                known[name].make_context(name, words[skip:])


def _winset_words(line: str) -> list[str] | None:
    import shlex

    command = line.removeprefix("$ ")
    if not command.startswith("winset "):
        return None
    words = shlex.split(command, comments=True)
    stop = next((i for i, word in enumerate(words) if word in {">", "|"}), len(words))
    return words[1:stop]


def test_decisions_are_numbered_listed_and_have_the_three_parts() -> None:
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    index = (DOCS / "decisions/README.md").read_text(encoding="utf-8")
    assert [page.name[:4] for page in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert f"({page.name})" in index
        assert all(f"**{part}**" in text for part in ("Decided.", "Why.", "Cost."))
