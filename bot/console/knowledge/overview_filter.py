"""The filter of the overview: as it stands in an address, and as lists to choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from urllib.parse import parse_qsl, urlencode

from bot.console.labels import city_name, language_name, options
from bot.console.visit import Visit
from bot.domain.knowledge import Topic
from bot.domain.knowledge_overview import EVERYWHERE, NOBODY, Freshness, OverviewFilter, Stage
from bot.domain.staff import Permission, StaffMember
from bot.domain.translation_states import STATES
from bot.services.desk.knowledge.read_overview import Overview

NAMES = {"words": "q", "language": "spoken"}
"""What a field is called in an address, where that differs: `language` there is that of the desk."""
WORDS_CHARACTERS = 100
Choices = Sequence[tuple[str, str]]


def read_filter(visit: Visit, query: str | None = None) -> OverviewFilter:
    """The filter that an address (this one, unless another query is given) asks for; what nobody knows counts as not asked."""
    pairs = dict(visit.request.query if query is None else parse_qsl(query))
    known: dict[str, Iterable[str] | None] = {
        "words": None,
        "topic": tuple(Topic),
        "city": None,
        "owner": None,
        "freshness": tuple(Freshness),
        "language": visit.ports.bot.wording.languages,
        "translation": STATES,
        "stage": tuple(Stage),
    }
    values = {name: pairs.get(NAMES.get(name, name), "")[:WORDS_CHARACTERS].strip() for name in known}
    return OverviewFilter(**{name: value for name, value in values.items() if (codes := known[name]) is None or value in codes})


def to_pairs(asked: OverviewFilter) -> dict[str, str]:
    """The filter as it stands in an address, without what is not asked."""
    values = {each.name: str(getattr(asked, each.name)) for each in fields(asked)}
    return {NAMES.get(name, name): value for name, value in values.items() if value}


def address_of(asked: OverviewFilter, page: int = 1) -> str:
    """The address of the overview with a filter."""
    query = urlencode({**to_pairs(asked), **({"page": str(page)} if page > 1 else {})})
    return "/console/knowledge" + (f"?{query}" if query else "")


def to_selects(visit: Visit, asked: OverviewFilter, view: Overview) -> Sequence[tuple[str, str, Choices]]:
    """The lists to choose from: the field's name, what is chosen, and the choices."""
    bot, said = visit.ports.bot.wording, visit.said
    cities = [(city, said("overview.everywhere") if city == EVERYWHERE else city_name(visit, city)) for city in view.cities]
    choices: dict[str, Choices] = {
        "topic": options(visit, "topic", Topic),
        "city": cities,
        "language": [(code, language_name(visit, code)) for code in bot.languages],
        "translation": [(state, said(f"overview.state.{state}")) for state in STATES],
        "freshness": [(each, said(f"overview.freshness.{each}")) for each in Freshness],
        "stage": [(stage, said(f"overview.stage.{stage}")) for stage in Stage],
        "owner": [(NOBODY, said("overview.nobody")), *owners(view.members)],
    }
    return [(NAMES.get(name, name), str(getattr(asked, name)), listed) for name, listed in choices.items()]


def owners(members: Iterable[StaffMember]) -> list[tuple[str, str]]:
    """Who can look after an item."""
    return [(str(member.id), member.name) for member in members if member.may(Permission.EDIT_KNOWLEDGE)]
