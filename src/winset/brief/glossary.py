"""Mark the first use of each word that the glossary explains."""

from __future__ import annotations

import re
from dataclasses import replace

from winset.brief.document import Block, Bullets, Columns, Document, Findings, Fold, Paragraph
from winset.brief.runs import Run, Runs, Term, Text
from winset.words.brief.glossary import EVERYDAY, GLOSSARY, uses


def mark(document: Document) -> Document:
    """Turn first uses, in reading order, into terms; headings, tables and appendix stay."""
    marker = _Marker()
    first = marker.blocks(document.first)
    sections = tuple(
        section if section.appendix else replace(section, blocks=marker.blocks(section.blocks))
        for section in document.sections
    )
    return replace(document, first=first, sections=sections)


def term_id(term: str) -> str:
    """Id of a glossary entry."""
    return f"g.{term.replace(' ', '-')}"


class _Marker:
    def __init__(self) -> None:
        marked = (term for term in GLOSSARY if term not in EVERYDAY)
        self.left = dict.fromkeys(sorted(marked, key=len, reverse=True))

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph():
                return replace(block, runs=self.runs(block.runs))
            case Bullets():
                return replace(block, items=tuple(self.runs(item) for item in block.items))
            case Findings():
                items = (replace(item, runs=self.runs(item.runs)) for item in block.items)
                return replace(block, items=tuple(items))
            case Columns():
                left = self.blocks(block.left)
                return replace(block, left=left, right=self.blocks(block.right))
            case Fold():
                return replace(block, blocks=self.blocks(block.blocks))
            case _:
                return block

    def runs(self, runs: Runs) -> Runs:
        return tuple(part for run in runs for part in self.run(run))

    def run(self, run: Run) -> list[Run]:
        if not isinstance(run, Text):
            return [run]
        for term in self.left:
            found = re.search(uses(term), run.text)
            if found:
                del self.left[term]
                before, after = run.text[: found.start()], run.text[found.end() :]
                head = self.run(Text(before)) if before else []
                tail = self.run(Text(after)) if after else []
                return [*head, Term(found.group(), term_id(term)), *tail]
        return [run]
