"""Build the knowledge base from items, whether they come from files or from the database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from pydantic import TypeAdapter

from bot.domain.fact_lines import to_checked
from bot.domain.knowledge import Contact, DeadlineRule, Entry, KnowledgeBase, LoosePhrasing, Municipality, OtherCity, Programme, Source

READERS: Mapping[str, TypeAdapter[Any]] = {
    "entry": TypeAdapter(Entry),
    "contact": TypeAdapter(Contact),
    "programme": TypeAdapter(Programme),
    "source": TypeAdapter(Source),
    "deadline": TypeAdapter(DeadlineRule),
    "municipality": TypeAdapter(Municipality),
    "other-city": TypeAdapter(OtherCity),
    "phrasing": TypeAdapter(LoosePhrasing),
}


class Item(Protocol):
    """Anything with a kind and a content: a file's item or a database's."""

    @property
    def kind(self) -> str: ...
    @property
    def content(self) -> Mapping[str, Any]: ...


def build_knowledge(items: Iterable[Item]) -> KnowledgeBase:
    """The published part of the knowledge. Raises pydantic's ValidationError on an item that was never checked."""
    read: dict[str, list[Any]] = {kind: [] for kind in READERS}
    ambiguous: frozenset[str] = frozenset()
    for item in items:
        if item.kind == "ambiguous-names":
            ambiguous = frozenset(item.content["names"])
        else:
            read[item.kind].append(read_item(item.kind, item.content))
    contacts = {contact.id: contact for contact in read["contact"] if contact.state != "retired"}
    programmes = {programme.id: programme for programme in read["programme"] if programme.state != "retired"}
    return KnowledgeBase(
        entries={entry.id: _without_gone(entry, contacts, programmes) for entry in read["entry"] if entry.state == "published"},
        contacts=contacts,
        programmes=programmes,
        sources={source.id: source for source in read["source"]},
        municipalities={city.id: city for city in read["municipality"]},
        deadlines=tuple(read["deadline"]),
        other_cities=tuple(read["other-city"]),
        ambiguous_names=ambiguous,
        phrasings=tuple(phrasing for phrasing in read["phrasing"] if phrasing.state == "published"),
    )


def _without_gone(entry: Entry, contacts: Collection[str], programmes: Collection[str]) -> Entry:
    """The entry without contacts and programmes that left the knowledge while it was edited: better than no answer at all."""
    if all(id_ in contacts for id_ in entry.contacts) and all(id_ in programmes for id_ in entry.programmes):
        return entry
    return replace(
        entry,
        contacts=tuple(id_ for id_ in entry.contacts if id_ in contacts),
        programmes=tuple(id_ for id_ in entry.programmes if id_ in programmes),
    )


def read_item(kind: str, content: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """One item as its domain value. Raises pydantic's ValidationError naming the fields that are wrong."""
    return READERS[kind].validate_python(_to_fields(kind, dict(content)))


def _to_fields(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """From the words of the files to the names of the domain."""
    if content.get("municipality") == "none" and kind != "source":
        content["municipality"] = None
    match kind:
        case "entry":
            content.setdefault("intent", content.get("id"))
            content["facts"] = tuple(to_checked(fact) for fact in content.get("facts", ()))
        case "contact":
            content["hours"] = [_rename(hours, {"from": "opens", "to": "closes"}) for hours in content.get("hours", ())]
        case "programme":
            names = {"from": "since"}
            content["amounts"] = [{"since": None, "until": None} | _rename(amount, names) for amount in content.get("amounts", ())]
        case "deadline":
            content["months"] = content.pop("period", {}).get("months")
            content.setdefault("valid_until", None)
    return content


def _rename(fields: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in fields.items()}
