"""The tables of effects models: every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema

EFFECTS = Schema(
    "effects",
    "What does a form of the cooperation change against what is there today?",
    (
        Column("output", "text", "", "Model and output."),
        Column("form", "text", "", "Form of the cooperation."),
        Column("unit", "text", "", "Unit of the difference."),
        Column("low", "float", "", "In 5 of 100 worlds it is this or less."),
        Column("mode", "float", "", "Median over worlds."),
        Column("high", "float", "", "In 5 of 100 worlds it is this or more."),
        Column("mean", "float", "", "Mean over worlds."),
        Column("better", "text", "", "Whether more or less of it is better."),
        Column("says", "text", "", "The output in words."),
    ),
)
SCHEMAS: Mapping[str, Schema] = {"effects": EFFECTS}
