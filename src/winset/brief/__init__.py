"""The brief: an answer as a page that a reader can act on, check and break.

``brief(case, reach, out=...)`` writes it; :func:`compose` gives the :class:`Document` behind it,
which :mod:`winset.brief.html` and :mod:`winset.brief.text` render.
"""

from winset.brief.build import brief, compose, document
from winset.brief.document import Document, outline

__all__ = ["Document", "brief", "compose", "document", "outline"]
