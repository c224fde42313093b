"""Ids of new items: short, readable, and made from their name."""

import re
import unicodedata
from collections.abc import Collection

LONGEST_ID = 48
ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
RESERVED = ("new",)
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_id(text: str) -> bool:
    """Whether something may be the id of an item.

    >>> is_id("halle.office"), is_id("Halle Office"), is_id("new"), is_id("a" * 49)
    (True, False, False, False)
    """
    return len(text) <= LONGEST_ID and ID.fullmatch(text) is not None and text not in RESERVED


def make_id(city: str, name: str, taken: Collection[str]) -> str:
    """An id that nothing has yet; empty where the name has no letters for one.

    >>> make_id("halle", "Büro für Gleichstellung", {"halle.buero-fuer-gleichstellung"})
    'halle.buero-fuer-gleichstellung-2'
    >>> make_id("none", "Antidiskriminierungsstelle des Bundes (ADS), Referat für Beratung", ())
    'antidiskriminierungsstelle-des-bundes-ads'
    >>> make_id("halle", "مكتب", ())
    ''
    """
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).casefold().translate(SPELLED))
    words = re.findall(r"[a-z0-9]+", "".join(character for character in spelled if not unicodedata.combining(character)))
    prefix = "" if city in ("", "none") else f"{city}."
    begin = _join(words, LONGEST_ID - len(prefix) - len("-99"))
    candidates = [f"{prefix}{begin}", *(f"{prefix}{begin}-{number}" for number in range(2, 100))]
    return next((each for each in candidates if begin and is_id(each) and each not in taken), "")


def _join(words: list[str], most: int) -> str:
    """As many of the words as fit."""
    joined = ""
    for word in words:
        longer = f"{joined}-{word}" if joined else word[:most]
        if len(longer) > most:
            break
        joined = longer
    return joined
