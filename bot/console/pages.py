"""The desk's templates: escaped, with words in the visitor's language, dates in German time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiohttp import web
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from bot.console.visit import Visit

HERE = Path(__file__).parent
GERMANY = ZoneInfo("Europe/Berlin")


class Pages:
    """Renders templates."""

    def __init__(self) -> None:
        """Templates are read when they are first used."""
        loader = FileSystemLoader(HERE / "templates")
        self._templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

    def render(self, template: str, visit: Visit, values: Mapping[str, object], *, status: int = 200) -> web.Response:
        """A page that no browser keeps."""
        text = self._templates.get_template(template).render({**common_values(visit), **values})
        body = text.encode("utf-8", "replace")  # half a character in what somebody wrote must not make the page unreadable
        return web.Response(body=body, status=status, content_type="text/html", charset="utf-8", headers={"Cache-Control": "no-store"})


def common_values(visit: Visit) -> dict[str, object]:
    """What every template may use."""
    language = visit.language
    return {
        "visit": visit,
        "member": visit.visitor,
        "language": language,
        "languages": [(code, visit.ports.wording.say_plain("desk.language-name", code)) for code in visit.ports.languages],
        "say": visit.said,
        "csrf": visit.csrf,
        "now": visit.now,
        "today": visit.now.astimezone(GERMANY).date(),
        "done": visit.request.query.get("done", ""),
        "day": lambda value: "" if value is None else format_date(to_local(value), "medium", locale=language),
        "moment": lambda value: "" if value is None else format_datetime(value.astimezone(GERMANY), "short", locale=language),
        "number": lambda value: format_decimal(value, locale=language),
    }


def to_local(value: date | datetime) -> date:
    """The day in Germany on which a moment falls."""
    return value.astimezone(GERMANY).date() if isinstance(value, datetime) else value
