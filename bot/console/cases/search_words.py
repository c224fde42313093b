"""What somebody means who types words into the search field: parts of a case number, or codes by their labels."""

from collections.abc import Iterable, Mapping

from bot.console.labels import label
from bot.console.visit import Visit
from bot.domain.case_codes import AREAS, FORMS, GROUNDS, OTHER
from bot.domain.case_filter import read_words, to_number_part
from bot.domain.cases import CaseChannel, CaseStatus
from bot.services.desk.cases.stored_list import SoughtWord

SHORTEST = 3
"""Shorter words would stand in half of all labels; they are looked for in case numbers only."""


def read_sought_words(visit: Visit, text: str) -> tuple[SoughtWord, ...]:
    """Every word of a search, each with the codes whose label holds it in the visitor's language."""
    words = read_words(text).split()
    lists = to_lists(visit) if words else {}
    return tuple(SoughtWord(number_part=to_number_part(word), codes=find_codes(visit, word, lists)) for word in words)


def find_codes(visit: Visit, word: str, lists: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """The codes whose label holds a word, by the field of the case."""
    if len(word) < SHORTEST:
        return {}
    held = {
        name: frozenset(code for code in codes if word.casefold() in label(visit, name, code).casefold()) for name, codes in lists.items()
    }
    return {name: codes for name, codes in held.items() if codes}


def to_lists(visit: Visit) -> dict[str, Iterable[str]]:
    """The lists with labels that a search looks into, by the field of the case."""
    return {
        "status": tuple(CaseStatus),
        "channel": tuple(CaseChannel),
        "area": tuple(AREAS),
        "area_detail": tuple(f"{area}.{detail}" for area, details in AREAS.items() for detail in details if detail != OTHER),
        "grounds": GROUNDS,
        "form": FORMS,
        "language": visit.ports.bot.wording.languages,
        "municipality": tuple(visit.member.municipalities),
    }
