"""XML as located elements; whatever could reach outside the file or blow it up is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from winset.case.cells import read_text
from winset.case.findings import Findings
from winset.case.model import At
from winset.case.quantity import number, number_hint
from winset.errors import shown

DEEPEST = 20


@dataclass(frozen=True)
class Element:
    """One element with its attributes and place."""

    at: At
    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)

    def each(self, tag: str) -> Iterator[Element]:
        """Yield every element of a tag below this one, in the order of the file."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.each(tag)

    def number(self, name: str, findings: Findings) -> float | None:
        """Return a finite number of an attribute; a problem where there is none."""
        text = self.attributes.get(name, "").strip()
        value = number(text)
        if value is None:
            found = f"{name} of <{self.tag}>: {shown(text)} is not a finite number"
            findings.add("E040", self.at, found, allowed="a number", do=number_hint(text))
        return value


class _Builder(ContentHandler):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._open: list[Element] = []
        self._place: Locator | None = None
        self.root: Element | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name SAX calls
        self._place = locator

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - the name SAX calls
        items = dict(attrs.items())  # type: ignore[attr-defined]
        one = Element(At(self._name, self._line()), name, items)
        if len(self._open) >= DEEPEST:
            raise SAXException(f"nested too deep in line {self._line()}")
        if self._open:
            self._open[-1].children.append(one)
        elif self.root is None:
            self.root = one
        self._open.append(one)

    def _line(self) -> int:
        return (self._place.getLineNumber() if self._place is not None else None) or 1

    def endElement(self, name: str) -> None:  # noqa: N802 - the name SAX calls
        del name
        self._open.pop()


def read_xml(path: Path, findings: Findings) -> Element | None:
    """Read one file; None, and a problem, where it is no XML or declares entities.

    Document types and entities are refused altogether: no file of this kind needs them, and they
    are how a small file becomes a large one or reads another.
    """
    text = read_text(path.parent, path.name, findings)
    if text is None:
        return None
    builder = _Builder(path.name)
    try:
        parseString(text.encode(), builder, forbid_dtd=True)
    except DefusedXmlException as error:
        findings.add(
            "E095",
            At(path.name, 1),
            f"a document type or an entity is declared ({type(error).__name__})",
            allowed="plain elements",
            do="Remove the declaration",
        )
        return None
    except SAXException as error:
        line = error.getLineNumber() if isinstance(error, SAXParseException) else 1
        findings.add(
            "E094",
            At(path.name, line or 1),
            f"XML that cannot be read ({error.getMessage()})",
            do="Mend the file",
        )
        return None
    return builder.root
