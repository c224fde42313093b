"""Which entries of the log a page asks for, out of its address."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from bot.console.pages import GERMANY
from bot.console.visit import Visit
from bot.domain.case_log import CaseEvent
from bot.services.desk.records.stored_records import LogFilter

FIELDS = ("event", "actor", "case", "since", "until")


def read_asked(visit: Visit) -> dict[str, str]:
    """What stands in the address; what nobody could have chosen or typed is left out."""
    given = {name: visit.request.query.get(name, "").strip()[:64] for name in FIELDS}
    known = given["event"] in set(CaseEvent)
    days = {name: given[name] if read_day(given[name]) else "" for name in ("since", "until")}
    return {**given, **days, "event": given["event"] if known else "", "case": given["case"].upper()}


def to_filter(asked: dict[str, str]) -> LogFilter:
    """The same for the database; days are German ones, and the last one counts whole."""
    since, until = read_day(asked["since"]), read_day(asked["until"])
    return LogFilter(
        event=asked["event"],
        actor=asked["actor"],
        case=asked["case"],
        since=begin_of(since) if since else None,
        before=begin_of(until + timedelta(days=1)) if until else None,
    )


def to_query(asked: dict[str, str]) -> str:
    """What an address needs to ask for the same again."""
    return urlencode({name: value for name, value in asked.items() if value})


def read_day(text: str) -> date | None:
    """A day as a date field sends it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 9999 else None  # noqa: PLR2004  # no log is older, and the day after must exist


def begin_of(day: date) -> datetime:
    """The moment at which a day begins in Germany."""
    return datetime.combine(day, time(), GERMANY)
