"""Reads texts without the NLU server: emergency words always, nearest phrasings when the server is down."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import yaml

from bot.adapters.rasa.client import is_meant
from bot.adapters.rasa.training_data import all_phrasings
from bot.domain.folding import fold
from bot.domain.knowledge import KnowledgeBase, MunicipalityId
from bot.domain.languages import Language
from bot.domain.lexical_search import LexicalIndex
from bot.domain.understanding import Understanding

NEAR = 0.3
"""Cosine similarity below which a phrasing has nothing to do with a text."""
BEGINNING = 2
SPACE = re.compile(" ")
LONGEST_NAME = 4
"""Words in the longest name of a city."""


class LexicalReader:
    """Implements the OfflineReader port for one published knowledge base at a time. Its index is built when it is first needed."""

    def __init__(self, knowledge: KnowledgeBase, nlu_folder: Path) -> None:
        """Take the knowledge and nlu_data/ with the word lists."""
        self._folder, self._lookup = nlu_folder, Lookup(knowledge, nlu_folder)
        listed = yaml.load((nlu_folder / "emergency_words.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        self._cries = {fold(cry) for cry in listed.pop("alone")}
        self._emergency = by_beginning({fold(phrase) for phrases in listed.values() for phrase in phrases})

    def follow(self, knowledge: KnowledgeBase) -> None:
        """Read with other knowledge from now on. Takes seconds; may run beside answering, in a thread."""
        lookup = Lookup(knowledge, self._folder)
        lookup.build()
        self._lookup = lookup

    def phrasings(self) -> Iterator[tuple[str, Language]]:
        """Every phrasing with its language."""
        return self._lookup.phrasings()

    def has_emergency_word(self, text: str) -> bool:
        """Whether one of the words stands at the beginning of a word of the text, or the text is nothing but a cry for help."""
        folded = fold(text)
        starts = (0, *(found.end() for found in SPACE.finditer(folded)))
        return folded in self._cries or any(
            folded.startswith(phrase, start) for start in starts for phrase in self._emergency.get(folded[start : start + BEGINNING], ())
        )

    def read(self, text: str) -> Understanding:
        """The nearest phrasings and the cities named."""
        return self._lookup.read(text)


class Lookup:
    """What can be looked up in one knowledge base without the NLU server."""

    def __init__(self, knowledge: KnowledgeBase, nlu_folder: Path) -> None:
        """Nothing is built yet."""
        self._knowledge, self._folder = knowledge, nlu_folder

    def build(self) -> None:
        """Build the index now rather than at the first question."""
        _ = self._index, self._names

    def phrasings(self) -> Iterator[tuple[str, Language]]:
        """Every phrasing with its language."""
        return ((phrasing.text, Language(phrasing.language)) for phrasing in all_phrasings(self._knowledge, self._folder))

    def read(self, text: str) -> Understanding:
        """The nearest phrasings and the cities named."""
        ranking = tuple(ranked for ranked in self._index.search(text) if ranked.confidence >= NEAR)
        covered, others, remainder = self._find_cities(text)
        return Understanding(ranking=ranking, municipalities=tuple(map(MunicipalityId, covered)), other_cities=others, remainder=remainder)

    @cached_property
    def _index(self) -> LexicalIndex:
        return LexicalIndex((phrasing.text, phrasing.intent) for phrasing in all_phrasings(self._knowledge, self._folder))

    @cached_property
    def _names(self) -> Mapping[str, tuple[bool, str]]:
        covered = {
            fold(name): (True, city.id) for city in self._knowledge.municipalities.values() for name in (*city.aliases, *city.name.values())
        }
        others = {fold(name): (False, city.name) for city in self._knowledge.other_cities for name in (city.name, *city.aliases)}
        return {**others, **covered}

    def _find_cities(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Ids of covered cities, names of others, and what is left of the text without them; the longest name wins."""
        words, found, rest, position = text.split(), [], [], 0
        while position < len(words):
            for length in range(LONGEST_NAME, 0, -1):
                written = " ".join(words[position : position + length])
                name = self._names.get(fold(written))
                if name and is_meant(written.strip(".,;:!?؟،"), self._knowledge.ambiguous_names):
                    found.append(name)
                    position += length
                    break
            else:
                rest.append(words[position])
                position += 1
        covered = tuple(dict.fromkeys(name for is_covered, name in found if is_covered))
        others = tuple(dict.fromkeys(name for is_covered, name in found if not is_covered))
        return covered, others, " ".join(rest)


def by_beginning(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Phrases by their first letters, so that only a few have to be compared with a word."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase[:BEGINNING], []).append(phrase)
    return found
