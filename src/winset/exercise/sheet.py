"""The sheet that reports of exercises are written on: sections, figures, tables, one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from winset.brief.html import style
from winset.tables import Table


def sheet(*, title: str, lead: str, body: str, stamp: str) -> str:
    """Write a page in the look of the brief, without network and without script."""
    return _PAGE.format(
        title=escape(title),
        kicker=escape("winset · exercise · shared missile warning · public figures only"),
        lead=escape(lead),
        style=style(),
        body=body,
        stamp=escape(stamp),
    )


def findings(sentences: Iterable[str]) -> Iterator[str]:
    """Yield the list of findings with which a report begins."""
    yield "<ol class='findings'>"
    yield from (f"<li>{escape(line)}</li>" for line in sentences)
    yield "</ol>"


def section(name: str, title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a section with its title."""
    yield f'<section id="{name}" aria-labelledby="{name}-title">'
    yield f'<h2 id="{name}-title">{escape(title)}</h2>'
    yield from lines
    yield "</section>"


def figure(title: str, reads: str, inside: str, foot: str) -> str:
    """Write a figure: title, how to read it, what it shows, what stands below."""
    return (
        f'<figure><p class="figure-title">{escape(title)}</p><p class="reads">{escape(reads)}</p>'
        f"{inside}<figcaption>{escape(foot)}</figcaption></figure>"
    )


def shown(table: Table, name: str) -> str:
    """Write a table in full."""
    text = table.html().replace('<table class="winset"', f'<table class="data" id="t-{name}"')
    return f'<div class="scroll">{text}</div>'


def folded(table: Table, name: str) -> str:
    """Write a table that opens on demand."""
    return (
        f"<details><summary>Table: {escape(table.meaning)} ({len(table):,} rows)</summary>"
        f"{shown(table, name)}</details>"
    )


def listed(items: Iterable[str]) -> Iterator[str]:
    """Yield a list of sentences."""
    lines = [f"<li>{escape(item)}</li>" for item in items]
    yield f"<ul>{''.join(lines)}</ul>" if lines else "<p>The scenario names no objective.</p>"


def swatch(fill: str) -> str:
    """Draw a patch of the colour that a legend explains."""
    return f'<svg class="shape" width="12" height="12"><rect width="12" height="12" fill="{fill}"/></svg>'


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the outcome</a>
<header class="page">
<p class="kicker">{kicker}</p>
<h1>{title}</h1>
<p class="lead">{lead}</p>
</header>
<main id="main">
{body}
</main>
<footer class="page"><p>{stamp}</p></footer>
</body>
</html>
"""
