"""How a kernel is compiled, where the compiled form is kept, and how it is loaded plain.

The same files serve as compiled kernels and, imported a second time under a name that
ends in ``_twin``, as plain Python: then every callee is plain too.
"""

from __future__ import annotations

import ast
import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray

TWIN = __name__.split(".", maxsplit=1)[0].endswith("_twin")
"""Whether this copy of the engine is the uncompiled one."""

F = TypeVar("F", bound=Callable[..., Any])

if not TWIN:
    import llvmlite.binding as llvm
    import numba
    import numba.extending
    from llvmlite import ir
    from numba.core import cgutils


def sources_of(file: Path) -> list[Path]:
    """Return a file of the engine and all it imports, directly or not, sorted by path."""
    seen: set[Path] = set()
    todo = [file.resolve(), Path(__file__).resolve()]
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += _imported(path, path.read_bytes())
    return sorted(seen)


@cache
def _imported(path: Path, text: bytes) -> tuple[Path, ...]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            names = [base, *(base / alias.name for alias in node.names)]
            found += [name.with_suffix(".py") for name in names]
            if base.is_dir():
                found.append(base / "__init__.py")
    return tuple(file for file in found if file.is_file())


def cache_key(file: Path) -> str:
    """Digest of all that the compiled kernels of a file depend on.

    Numba compares only the file of the function itself, so an edit of a callee in another
    file would leave a stale machine code in use; a folder named by this digest cannot be stale.
    """
    root = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sources_of(file):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    if not TWIN:
        cpu = os.environ.get("NUMBA_CPU_NAME") or llvm.get_host_cpu_name()
        digest.update(f"{numba.__version__} {cpu}".encode())
    return digest.hexdigest()[:16]


def cache_root() -> Path:
    """Where this program keeps what it can make again: ``$WINSET_CACHE`` or the user's cache."""
    import platformdirs  # not needed by the plain copy

    wanted = os.environ.get("WINSET_CACHE")
    return Path(wanted) if wanted else Path(platformdirs.user_cache_dir("winset"))


def cache_folder(file: Path) -> Path:
    """Where the kernels of a file are kept: in the cache, or in a temporary folder."""
    for base in (cache_root(), Path(tempfile.gettempdir()) / f"winset-cache-{_user()}"):
        folder = base / "engine" / cache_key(file)
        if _writable(folder):
            return folder
    return Path(tempfile.mkdtemp(prefix="winset-cache-"))


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def is_kept(file: Path, function: str) -> bool:
    """Whether the machine code of an outer kernel of a file lies in the cache."""
    return any(cache_folder(file).glob(f"*/{file.stem}.{function}-*.nbc"))


def compile_part(function: Callable[..., Any], *arguments: object) -> None:
    """Compile a kernel for arguments like these, or load it, without a call."""
    if not TWIN:
        kernel_of: Any = function
        kernel_of.compile(tuple(numba.typeof(one) for one in arguments))


def _same(function: F) -> F:
    return function


if TWIN:
    kernel = part_kernel = inner_kernel = outer_kernel = _same

    def prefetch(array: NDArray[Any], place: int) -> None:
        """Do nothing: plain Python has no use for it."""

else:

    @numba.extending.intrinsic
    def prefetch(_: Any, array: Any, __: Any) -> Any:
        """Ask memory for the line that holds an item, counted through the array; a hint only."""

        def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            items = context.make_array(signature.args[0])(context, builder, given[0]).data
            byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
            kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
            hint = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
            address = builder.bitcast(builder.gep(items, [given[1]]), byte)
            builder.call(hint, [address, flag(0), flag(3), flag(1)])
            return context.get_dummy_value()

        return numba.types.void(array, numba.types.intp), generate

    def kernel(function: F) -> F:
        """Compile a function that only other kernels call.

        Kernels get all their memory from the caller: without allocation there is nothing to
        count references of, which halves the time to compile.
        """
        compiled: F = numba.njit(
            nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True
        )(function)
        return compiled

    def part_kernel(function: F) -> F:
        """Compile a function that only other kernels call, and keep its machine code.

        So can processes compile parts of one kernel side by side, and a last one join them.
        """
        return _kept(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)

    def inner_kernel(function: F) -> F:
        """Compile a function into each kernel that calls it.

        A call hands over every array of every group by value; where there are hundreds of them
        that takes longer than the work itself.
        """
        compiled: F = numba.njit(
            nogil=True,
            _nrt=False,
            no_cpython_wrapper=True,
            no_cfunc_wrapper=True,
            forceinline=True,
        )(function)
        return compiled

    def outer_kernel(function: F) -> F:
        """Compile a function that Python calls, and keep the machine code of all it needs."""
        return _kept(function)

    def _kept(function: F, **how: bool) -> F:
        before = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(cache_folder(Path(function.__code__.co_filename)))
        try:
            compiled: F = numba.njit(cache=True, nogil=True, _nrt=False, **how)(function)
        finally:
            numba.config.CACHE_DIR = before
        return compiled
