"""The codes, dates and clocks of a case in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from bot.console.labels import label
from bot.console.pages import to_local
from bot.console.visit import Visit
from bot.domain.case_clocks import Clock, running_clocks
from bot.domain.case_codes import NOT_STATED
from bot.domain.cases import Case
from bot.domain.knowledge import DeadlineRule

FACTS = (
    "kind", "reporter", "incident", "area", "grounds", "form", "wish", "frame", "body", "own_administration", "evidence", "witnesses",
    "gender", "age_band", "outcome",
)  # fmt: skip
"""The codes in the order in which they are shown and corrected."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A field of the case in words."""

    name: str
    value: str
    is_stated: bool


@dataclass(frozen=True, kw_only=True)
class ClockInWords:
    """Something that is due, by which rule, and where that rule stands."""

    what: str
    due: date
    days_left: int
    rule: str
    sources: tuple[tuple[str, str], ...] = ()
    """Titles and links."""


def tell_facts(visit: Visit, case: Case) -> list[Fact]:
    """Every code as name and meaning."""
    told = [(label(visit, "field", name), tell_fact(visit, case, name)) for name in FACTS]
    nothing = label(visit, "precision", NOT_STATED)
    return [Fact(name=name, value=value, is_stated=value != nothing) for name, value in told]


def tell_fact(visit: Visit, case: Case, name: str) -> str:
    """What one field says."""
    match name:
        case "incident":
            return tell_incident(visit, case)
        case "grounds":
            return ", ".join(label(visit, "ground", ground) for ground in case.grounds)
        case "area":
            return tell_area(visit, case.area, case.area_detail)
        case _:
            return label(visit, name, getattr(case, name))


def tell_area(visit: Visit, area: str, detail: str) -> str:
    """An area of life with its second level, where there is one."""
    name = label(visit, "area", area)
    return name if detail == NOT_STATED else f"{name}: {label(visit, 'area-detail', f'{area}.{detail}')}"


def tell_incident(visit: Visit, case: Case) -> str:
    """When it happened, and how exactly that is known."""
    incident = case.incident
    days = [format_date(day, "medium", locale=visit.language) for day in dict.fromkeys((incident.since, incident.until)) if day]
    precision = "" if days and incident.precision == "day" else label(visit, "precision", incident.precision)
    parts = [" – ".join(days), precision, visit.said("case.repeated") if incident.repeated else ""]
    return ", ".join(part for part in parts if part)


def tell_clocks(visit: Visit, case: Case) -> list[ClockInWords]:
    """What is still due, the soonest first."""
    return [tell_clock(visit, case, clock) for clock in running_clocks(case)]


def tell_clock(visit: Visit, case: Case, clock: Clock) -> ClockInWords:
    """One thing that is due. A legal period says what the knowledge base says of it."""
    left = (clock.due - to_local(visit.now)).days
    if clock.kind != "legal":
        ours = visit.said(f"case.rule.{clock.kind}")
        return ClockInWords(what=visit.said(f"case.clock.{clock.kind}"), due=clock.due, days_left=left, rule=ours)
    knowledge = visit.ports.bot.published.knowledge
    rule = find_rule(case, clock.rule, knowledge.deadlines)
    if rule is None:
        return ClockInWords(what=visit.said("case.clock.legal"), due=clock.due, days_left=left, rule=clock.rule)
    known = [(knowledge.sources[each.id], each.section) for each in rule.source if each.id in knowledge.sources]
    sources = tuple((f"{source.title}, {section}" if section else source.title, source.link) for source, section in known)
    what = visit.said("case.clock.legal")
    return ClockInWords(what=what, due=clock.due, days_left=left, rule=rule.what.get(visit.language, clock.rule), sources=sources)


def find_rule(case: Case, rule: str, rules: Iterable[DeadlineRule]) -> DeadlineRule | None:
    """The version of a rule that was in force on the day of the incident; the last one known, where that day is not known."""
    day = case.incident.since or case.incident.until
    versions = [each for each in rules if each.id == rule]
    in_force = [each for each in versions if day and each.valid_from <= day <= (each.valid_until or date.max)]
    return next(iter([*in_force, *versions[-1:]]), None)
