"""The charts of a report as geometry: templates draw it as SVG. Colour is never the only sign; every number stands beside its bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.desk.statistics.report_document import Line, Section

WIDTH = 340
ROW, LABEL_LINE, BAR_TOP, BAR_HEIGHT = 38, 14, 19, 13
NUMBER_WIDTH = 48
COLUMNS_HEIGHT, COLUMNS_FOOT, COLUMNS_HEAD, COLUMNS_SIDE = 150, 52, 18, 32
NARROWEST, WIDEST = 20.0, 60.0
"""One column with the space around it, in units of the picture."""
LONGEST_LABEL = 46
HIDDEN_SIZE = 26
BY_SIZE = ("ground", "area", "language", "form", "outcome", "municipality")
"""Tables whose rows have no order of their own: their bars stand by size, the hidden ones last and in the order of the table."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: a rectangle, and where its label and its number stand."""

    label: str
    number: str
    is_hidden: bool
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    number_x: float
    number_y: float


@dataclass(frozen=True, kw_only=True)
class Chart:
    """All bars of a table, and how large the picture is."""

    width: float
    height: float
    bars: Sequence[Bar]
    is_series: bool


def draw(section: Section) -> Chart | None:
    """The chart of a table; None where there is nothing to draw. Rows of zero stand in the table only, unless they follow in time."""
    lines = [line for line in section.lines if not line.is_total and not line.level and (line.count != 0 or section.is_series)]
    if not any(line.count for line in lines):
        return None
    largest = max(line.count or 0 for line in lines)
    if section.key in BY_SIZE:
        lines.sort(key=lambda line: -(line.count or 0))
    return _columns(lines, largest) if section.is_series else _bars(lines, largest)


def _bars(lines: Sequence[Line], largest: int) -> Chart:
    """Bars from left to right, each below its label."""
    bars = []
    for place, line in enumerate(lines):
        width = HIDDEN_SIZE if line.count is None else round((WIDTH - NUMBER_WIDTH) * line.count / largest, 1)
        top = ROW * place
        bars.append(
            Bar(
                label=_shorten(line.label),
                number=_number(line),
                is_hidden=line.count is None,
                x=0,
                y=top + BAR_TOP,
                width=width,
                height=BAR_HEIGHT,
                label_x=0,
                label_y=top + LABEL_LINE,
                number_x=width + 6,
                number_y=top + BAR_TOP + BAR_HEIGHT - 2,
            )
        )
    return Chart(width=WIDTH, height=ROW * len(lines), bars=bars, is_series=False)


def _columns(lines: Sequence[Line], largest: int) -> Chart:
    """Columns from left to right, in time; their labels are slanted by the template."""
    step = min(max((WIDTH - COLUMNS_SIDE) / len(lines), NARROWEST), WIDEST)
    bars = []
    for place, line in enumerate(lines):
        height = HIDDEN_SIZE if line.count is None else round(COLUMNS_HEIGHT * line.count / largest, 1)
        left, middle = COLUMNS_SIDE + step * (place + 0.15), COLUMNS_SIDE + step * (place + 0.5)
        top = COLUMNS_HEAD + COLUMNS_HEIGHT - height
        bars.append(
            Bar(
                label=line.label,
                number=_number(line),
                is_hidden=line.count is None,
                x=round(left, 1),
                y=round(top, 1),
                width=round(step * 0.7, 1),
                height=height,
                label_x=round(middle, 1),
                label_y=COLUMNS_HEAD + COLUMNS_HEIGHT + 12,
                number_x=round(middle, 1),
                number_y=round(top - 4, 1),
            )
        )
    return Chart(
        width=max(WIDTH, round(COLUMNS_SIDE + step * len(lines), 1)),
        height=COLUMNS_HEAD + COLUMNS_HEIGHT + COLUMNS_FOOT,
        bars=bars,
        is_series=True,
    )


def _number(line: Line) -> str:
    return "–" if line.count is None else str(line.count)


def _shorten(text: str) -> str:
    """A label that fits above its bar; the whole of it stands in the table."""
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
