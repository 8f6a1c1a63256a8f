"""From a folder to a case: every problem of the folder is found before anything is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from winset.case import choices, events, structure, tables
from winset.case.cells import Row, read_table, read_text
from winset.case.columns import LAYOUTS, REQUIRED_TABLES, YAML_FILES
from winset.case.dispute import build_dispute
from winset.case.draft import Draft
from winset.case.fields import Fields
from winset.case.findings import Findings
from winset.case.hashing import digest
from winset.case.logbook import LOG_FILE
from winset.case.logged import with_log
from winset.case.mechanisms import build_mechanisms
from winset.case.model import At, Case
from winset.case.rulebook import build_rules
from winset.case.spread import Spread, read_spread
from winset.case.strict_yaml import Node, plain, read_yaml
from winset.case.timing import build_timing
from winset.errors import AskError, LimitError, nearest, shown

MOST_MEASURES = 2_000
_BUNDLED = Path(__file__).resolve().parent.parent / "cases"
_KINDS_OF_TABLE = {
    "measures": ("measure", "rung"),
    "rungs": ("rung",),
    "criteria": ("criterion",),
    "constituencies": ("constituency",),
    "outsiders": ("outsider",),
    "parameters": ("parameter",),
    "sources": ("source",),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a case folder as located text."""

    path: Path
    tables: Mapping[str, tuple[Row, ...]]
    nodes: Mapping[str, Node]
    programmes: Mapping[str, Node]
    unreadable: frozenset[str]
    """Kinds of names of which nothing is known because their file could not be read."""


def cases() -> tuple[str, ...]:
    """Names of the cases that come with winset."""
    if not _BUNDLED.is_dir():
        return ()
    found = [path.name for path in _BUNDLED.iterdir() if (path / "case.yaml").is_file()]
    return tuple(sorted(name.replace("_", "-") for name in found))


def locate(case: str | Path) -> Path:
    """Folder of a case, by its path or by the name of a bundled one.

    Raises
    ------
    AskError
        There is neither a folder nor a bundled case of this name.
    """
    path = Path(case)
    try:
        if path.is_dir():
            return path
    except (OSError, ValueError):
        pass
    name = str(case)
    if name in cases():
        return _BUNDLED / name.replace("-", "_")
    message = (
        f"There is no case {shown(name)}: no folder of that path, no bundled case of that name."
        f" Bundled: {', '.join(cases()) or 'none'}. `winset new FOLDER` writes one."
    )
    raise AskError(message, nearest=nearest(name, cases()))


def load(case: str | Path, *, log: bool | str | Path = True) -> Case:
    """Read a case folder, or a bundled case by its name.

    Parameters
    ----------
    case
        A path, or a name such as ``"trilateral-2022"`` (see :func:`cases`).
    log
        Whether the log of the folder is read, where it has one: what was executed is then in place,
        and what was learned replaces what was coded.  Or the path of a log beside the case.

    Returns
    -------
    Case
        Everything the folder says, checked.  Row order, column order, comments and blank lines
        of its tables leave no trace.

    Raises
    ------
    CaseError
        With all problems of the folder, each with file and line.
    AskError
        There is no such folder and no such bundled case, or no such log.
    LimitError
        More measures than can be answered for.
    """
    from winset.case.checking import errors_of

    findings = Findings()
    folder = read_folder(locate(case), findings)
    if "case" not in folder.nodes:
        findings.stop()
    found = build(folder, findings)
    if log is not False and not findings.failed:
        file = log_of(folder.path, None if log is True else log)
        found = with_log(found, file, spread_of(folder).bounds, findings)
    if not findings.failed:
        errors_of(found, findings)
    findings.stop()
    return found


def log_of(folder: Path, log: str | Path | None = None) -> Path:
    """Path of the log of a case folder, or the one that was named.

    Raises
    ------
    AskError
        There is no file of the name given.
    """
    if log is None:
        return folder / LOG_FILE
    if not Path(log).is_file():
        message = f"There is no log {shown(str(log))}. `winset track add` writes one with --log."
        raise AskError(message)
    return Path(log)


def spread_of(folder: Folder) -> Spread:
    """Widths and bounds of the values of a case, as its folder states them."""
    aside = Findings()
    node = folder.nodes.get("case")
    return read_spread(Fields(node, "case.yaml", aside, At("case.yaml", 1)), aside)


# files


def read_folder(path: Path, findings: Findings) -> Folder:
    """All files of a folder, with what is wrong about their form."""
    present = _files(path, findings)
    read_tables: dict[str, tuple[Row, ...]] = {}
    unreadable: set[str] = set()
    for name, layout in LAYOUTS.items():
        file = f"{name}.csv"
        before = findings.count
        rows: tuple[Row, ...] = ()
        if file in present or name in REQUIRED_TABLES:
            text = read_text(path, file, findings)
            rows = read_table(text, file, layout, findings) if text is not None else ()
        if not rows and findings.count > before:
            unreadable.update(_KINDS_OF_TABLE.get(name, ()))
        read_tables[name] = rows
    nodes, broken = _yaml_files(path, present, findings)
    programmes = {
        file: node
        for file in present
        if file.startswith("programmes/")
        and (text := read_text(path, file, findings)) is not None
        and (node := read_yaml(text, file, findings)) is not None
    }
    return Folder(path, read_tables, nodes, programmes, frozenset(unreadable | broken))


def _files(path: Path, findings: Findings) -> tuple[str, ...]:
    try:
        names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
        inner = path / "programmes"
        programmes = sorted(one.name for one in inner.iterdir()) if inner.is_dir() else []
    except OSError as error:
        findings.add("E001", At(".", 1), f"the folder cannot be read ({error.strerror})")
        return ()
    known = [
        *(f"{name}.csv" for name in LAYOUTS),
        *(f"{name}.yaml" for name in YAML_FILES),
        LOG_FILE,
    ]
    for name in names:
        if re.search(r"\.(csv|ya?ml)$", name, re.IGNORECASE) and name not in known:
            findings.unknown(
                "E005",
                At(name, 1),
                "file",
                name,
                known,
                do="Rename it, or move it out of the folder",
            )
    return (*names, *(f"programmes/{name}" for name in programmes if name.endswith(".yaml")))


def _yaml_files(
    path: Path, present: tuple[str, ...], findings: Findings
) -> tuple[dict[str, Node], set[str]]:
    kinds = {
        "case": {"party", "domain", "flag", "set"},
        "switches": {"switch"},
        "levers": {"lever"},
        "shocks": {"shock"},
    }
    nodes: dict[str, Node] = {}
    broken: set[str] = set()
    for name in YAML_FILES:
        file = f"{name}.yaml"
        if file not in present and name != "case":
            continue
        text = read_text(path, file, findings)
        node = read_yaml(text, file, findings) if text is not None else None
        if node is None:
            broken |= kinds.get(name, set())
        else:
            nodes[name] = node
    return nodes, broken


# meaning


def build(folder: Folder, findings: Findings) -> Case:
    """Make a case of the files; of no use unless the findings hold no error."""
    draft = Draft(findings)
    draft.unreadable |= folder.unreadable
    fields = Fields(folder.nodes.get("case"), "case.yaml", findings, At("case.yaml", 1))
    _register(folder, fields, draft)
    found = _build(folder, fields, draft)
    draft.leftover_ranges()
    fields.done()
    return found if findings.failed else replace(found, hash=digest(found))


def _register(folder: Folder, fields: Fields, draft: Draft) -> None:
    rows = folder.tables
    if len(rows["measures"]) > MOST_MEASURES:
        message = (
            f"{len(rows['measures']):,} measures are more than the {MOST_MEASURES:,} winset answers for:"
            f" about {len(rows['measures']) ** 2 // 2:,} pairs of measures in every world."
            " Split the case, or merge measures that are always taken together."
        )
        raise LimitError(message)
    structure.register_structure(fields, draft)
    for table, kinds in _KINDS_OF_TABLE.items():
        if table not in ("measures", "rungs"):
            tables.register(rows[table], kinds[0], draft)
    tables.register_measures(rows["measures"], draft, structure.ladder_order(fields))
    tables.register_rungs(rows["rungs"], draft)
    for kind, file in choices.FILES.items():
        choices.register_choices(kind, folder.nodes.get(file), draft)
    events.register_shocks(folder.nodes.get("shocks"), draft)
    structure.resolve_sets(fields, draft)
    draft.spread = read_spread(fields, draft.findings)
    draft.ranges = {row["address"]: row for row in rows["ranges"]}


def _build(folder: Folder, fields: Fields, draft: Draft) -> Case:
    rows, nodes = folder.tables, folder.nodes
    constituencies = tables.build_constituencies(
        rows["constituencies"], draft, tuple(draft.names.get("party", {}))
    )
    checks = plain(nodes["checks"]) if "checks" in nodes else {}
    return Case(
        id=fields.text("id", needed=True),
        title=fields.text("title", needed=True),
        question=fields.text("question"),
        as_of=fields.text("as_of"),
        folder=str(folder.path),
        scale=_positive(fields, "scale", draft),
        words=structure.build_words(fields),
        parties=structure.build_parties(fields, constituencies, draft),
        outsiders=tables.build_outsiders(rows["outsiders"], draft),
        domains=structure.build_domains(fields, draft),
        groups=structure.build_groups(fields, draft),
        sets=dict(draft.sets),
        constituencies=constituencies,
        criteria=tables.build_criteria(rows["criteria"], draft),
        measures=tables.build_measures(rows["measures"], rows["rungs"], draft),
        weights=tables.build_weights(rows["weights"], draft),
        effects=tables.build_effects(rows["effects"], draft),
        stances=tables.build_stances(rows["stances"], draft),
        linkages=tables.build_linkages(rows["linkages"], draft),
        attitudes=tables.build_attitudes(rows["attitudes"], draft),
        rules=build_rules(rows["conditions"], draft),
        parameters=tables.build_parameters(rows["parameters"], draft),
        switches=choices.build_choices("switch", nodes.get("switches"), draft),
        levers=choices.build_choices("lever", nodes.get("levers"), draft),
        leaders=choices.build_choices("leader", nodes.get("leaders"), draft),
        settings=structure.build_settings(fields, draft),
        correlations=structure.build_correlations(fields, draft),
        flags=structure.build_flags(fields, draft),
        mechanisms=build_mechanisms(fields, draft),
        shocks=events.build_shocks(nodes.get("shocks"), draft),
        programmes=events.build_programmes(dict(folder.programmes), draft),
        sources=tables.build_sources(rows["sources"]),
        evidence=tables.build_evidence(rows["evidence"], draft),
        elections=tables.build_elections(rows["elections"], fields.text("as_of"), draft),
        claims=tables.build_free(rows["claims"]),
        disagreements=tables.build_free(rows["disagreements"]),
        checks=checks if isinstance(checks, dict) else {"": checks},
        dispute=build_dispute(nodes.get("dispute"), draft),
        time=build_timing(nodes.get("time"), draft),
    )


def _positive(fields: Fields, key: str, draft: Draft) -> float:
    value = fields.number(key, 1.0)
    if value <= 0:
        draft.findings.add("E042", fields.where(key), f"{key} is {value:g}", allowed="above 0")
    return value
