"""One issue on a line: actors, four rules side by side, and their score on decided issues."""

from __future__ import annotations

from winset.issue.actors import READY, Actor, ActorTable, Range, read_actors
from winset.issue.answer import Issue, Score
from winset.issue.scoring import score
from winset.issue.solve import issue

__all__ = [
    "READY",
    "Actor",
    "ActorTable",
    "Issue",
    "Range",
    "Score",
    "issue",
    "read_actors",
    "score",
]
