"""The engine loaded a second time as plain Python, to compare kernels with."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

NAME = "winset_engine_twin"
"""Ends in ``_twin``: that is how the engine's files know that they are to stay plain."""


def twin(folder: Path | None = None, name: str = NAME) -> ModuleType:
    """Load the engine uncompiled; its relative imports resolve inside the copy.

    Parameters
    ----------
    folder
        Folder of the engine's files; the installed ones if not given.
    name
        Module name of the copy; must end in ``_twin``.

    Returns
    -------
    ModuleType
        A package with the same functions as ``winset.engine``.
    """
    if name in sys.modules:
        return sys.modules[name]
    if not name.endswith("_twin"):
        raise ValueError(f"the name of an uncompiled engine ends in _twin, not {name!r}")
    folder = folder or Path(__file__).parents[1] / "engine"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"no engine in {folder}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        unload(name)
        raise
    return module


def unload(name: str = NAME) -> None:
    """Forget a copy and its submodules."""
    for key in [k for k in sys.modules if k == name or k.startswith(name + ".")]:
        del sys.modules[key]
