"""Which phrasing of another meaning reads almost the same: a model told both would waver between them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.domain.lexical_search import LexicalIndex

TOO_NEAR = 0.74
"""Of the 30,878 phrasings of November 2026, 99 % are less like the nearest one of another meaning in their language (median 0.40)."""
MOST, REMEMBERED = 100, 500


class Item(Protocol):
    """An accepted item."""

    @property
    def kind(self) -> str:
        """Only entries and phrasings of their own have any."""
        ...

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def content(self) -> Mapping[str, Any]:
        """As parsed YAML."""
        ...

    @property
    def content_hash(self) -> str:
        """Changes with the content."""
        ...


@dataclass(frozen=True, kw_only=True)
class Near:
    """A phrasing of another item, and how much like the asked one it is (0-1)."""

    text: str
    id: str
    intent: str
    likeness: float


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """The phrasings of one language as (text, id, intent), and what was found among them so far."""

    state: frozenset[str]
    index: LexicalIndex
    phrasings: list[tuple[str, str, str]]
    found: dict[str, tuple[Near, ...]] = field(default_factory=dict)


class NearPhrasings:
    """Finds them. An index for each language is kept for as long as the items stay the same."""

    def __init__(self, when_made: Callable[[], None] = lambda: None) -> None:
        """Nothing is indexed yet. `when_made` is told of each index: it is large, and it stays."""
        self._made: dict[str, Indexed] = {}
        self._when_made = when_made

    def find(self, text: str, language: str, content: Mapping[str, Any], items: Iterable[Item]) -> Near | None:
        """The phrasing of another item with another intent that is nearest in that language, where it is too near."""
        intent = intent_of(content)
        for near in self._search(text, language, items):
            if near.likeness < TOO_NEAR:
                return None
            if near.intent != intent and near.id != content.get("id"):
                return near
        return None

    def nearest(self, text: str, language: str, items: Iterable[Item], most: int) -> tuple[Near, ...]:
        """The nearest phrasings in that language, one for each item, best first."""
        best: dict[str, Near] = {}
        for near in self._search(text, language, items):
            best.setdefault(near.id, near)
        return tuple(best.values())[:most]

    def _search(self, text: str, language: str, items: Iterable[Item]) -> tuple[Near, ...]:
        """The nearest ones, best first; remembered, since an editor's other lines stay the same while one is typed."""
        indexed = self._index(
            language, [item for item in items if item.kind in ("entry", "phrasing") and item.content.get("state") != "retired"]
        )
        if text not in indexed.found:
            if len(indexed.found) >= REMEMBERED:
                indexed.found.clear()
            ranking = indexed.index.search(text, MOST)
            named = ((indexed.phrasings[int(ranked.intent)], ranked.confidence) for ranked in ranking)
            found = tuple(Near(text=other, id=id_, intent=meant, likeness=likeness) for (other, id_, meant), likeness in named)
            indexed.found[text] = found
            return found
        return indexed.found.get(text, ())

    def _index(self, language: str, items: list[Item]) -> Indexed:
        state = frozenset(item.content_hash for item in items)
        made = self._made.get(language)
        if made is None or made.state != state:
            phrasings = [
                (text, item.id, intent_of(item.content))
                for item in items
                for text in phrasings_of(item.kind, item.content).get(language, ())
            ]
            index = LexicalIndex((text, str(number)) for number, (text, _, _) in enumerate(phrasings))
            made = self._made[language] = Indexed(state=state, index=index, phrasings=phrasings)
            self._when_made()
        return made


def intent_of(content: Mapping[str, Any]) -> str:
    """The meaning that an item's phrasings train."""
    return str(content.get("intent") or content.get("id") or "")


def phrasings_of(kind: str, content: Mapping[str, Any]) -> dict[str, list[str]]:
    """The phrasings of an item by language, as far as they can be read."""
    if kind == "phrasing":
        return {str(content.get("language", "")): [str(content.get("text", ""))]}
    questions = content.get("questions")
    if kind != "entry" or not isinstance(questions, Mapping):
        return {}
    return {language: [str(text) for text in texts] for language, texts in questions.items() if isinstance(texts, list | tuple)}
