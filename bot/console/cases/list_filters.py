"""The filters of the list in words: what may be chosen, what is chosen, and addresses that choose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from bot.console.labels import label, staff_name
from bot.console.visit import Visit
from bot.domain.case_filter import ASSIGNEES, NARROWING, NO_CITY, CaseFilter, Choices, to_pairs
from bot.domain.cases import CaseStatus
from bot.domain.staff import StaffMember

CODE_LISTS = {"area": "area", "ground": "ground", "channel": "channel", "spoken": "language", "status": "status", "city": "city"}
"""Parameters whose values are codes with labels, and the list of each."""
ORDER = ("city", "assignee", "due", "area", "ground", "spoken", "channel", "age", "proposed", "held")
"""The selects, as the page shows them."""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One thing the list is narrowed to, and the address without it."""

    text: str
    without: str


def address_of(sought: CaseFilter, **more: str) -> str:
    """Where the list shows this filter."""
    return f"/console/cases?{urlencode([*to_pairs(sought), *more.items()])}"


def name_value(visit: Visit, parameter: str, value: str, colleagues: Sequence[StaffMember]) -> str:
    """What a value of a parameter is called."""
    if parameter in CODE_LISTS:
        return label(visit, CODE_LISTS[parameter], "" if value == NO_CITY else value)
    if parameter == "assignee" and value not in ASSIGNEES:
        return staff_name(visit, value, colleagues)
    return visit.said(f"list.{parameter}.{value}")


def to_selects(visit: Visit, choices: Choices, colleagues: Sequence[StaffMember]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every parameter with one value, with its options; a choice between one city is none."""
    allowed = choices.of_parameters()
    selects = []
    for parameter in ORDER:
        named = [(str(value), name_value(visit, parameter, value, colleagues)) for value in allowed[parameter]]
        if parameter == "spoken":
            named.sort(key=lambda option: option[1].casefold())
        if parameter != "city" or len(named) > 1:
            selects.append((parameter, named))
    return selects


def to_chips(visit: Visit, sought: CaseFilter, colleagues: Sequence[StaffMember]) -> list[Chip]:
    """What is chosen, one by one."""
    chips = [_chip(visit, "status", name_value(visit, "status", status, ()), _without_status(sought, status)) for status in sought.status]
    for parameter in NARROWING:
        value = getattr(sought, parameter)
        if value and parameter != "status":
            none: dict[str, Any] = {parameter: ""}
            chips.append(_chip(visit, parameter, name_value(visit, parameter, value, colleagues), replace(sought, **none)))
    return chips + ([_chip(visit, "q", sought.words, replace(sought, words=""))] if sought.words else [])


def to_name(visit: Visit, chips: Sequence[Chip], sought: CaseFilter) -> str:
    """What a filter is called whose name was left empty."""
    return ", ".join([visit.said(f"list.view.{sought.view}"), *(chip.text for chip in chips)])[:80]


def _without_status(sought: CaseFilter, status: CaseStatus) -> CaseFilter:
    return replace(sought, status=tuple(each for each in sought.status if each is not status))


def _chip(visit: Visit, parameter: str, value: str, without: CaseFilter) -> Chip:
    text = visit.said("list.chip", name=visit.said(f"list.filter.{parameter}"), value=value)
    return Chip(text=text, without=address_of(without))
