"""Run folders: canonical, complete, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

import pytest

from winset.errors import OutputError
from winset.run import Run, save
from winset.tables import Column, Schema, Table

RUN = Run(
    case_id="small",
    case_hash="ab" * 32,
    worlds=10,
    asked=10,
    first=0,
    rng=1,
    prior="pert",
    correlated=True,
    changes=("weights/A/X += 1",),
    version="0.1",
    versions=(("numpy", "2"),),
    command="winset reach small",
)
SCHEMA = Schema("rungs", "How open?", (Column("rung", "text", "", "Rung."),))


@dataclass
class Made:
    tables: dict[str, Table]
    question: str = "reach"
    run: Run = RUN
    headline: str = "Far."
    definition: str = "Counted."

    @property
    def parameters(self):
        return {"pairs": 200}


def made(rung="D1.3"):
    return Made({"rungs": SCHEMA.from_rows([(rung,)])})


def test_canonical_json_has_sorted_keys_and_no_clock():
    document = json.loads(RUN.json())
    assert [*document] == sorted(document)
    assert " " not in RUN.json().replace("winset reach small", "").replace("weights/A/X += 1", "")
    assert not {"time", "date", "clock", "host"} & set(document)
    assert RUN.id == replace(RUN).id
    assert RUN.id != replace(RUN, rng=2).id
    assert RUN.done(7).worlds == 7
    assert RUN.done(7).asked == 10


def test_save_writes_manifest_and_tables(tmp_path):
    folder = save(made(), tmp_path / "new" / "run", as_json=True)
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.json",
        "rungs.csv",
        "rungs.json",
    ]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["headline"] == "Far."
    assert manifest["run"] == RUN.document()
    listed = manifest["tables"][0]
    assert listed["rows"] == 1
    assert listed["sha256"] == hashlib.sha256((folder / "rungs.csv").read_bytes()).hexdigest()
    again = save(made(), tmp_path / "again", as_json=True)
    for path in folder.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes()


def test_save_never_overwrites_unasked(tmp_path):
    folder = save(made(), tmp_path / "run")
    with pytest.raises(OutputError, match="earlier run"):
        save(made("X1.1"), folder)
    assert "D1.3" in (folder / "rungs.csv").read_text()
    save(made("X1.1"), folder, force=True)
    assert "X1.1" in (folder / "rungs.csv").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_force_spares_what_is_no_run_folder(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="no earlier run"):
        save(made(), tmp_path, force=True)
    with pytest.raises(OutputError, match="not a folder"):
        save(made(), tmp_path / "thesis.txt", force=True)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("kind", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_save_leaves_everything_as_it_was(tmp_path, monkeypatch, kind):
    folder = save(made(), tmp_path / "run")

    def fail(*_args):
        raise kind

    monkeypatch.setattr("pathlib.Path.write_bytes", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        save(made("X1.1"), folder, force=True)
    monkeypatch.undo()
    assert "D1.3" in (folder / "rungs.csv").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_an_interrupt_between_the_renames_puts_the_old_folder_back(tmp_path, monkeypatch):
    folder = save(made(), tmp_path / "run")
    real = type(folder).replace

    def replace_path(self, target):
        if (self / "manifest.json").exists() and "X1.1" in (self / "rungs.csv").read_text():
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr("pathlib.Path.replace", replace_path)
    with pytest.raises(KeyboardInterrupt):
        save(made("X1.1"), folder, force=True)
    monkeypatch.undo()
    assert "D1.3" in (folder / "rungs.csv").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
