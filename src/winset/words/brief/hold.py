"""Whether it holds: what falls first after a change of government, and what elections leave."""

from __future__ import annotations

READS = (
    "Counted in the worlds in which the present governments accept the package. Governments are "
    "types, never forecasts of a person; how far the types lie apart is an assumption."
)
COURSES_FOLD = "Table of the figure: what each government would leave"
LASTING_FOLD = "The same with governments drawn at each election, step by step"
LASTING_READS = (
    "Worlds, of 100, in which each step still stands where it stood, by field of policy; "
    "governments are drawn anew at each election (dotted, with who votes). In ink: the step "
    "that lasts worst, with its interval."
)
LASTING_CAPTION = "Still standing after each election, of 100 worlds"
LASTING_COLUMN = "Step"
TODAY = "today"
WHOLE_PANEL = "The whole package"
WHOLE = "the whole package"
FALLS_COLUMNS = ("Step", "falls", "falls first", "left by")
FOLLOWS = "only follows"
COURSES_READS = (
    "Steps, of 100, that still stand in each field of policy if one government changes at its "
    "next election (dotted, with who votes), on average over worlds. In ink: the field that "
    "lasts worst, with its lowest and highest step."
)
COURSES_CAPTION = "What stands if one government changes at its next election, of 100"
COURSES_COLUMNS = ("Government", "from", "the whole package", "lasts worst", "of its steps")


def lasting_title(elections: int, step: str, share: str) -> str:
    """Name the step that lasts worst over the elections."""
    return (
        f"After {elections:,} {'election' if elections == 1 else 'elections'} {step} lasts worst: "
        f"it stands in {share} of 100 worlds"
    )


def lasting_alt(title: str, whole: str) -> str:
    """Describe the figure of elections, for a reader who cannot see it."""
    return f"Lines of steps still in place. {title}; the whole package in {whole} of 100. Table follows."


def falls_caption(government: str) -> str:
    """Say under which government the steps of the table fall."""
    return f"What falls under {government}, of 100 worlds"


def courses_title(government: str, field: str, since: str, share: str) -> str:
    """Name the government under which least stands, and of which field."""
    return f"Under {government} least stands of {field}: from {since} on {share} of 100 steps"


def courses_alt(title: str) -> str:
    """Describe the figure of governments, for a reader who cannot see it."""
    return f"Lines of fields of policy. {title}. Table follows."
