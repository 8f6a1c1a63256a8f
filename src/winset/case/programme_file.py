"""A programme of the reader's own: one YAML file, checked against a case as strictly as its own."""

from __future__ import annotations

from pathlib import Path

from winset.case.cells import read_text
from winset.case.findings import Findings
from winset.case.model import Case, Programme
from winset.case.read import Folder, build, read_folder
from winset.case.strict_yaml import read_yaml
from winset.errors import AskError, nearest, shown


def find_programme(case: Case, name: str | Path) -> Programme:
    """Return a programme of the case by its id, or read one from a YAML file.

    Parameters
    ----------
    case
        The case.
    name
        Id of a programme of the case, or the path of a file like those in its folder
        ``programmes``.

    Raises
    ------
    AskError
        There is neither a programme nor a file of that name.
    CaseError
        The file cannot be read, or names what the case does not have; with all problems.
    """
    known = {programme.id: programme for programme in case.programmes}
    if str(name) in known:
        return known[str(name)]
    path = Path(name)
    if path.suffix not in (".yaml", ".yml") or not path.is_file():
        message = (
            f"There is no programme {shown(str(name))} in {case.id}, and no file of that name."
            f" Programmes: {', '.join(known) or 'none'}; or give a .yaml file."
        )
        raise AskError(message, nearest=nearest(str(name), known))
    return _read(case, path)


def written(programme: Programme) -> str:
    """Write a programme as a YAML file that :func:`find_programme` reads back.

    Parameters
    ----------
    programme
        Any programme, such as one that a search found.
    """
    import yaml

    words = {"label": programme.words.label, "name": programme.words.name}
    steps = []
    for step in programme.steps:
        optional = {"else": step.otherwise, "when": step.when_text, "refs": " ".join(step.refs)}
        steps.append(
            {
                "quarter": step.quarter,
                "rung": step.rung,
                **{key: text for key, text in optional.items() if text},
                "says": step.says or "taken in",
                "basis": step.basis,
            }
        )
    document = {
        "id": programme.id,
        **words,
        "phrase": programme.words.phrase,
        "source": programme.source,
        "settings": dict(programme.settings),
        "says": programme.says,
        "barred": list(programme.barred),
        "steps": steps,
    }
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return text


def _read(case: Case, path: Path) -> Programme:
    findings = Findings()
    folder = read_folder(Path(case.folder), findings)
    text = read_text(path.parent, path.name, findings)
    node = read_yaml(text, path.name, findings) if text is not None else None
    findings.stop()
    if node is None:
        message = f"{path} is empty; write id, label and steps."
        raise AskError(message)
    alone = Folder(folder.path, folder.tables, folder.nodes, {path.name: node}, folder.unreadable)
    found = build(alone, findings).programmes
    findings.stop()
    return found[0]
