"""Write what the code can say itself: reference pages, and what the commands of a page print.

Tests compare both with what stands in the repository.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
HERE = DOCS / "reference"
BLOCK = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)
MADE = "<!-- written by `make docs` from the code; edit the code -->\n"


def pages() -> dict[str, str]:
    """Return the text of each generated page by its file name."""
    parts = {"cli": cli(), "tables": tables(), "errors": errors(), "python": python()}
    return {f"{name}.md": MADE + "\n".join(lines).rstrip() + "\n" for name, lines in parts.items()}


def cli() -> Iterator[str]:
    """Yield the page about the command line."""
    from typer.main import get_command

    from winset.cli.app import app

    yield from (
        "# Command line",
        "",
        "Tables go to stdout, progress to stderr and only on a terminal. With `--format` other than",
        "`table`, stdout holds data alone and words go to stderr. The path and the headline are",
        "printed last. See also [exit codes](exit-codes.md) and [addresses](addresses.md).",
        "",
    )
    top: Any = get_command(app)
    for name, command in top.commands.items():
        if hasattr(command, "commands"):
            for below, each in command.commands.items():
                yield from _command(f"{name} {below}", each)
        else:
            yield from _command(name, command)


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(str(p.metavar or p.name) for p in arguments)
    yield from (f"## winset {name}", "", f"    winset {name} {usage}".rstrip() + " [OPTIONS]", "")
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        yield from (" ".join(paragraph.split()), "")
    if arguments or options:
        yield from ("| argument or option | meaning | default |", "|---|---|---|")
    for p in arguments:
        yield f"| `{p.metavar or p.name}` | {_plain(p.help)} | {_default(p)} |"
    for p in options:
        names = ", ".join(f"`{one}`" for one in p.opts)
        value = f" {p.metavar or _allowed(p)}".rstrip()
        yield f"| {names}{value} | {_plain(p.help)} | {_default(p)} |"
    if arguments or options:
        yield ""
    if command.epilog:
        examples = command.epilog.split("\n\n")[1:]
        yield from ("```sh", *examples, "```", "")


def _allowed(option: Any) -> str:
    """Words that an option takes, where it takes only some."""
    kind = option.type_descriptor.annotation
    choices = kind if isinstance(kind, type) and issubclass(kind, Enum) else ()
    return ", ".join(f"`{one.value}`" for one in choices)


def _plain(text: str | None) -> str:
    words = (text or "").replace("[bold]", "`").replace("[/]", "`")
    return " ".join(words.split()).replace("|", "\\|")


def _default(parameter: Any) -> str:
    value = parameter.default
    if callable(value) or value in (None, False, ()) or parameter.required:
        return "needed" if parameter.required else ""
    return f"`{value.value if isinstance(value, Enum) else value}`"


def tables() -> Iterator[str]:
    """Yield the page about the tables of answers."""
    from winset.ask import schemas

    yield from (
        "# Tables",
        "",
        "Every table begins with its key. A share is a fraction of one; the ends of its 95 % Wilson",
        "interval stand beside it. A missing number is empty in CSV, null in JSON and Parquet, and",
        "NaN in NumPy. Ids are keys; names are in the case.",
        "",
    )
    for question, each in schemas().items():
        yield from (f"## {question}", "")
        for name, schema in each.items():
            yield from (f"### {name}", "", schema.meaning, "", "| column | type | unit | meaning |")
            yield "|---|---|---|---|"
            for c in schema.columns:
                yield f"| `{c.name}` | {c.dtype} | {c.unit} | {_plain(c.meaning)} |"
            yield ""


def errors() -> Iterator[str]:
    """Yield the page about errors and problems."""
    from winset import errors as tree
    from winset.case.findings import CATALOGUE

    yield from (
        "# Errors",
        "",
        "Everything winset refuses to do is a `WinsetError`:",
        "",
        "```text",
        *(inspect.cleandoc(tree.__doc__ or "").split("::\n\n")[1].rstrip().splitlines()),
        "```",
        "",
        "A message says where (file and line), what was found, what is allowed, the nearest valid",
        "name, and what to do. A `CaseError` carries every problem of the folder at once in",
        "`problems`; each has an id.",
        "",
        "| id | said | meaning |",
        "|---|---|---|",
    )
    for number, meaning in CATALOGUE.items():
        when = "stops" if number[0] == "E" else "always" if number[1] == "1" else "with `--strict`"
        yield f"| `{number}` | {when} | {meaning} |"
    yield ""


def python() -> Iterator[str]:
    """Yield the page about the Python interface."""
    import winset

    yield from (
        "# Python",
        "",
        "```python",
        "import winset",
        "",
        'case = winset.load("trilateral-2022")',
        "answer = winset.reach(case, n=500)",
        "print(answer.headline)",
        "```",
        "",
        "Everything below is public and typed; everything else may change. Options are keyword-only.",
        "Answers are frozen: `.headline`, `.definition`, `.parameters`, `.run`, `.tables`,",
        "`.table(name)`, `.figure(name)`, `.why(...)`, `.save(folder)`; they print as text in a",
        "terminal and as HTML in a notebook.",
        "",
    )
    names = sorted((name for name in winset.__all__ if name[0] != "_"), key=str.casefold)
    for name in names:
        thing: Any = getattr(winset, name)
        doc = inspect.getdoc(thing) or ""
        yield from (f"## {name}", "")
        if not inspect.isclass(thing):
            yield from ("```python", f"winset.{name}{_signature(thing)}", "```", "")
        yield from (" ".join(doc.partition("\n\n")[0].split()), "")
        home = import_module(getattr(thing, "__module__", "winset")).__name__
        yield from (f"Defined in `{home}`.", "")


def _signature(thing: Any) -> str:
    return str(inspect.signature(thing)).replace("'", "")


def consoles() -> list[Path]:
    """Return the pages whose commands are run."""
    return [page for page in sorted(DOCS.rglob("*.md")) if BLOCK.search(page.read_text("utf-8"))]


def played(page: Path) -> str:
    """Run the commands of a page in a new folder, in order, and put down what they print."""
    with tempfile.TemporaryDirectory() as folder:

        def play(block: re.Match[str]) -> str:
            lines = [line for line in block[2].splitlines() if line.startswith("$ ")]
            said = "".join(f"{line}\n{_shell(line[2:], folder)}" for line in lines)
            return f"{block[1]}{said}{block[3]}"

        return BLOCK.sub(play, page.read_text("utf-8"))


def _shell(command: str, folder: str) -> str:
    here = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
    for page in consoles():
        page.write_text(played(page), encoding="utf-8")


if __name__ == "__main__":
    main()
