"""What is installed: locked, free of copyleft, with every file of the bundled cases."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import winset

REPO = Path(__file__).parents[2]
SOURCE = Path(winset.__file__).parent
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, set[str]]:
    """Return the versions of each package of a lock file, checking that each has hashes."""
    versions: dict[str, set[str]] = {}
    text = (REPO / name).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=[a-zA-Z0-9])", text):
        head = re.match(r"([A-Za-z0-9._-]+)==(\S+)", entry)
        if head:
            assert "--hash=sha256:" in entry, head.group(1)
            versions.setdefault(canonicalize_name(head.group(1)), set()).add(head.group(2))
    return versions


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def test_every_dependency_is_locked() -> None:
    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    groups = PROJECT["dependency-groups"]
    wanted = names(PROJECT["project"]["dependencies"])
    assert wanted | names(groups["build"]) <= set(run)
    assert names([text for text in groups["dev"] if isinstance(text, str)]) <= set(dev)
    assert {name: dev.get(name) for name in run} == run


def test_every_dependency_is_used() -> None:
    imported = set(
        re.findall(
            r"^\s*(?:import|from) (\w+)",
            "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")),
            re.MULTILINE,
        )
    )
    module = {
        "pyyaml": "yaml",
        "vl-convert-python": "vl_convert",
        "fonttools": "fontTools",
        "scikit-learn": "sklearn",
    }
    wanted = names(PROJECT["project"]["dependencies"])
    assert not {name for name in wanted if module.get(name, name) not in imported}


def test_no_dependency_is_copyleft() -> None:
    for name in locked("requirements.lock"):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another platform
        licence = [about.get("License-Expression") or "", *about.get_all("Classifier", [])]
        told = " ".join(line for line in licence if "Classifier" not in line)
        assert not re.search(r"\bA?GPL|GNU (?:Affero )?General", told.replace("LGPL", "")), name


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(REPO)], check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("winset-*.whl")))


def test_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    packed = {name.removeprefix("winset/") for name in wheel.namelist()}
    files = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files <= packed
    assert {"py.typed", "cases/trilateral_2022/case.yaml"} <= files


def test_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert tops == {"winset", f"winset-{winset.__version__}.dist-info"}
    assert not [name for name in wheel.namelist() if name.endswith(".pyc")]


def test_wheel_says_its_licence_and_version(wheel: zipfile.ZipFile) -> None:
    about = wheel.read(f"winset-{winset.__version__}.dist-info/METADATA").decode()
    assert f"\nVersion: {winset.__version__}\n" in about
    assert "\nLicense-Expression: Apache-2.0\n" in about
    assert f"winset-{winset.__version__}.dist-info/licenses/LICENSE" in wheel.namelist()


def test_version_is_the_same_wherever_it_is_said() -> None:
    assert f"version: {winset.__version__}\n" in (REPO / "CITATION.cff").read_text("utf-8")
    assert f"\n## {winset.__version__}" in (REPO / "CHANGELOG.md").read_text("utf-8")
    assert metadata.version("winset") == winset.__version__
