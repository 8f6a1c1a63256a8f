"""A page as a browser prints it on A4, by the print rules of its style sheet."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from winset.errors import AskError, OutputError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-pdf-header-footer",
)
_SECONDS = 120
_SIZE = "<style>@page{size:A4}</style></head>"
"""Paper of the file; a page printed by hand takes the paper of the printer."""


def write(page: str, target: Path) -> None:
    """Print a page to a PDF file of A4 sheets.

    Raises
    ------
    AskError
        No browser that can print is on this machine.
    OutputError
        The browser did not write the file.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        message = (
            f"No browser to print with: none of {', '.join(BROWSERS)} is on the path. "
            "Install one, or open the page and print it there."
        )
        raise AskError(message)
    with TemporaryDirectory() as folder:
        source, made = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        source.write_text(page.replace("</head>", _SIZE, 1), encoding="utf-8", newline="\n")
        command = [
            browser,
            *_FLAGS,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)  # noqa: S603 - fixed words and our own file
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutputError(f"{browser} did not print the page: {error}.") from error
        if not made.exists():
            raise OutputError(f"{browser} did not print the page.")
        target.write_bytes(made.read_bytes())
