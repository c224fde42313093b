"""Which items of the knowledge refer to which."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

REFERENCES = {"contact": "contacts", "programme": "programmes", "source": "source", "entry": "related"}
"""Kind, and the field in which other items name one of it."""


class Item(Protocol):
    """An accepted item, or a draft of one."""

    @property
    def content(self) -> Mapping[str, object]:
        """Its fields."""
        ...


Using = TypeVar("Using", bound=Item)


def find_uses(kind: str, id_: str, items: Iterable[Using]) -> list[Using]:
    """The items that refer to one; those that are retired do not count.

    >>> from types import SimpleNamespace as N
    >>> answer = N(content={"contacts": ["ads"], "source": [{"id": "agg", "section": "§ 1"}]})
    >>> [len(find_uses(kind, id_, [answer])) for kind, id_ in (("contact", "ads"), ("source", "agg"), ("programme", "ads"))]
    [1, 1, 0]
    """
    return [item for item in items if item.content.get("state") != "retired" and id_ in names_in(kind, item.content)]


def names_in(kind: str, content: Mapping[str, object]) -> set[str]:
    """The ids of a kind that an item's content refers to."""
    named = content.get(REFERENCES[kind]) or ()
    if isinstance(named, str) or not isinstance(named, Sequence):
        return set()
    return {str(each.get("id", "")) if isinstance(each, Mapping) else str(each) for each in named}


def can_be_named(kind: str, content: Mapping[str, object]) -> bool:
    """Whether others may refer to an item: not to a contact or programme that is retired.

    >>> can_be_named("contact", {"id": "ads"}), can_be_named("contact", {"id": "ads", "state": "retired"})
    (True, False)
    """
    return kind not in ("contact", "programme") or content.get("state") != "retired"
