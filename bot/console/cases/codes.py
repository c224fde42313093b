"""Staff corrects the codes of a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from aiohttp import web

from bot.console.cases.facts import FACTS, tell_area
from bot.console.cases.seen_version import seen_version
from bot.console.labels import city_name, label, options
from bot.console.pages import to_local
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.case_codes import AREAS, GROUNDS, NOT_STATED, PRECISIONS
from bot.domain.case_work import CORRECTABLE
from bot.domain.cases import Case
from bot.domain.errors import ConflictError
from bot.domain.staff import Permission
from bot.services.desk.cases.correct_case import correct_case
from bot.services.desk.cases.find_visible_case import find_visible_case

CHOICES = tuple(name for name in FACTS if name in CORRECTABLE and name != "area")
"""The fields with one list to choose from."""


@dataclass
class CodeForm:
    """What the form holds, as it is posted, and what is wrong with it."""

    values: dict[str, str]
    grounds: tuple[str, ...]
    errors: dict[str, str] = field(default_factory=dict)
    stored: dict[str, str] = field(default_factory=dict)
    """What somebody else stored meanwhile, in words, where it is not what is posted."""


async def show_codes(visit: Visit) -> web.StreamResponse:
    """The form."""
    case = await _find(visit)
    return show_form(visit, case, fill_form(case))


async def save_codes(visit: Visit) -> web.StreamResponse:
    """Store what was corrected; back to the form with what was chosen when a day is wrong, or when somebody else was quicker."""
    case = await _find(visit)
    form = read_form(visit)
    corrected = read_codes(visit, case, form)
    if form.errors:
        return show_form(visit, case, form, status=422)
    try:
        changed = await correct_case(case.number, seen_version(visit), corrected, visit.member, visit.ports)
    except ConflictError:
        case = await _find(visit)
        return show_form(visit, case, replace(form, stored=tell_stored(visit, case, form)), notice="conflict", status=409)
    if not visit.member.sees_case_of(changed.municipality):
        return visit.go("/cases", done="case-moved-away")
    return visit.go(f"/cases/{case.number}", done="codes-corrected")


async def _find(visit: Visit) -> Case:
    async with visit.ports.bot.unit_of_work() as work:
        case = await find_visible_case(work, visit.part("number"), visit.member)
    if case.erased_at:
        raise LookupError(case.number)
    return case


def fill_form(case: Case) -> CodeForm:
    """The form as the case is stored."""
    incident = case.incident
    values = {name: str(getattr(case, name)) for name in CHOICES}
    values |= {
        "municipality": case.municipality or "",
        "area": f"{case.area}.{case.area_detail}",
        "since": incident.since.isoformat() if incident.since else "",
        "until": incident.until.isoformat() if incident.until else "",
        "precision": incident.precision,
        "repeated": "yes" if incident.repeated else "",
    }
    return CodeForm(values=values, grounds=case.grounds)


def read_form(visit: Visit) -> CodeForm:
    """The form as it was posted."""
    names = (*CHOICES, "municipality", "area", "since", "until", "precision", "repeated")
    return CodeForm(values={name: visit.field(name) for name in names}, grounds=visit.ticked("grounds"))


def read_codes(visit: Visit, case: Case, form: CodeForm) -> Mapping[str, Any]:
    """What the case should say. Notes in the form what cannot be."""
    today = to_local(visit.now)
    since, until = (read_day(visit, form, name, today) for name in ("since", "until"))
    if since and until and since > until:
        form.errors["until"] = visit.said("case.error.until-before-since")
    if not form.grounds:
        form.errors["grounds"] = visit.said("case.error.no-ground")
    precision = form.values["precision"] if form.values["precision"] in PRECISIONS else NOT_STATED
    incident = replace(case.incident, since=since, until=until, precision=precision, repeated=bool(form.values["repeated"]))
    area, _, detail = form.values["area"].partition(".")
    codes = {name: form.values[name] for name in CHOICES}
    grounds = tuple(ground for ground in (*case.grounds, *GROUNDS) if ground in form.grounds)
    return {
        **codes,
        "municipality": form.values["municipality"] or None,
        "area": area,
        "area_detail": detail or NOT_STATED,
        "grounds": tuple(dict.fromkeys(grounds)),
        "incident": incident,
    }


def read_day(visit: Visit, form: CodeForm, name: str, today: date) -> date | None:
    """A day of the form; one that cannot be is noted there."""
    if not form.values[name]:
        return None
    try:
        day = date.fromisoformat(form.values[name])
    except ValueError:
        form.errors[name] = visit.said("case.error.day")
        return None
    if day > today:
        form.errors[name] = visit.said("case.error.future")
    return day


def tell_stored(visit: Visit, case: Case, form: CodeForm) -> dict[str, str]:
    """What is stored now where something else was chosen."""
    now = fill_form(case)
    words = {name: tell_value(visit, name, value) for name, value in now.values.items() if value != form.values[name]}
    if set(now.grounds) != set(form.grounds):
        words["grounds"] = ", ".join(label(visit, "ground", ground) for ground in now.grounds)
    return words


def tell_value(visit: Visit, name: str, value: str) -> str:
    """A value of the form in words."""
    match name:
        case "municipality":
            return city_name(visit, value)
        case "area":
            return tell_area(visit, *value.split(".", 1))
        case "since" | "until":
            return value or label(visit, "precision", NOT_STATED)
        case "repeated":
            return label(visit, "yes-no", value or "no")
        case _:
            return label(visit, name, value)


def show_form(visit: Visit, case: Case, form: CodeForm, *, notice: str = "", status: int = 200) -> web.Response:
    """The page with the form."""
    cities = sorted((city_name(visit, city), str(city)) for city in visit.ports.bot.published.knowledge.municipalities)
    areas = [
        (label(visit, "area", area), [(f"{area}.{detail}", tell_area(visit, area, detail)) for detail in (NOT_STATED, *details)])
        for area, details in AREAS.items()
    ]
    values = {
        "case": case,
        "form": form,
        "notice": notice,
        "today": to_local(visit.now).isoformat(),
        "cities": [("", city_name(visit, None)), *((city, name) for name, city in cities)],
        "areas": areas,
        "grounds": options(visit, "ground", GROUNDS),
        "precisions": options(visit, "precision", PRECISIONS),
        "choices": [(name, label(visit, "field", name), options(visit, name, CORRECTABLE[name])) for name in CHOICES],
    }
    return visit.show("cases/codes.html", values, status=status)


ROUTES = (
    get("/cases/{number}/codes", show_codes, Permission.WORK_ON_CASES),
    post("/cases/{number}/codes", save_codes, Permission.WORK_ON_CASES),
)
