"""Which language a person is answered in."""

from dataclasses import dataclass
from typing import NewType

Language = NewType("Language", str)
"""A code as the folders in responses/ are named: "de", "ar", "de-simple"."""

GERMAN = Language("de")
ENGLISH = Language("en")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ku", "ckb", "ps", "sd", "ug", "yi"})

SURE_PROBABILITY = 0.5
"""Below this the guess is noise (measured on chat-length messages, docs/adr/0006)."""
LIKELY_PROBABILITY = 0.6
SURE_WORDS = 2
"""Single words are right in 60-80 % of cases only, so one word never changes the language."""


@dataclass(frozen=True, kw_only=True)
class LanguageGuess:
    """What language a text seems to be in, how likely (0-1), and from how many words."""

    language: Language
    probability: float
    words: int

    def is_sure(self) -> bool:
        """Whether the guess may change the language of a chat.

        >>> LanguageGuess(language=Language("ar"), probability=0.99, words=1).is_sure()
        False
        """
        return self.probability >= SURE_PROBABILITY and self.words >= SURE_WORDS


def choose_language(
    *,
    chosen: Language | None,
    guess: LanguageGuess | None,
    current: Language | None,
    hint: Language | None,
) -> Language:
    """Explicit choice, else the message, else what the chat spoke so far, else the client's hint, else German.

    Where a chat begins with one word and no hint, a likely guess is better than German. A variety such as "de-simple" is never
    guessed; a message in its language is answered in the variety that the chat speaks.

    >>> sure = LanguageGuess(language=Language("tr"), probability=0.98, words=4)
    >>> choose_language(chosen=None, guess=sure, current=Language("de"), hint=None)
    'tr'
    >>> choose_language(chosen=Language("ar"), guess=sure, current=None, hint=None)
    'ar'
    >>> choose_language(chosen=None, guess=sure, current=Language("tr-simple"), hint=None)
    'tr-simple'
    """
    before = current or hint
    seen = guess.language if guess and guess.is_sure() else None
    if before and seen == without_variety(before):
        seen = before
    likely = guess.language if guess and guess.probability >= LIKELY_PROBABILITY else None
    return chosen or seen or before or likely or GERMAN


def without_variety(language: str) -> Language:
    """The language that a variety belongs to.

    >>> without_variety("de-simple"), without_variety("ar")
    ('de', 'ar')
    """
    return Language(language.split("-", maxsplit=1)[0])


def match_language(tag: str | None, spoken: frozenset[Language]) -> Language | None:
    """The spoken language that an IETF tag asks for, or None.

    >>> match_language("pt-BR", frozenset({Language("de")})) is None
    True
    >>> match_language("UK_ua", frozenset({Language("uk")}))
    'uk'
    """
    wanted = (tag or "").replace("_", "-").lower()
    by_code = {language.lower(): language for language in spoken}
    return by_code.get(wanted) or by_code.get(without_variety(wanted))


def is_right_to_left(language: Language) -> bool:
    """Whether the language is written from right to left."""
    return without_variety(language) in RIGHT_TO_LEFT
