"""Evaluations of the starter case, and the logs they make."""

from __future__ import annotations

from pathlib import Path

from winset.case import load, track_add
from winset.case.model import Case

TABLE_DRILL = """format: 1
id: table-drill
date: 2024-06-01
title: A drill on paper
source: minutes
moves:
  - {rung: DRILL.1, to: executed}
"""
FULL_DRILL = """format: 1
id: full-drill
date: 2024-09-01
title: A full drill
place: the weir
source: the clerk
note: it rained
moves:
  - {rung: DRILL.2, to: proposed}
  - {rung: DRILL.2, to: prepared}
  - {rung: DRILL.2, to: executed}
effects:
  - {measure: DRILL, criterion: SAFE, value: 1..1.5..2, note: counted}
"""
LADDER = """format: 1
id: ladder
date: 2024-07-01
title: A fish ladder is built
source: seen
changes:
  - flags/fish_ladder = true
  - weights/WEST-UNION/FISH -= 1
"""
REFUSED = """format: 1
id: refused
date: 2024-08-01
title: The dam is refused
source: minutes
moves:
  - {rung: DAM.2, to: blocked, by: WEST-UNION, note: "no ladder, no dam: Ärger"}
"""
ALL = (TABLE_DRILL, FULL_DRILL, LADDER, REFUSED)


def add(folder: Path, text: str) -> None:
    file = folder.parent / "evaluation.yaml"
    file.write_text(text, encoding="utf-8")
    track_add(folder, file)


def logged(folder: Path, *texts: str) -> Case:
    for text in texts:
        add(folder, text)
    return load(folder)
