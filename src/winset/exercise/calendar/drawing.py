"""Drawings of a calendar as plain SVG: exercises by month, and skill by pair with its bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from winset.exercise.calendar.answer import Calendar
from winset.exercise.calendar.regime import FORMS, YEAR, Regime
from winset.exercise.drawings import GREY, INK, RULE

FILLS = {"two-way": "#ffffff", "observers": "#bccfe2", "three-way": "#153f68"}
"""Fill of each form: the fuller, the darker; every form has a letter too."""
LETTERS = {"two-way": "2", "observers": "o", "three-way": "3"}
WINDOW = "#f3e4cf"
LINES = ("#153f68", "#b8560b", "#2a8c82")
DASHES = ("", "6 3", "2 3")
_LEFT, _RIGHT, _TOP, _LANE, _MONTH = 244, 16, 62, 24, 19
_FOOT = 34
_LETTERS = 36
_PANEL, _GAP, _LOW = 96, 34, 24


def gantt(answer: Calendar) -> str:
    """Draw the calendar: exercises down, months across, a mark a run, windows behind."""
    regime = answer.regime
    drills = [*regime.drills.values()]
    wide = _LEFT + _MONTH * regime.months + _RIGHT
    bottom = _TOP + _LANE * len(drills)
    parts = [_opened(wide, bottom + _FOOT, f"Calendar of exercises: {regime.title}")]
    parts += _shades(regime, bottom)
    parts += _months(regime, bottom)
    for row, drill in enumerate(drills):
        y = _TOP + _LANE * row
        parts.append(_text(_LEFT - 8, y + 16, _short(drill.label), INK, "end"))
        parts.append(_line(_LEFT, y + _LANE, wide - _RIGHT, y + _LANE))
        parts += [
            f'<circle cx="{_middle(month)}" cy="{y + 12}" r="1.5" fill="{GREY}"/>'
            for month in sorted(drill.months)
        ]
    order = {drill.id: row for row, drill in enumerate(drills)}
    for one in answer.table("runs").rows():
        month = regime.month_of(date.fromisoformat(one["begins"]))
        told = f"{one['label']}, {one['form']}, {one['begins']} to {one['ends']}"
        parts.append(_mark(month, _TOP + _LANE * order[one["exercise"]], one["form"], told))
    parts += _legend(bottom + 22)
    return "".join([*parts, "</svg>\n"])


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…"


def _shades(regime: Regime, bottom: int) -> Iterator[str]:
    """Shade the days of fixed windows."""
    for window in regime.windows:
        for first, last in window.spans:
            begin, end = _across(regime, first), _across(regime, last) + _MONTH / 30
            begin, end = max(begin, _LEFT), min(end, _LEFT + _MONTH * regime.months)
            if end > begin:
                yield (
                    f'<rect x="{begin:.1f}" y="{_TOP}" width="{end - begin:.1f}" '
                    f'height="{bottom - _TOP}" fill="{WINDOW}"><title>{escape(window.label)}: '
                    f"{first} to {last}</title></rect>"
                )


def _across(regime: Regime, day: date) -> float:
    month = regime.month_of(day)
    return _LEFT + _MONTH * (month + (day.day - 1) / 31)


def _middle(month: int) -> float:
    return _LEFT + _MONTH * (month + 0.5)


def _months(regime: Regime, bottom: int) -> Iterator[str]:
    for month in range(regime.months + 1):
        day = regime.first_day(month)
        x = _LEFT + _MONTH * month
        if day.month == 1 or month in (0, regime.months) or month % YEAR == 0:
            dash = "" if month % YEAR == 0 else ' stroke-dasharray="2 3"'
            yield f'<line x1="{x}" x2="{x}" y1="{_TOP - 8}" y2="{bottom}" stroke="{GREY}"{dash}/>'
        if month < regime.months:
            yield _text(_middle(month), _TOP - 10, f"{day:%b}"[0], GREY, "middle")
        if month < regime.months and (day.month == 1 or month == 0):
            yield _text(x + 2, _TOP - 28, str(day.year), INK, "start")


def _mark(month: int, y: int, form: str, told: str) -> str:
    x = _LEFT + _MONTH * month + 1.5
    ink = "#ffffff" if form == FORMS[-1] else INK
    return (
        f'<rect x="{x}" y="{y + 3}" width="{_MONTH - 3}" height="{_LANE - 6}" rx="3" '
        f'fill="{FILLS[form]}" stroke="{LINES[0]}"><title>{escape(told)}</title></rect>'
        f"{_text(_middle(month), y + 16.5, LETTERS[form], ink, 'middle')}"
    )


def _legend(y: int) -> Iterator[str]:
    x = _LEFT
    for form in reversed(FORMS):
        ink = "#ffffff" if form == FORMS[-1] else INK
        yield (
            f'<rect x="{x}" y="{y - 12}" width="16" height="16" rx="3" fill="{FILLS[form]}" '
            f'stroke="{LINES[0]}"/>{_text(x + 8, y, LETTERS[form], ink, "middle")}'
        )
        yield _text(x + 22, y, form, INK, "start")
        x += 96
    yield f'<rect x="{x}" y="{y - 12}" width="16" height="16" fill="{WINDOW}"/>'
    yield _text(x + 22, y, "a political window bars some form", INK, "start")
    yield f'<circle cx="{x + 252}" cy="{y - 4}" r="1.5" fill="{GREY}"/>'
    yield _text(x + 260, y, "possible month", INK, "start")


def curves(answer: Calendar) -> str:
    """Draw the skill of each pair with its bands, one panel an objective."""
    regime = answer.regime
    wide = _LEFT + _MONTH * regime.months + _RIGHT
    pairs = ["-".join(pair) for pair in regime.pairs]
    height = _LOW + (_PANEL + _GAP) * len(regime.objectives) + 24
    parts = [_opened(wide, height, f"Skill by pair: {regime.title}")]
    for place, objective in enumerate(regime.objectives.values()):
        top = _LOW + (_PANEL + _GAP) * place
        parts.append(_text(_LEFT - 34, top + 14, _short(objective.label), INK, "end"))
        parts.append(_text(_LEFT - 34, top + 30, f"lost like {objective.kind}", GREY, "end"))
        for share in (0.0, 0.5, 1.0):
            y = top + _PANEL * (1 - share)
            parts.append(_line(_LEFT, y, wide - _RIGHT, y))
            parts.append(_text(_LEFT - 6, y + 4, f"{share:g}", GREY, "end"))
        for number, pair in enumerate(pairs):
            rows = [*answer.table("skills").where(objective=objective.id, pair=pair).rows()]
            parts += _curve(rows, top, number)
        parts += _ticks(regime, top + _PANEL + 14)
    x = _LEFT
    for number, pair in enumerate(pairs):
        parts.append(
            f'<line x1="{x}" x2="{x + 26}" y1="{height - 12}" y2="{height - 12}" '
            f'stroke="{LINES[number]}" stroke-width="2" stroke-dasharray="{DASHES[number]}"/>'
        )
        parts.append(_text(x + 32, height - 8, pair, INK, "start"))
        x += 116
    parts.append(
        _text(x, height - 8, "line: middle world; band: middle four fifths", GREY, "start")
    )
    return "".join([*parts, "</svg>\n"])


def _curve(rows: Sequence[dict[str, float]], top: float, number: int) -> Iterator[str]:
    def points(key: str, *, back: bool = False) -> str:
        listed = [
            f"{_middle(month):.1f},{top + _PANEL * (1 - row[key]):.1f}"
            for month, row in enumerate(rows)
        ]
        return " ".join(reversed(listed) if back else listed)

    yield (
        f'<polygon points="{points("p10")} {points("p90", back=True)}" fill="{LINES[number]}" '
        'fill-opacity="0.1"/>'
    )
    yield (
        f'<polyline points="{points("p50")}" fill="none" stroke="{LINES[number]}" '
        f'stroke-width="2" stroke-dasharray="{DASHES[number]}"/>'
    )


def _ticks(regime: Regime, y: float) -> Iterator[str]:
    for month in range(0, regime.months, 3):
        yield _text(_middle(month), y, f"{regime.first_day(month):%b %y}", GREY, "middle")


def _opened(wide: float, height: float, label: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {height:.0f}" '
        f'width="{wide:.0f}" height="{height:.0f}" role="img" aria-label="{escape(label)}" '
        'font-family="Inter, system-ui, sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
    )


def _text(x: float, y: float, text: str, hue: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{hue}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:g}" x2="{x2:g}" y1="{y1:g}" y2="{y2:g}" stroke="{RULE}"/>'
