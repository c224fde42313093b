"""Short questions that lean on the last answer: "and until when?" after an answer on WIR funding is about WIR funding.

Such a text is read a second time with the name of the last answer's topic before it. Only what both readings find possible is
answered: the topic alone must not decide.
"""

from itertools import zip_longest

from bot.domain.knowledge import Intent
from bot.domain.understanding import Ranked, Thresholds, Understanding

MOST_WORDS, MOST_LETTERS = 5, 40
POSSIBLE = 0.015
"""Less than that in the plain reading means that the text itself does not point there at all."""


def leans_on_last_answer(text: str) -> bool:
    """Whether a text is so short that what was said before may belong to it.

    >>> leans_on_last_answer("and until when?"), leans_on_last_answer("where can I find help for my son in Halle?")
    (True, False)
    """
    return 0 < len(text.split()) <= MOST_WORDS and len(text) <= MOST_LETTERS


def find_follow_up(plain: Understanding, in_context: Understanding, last: Intent, thresholds: Thresholds) -> Ranked | None:
    """The meaning of a short text within the last answer's topic; None when it does not depend on it, or is not sure."""
    best = next((ranked for ranked in in_context.ranking if ranked.intent != last), None)
    if best is None or best.confidence < thresholds.answer or plain.confidence_in(best.intent) < POSSIBLE:
        return None
    return best


def merge_rankings(plain: Understanding, in_context: Understanding, last: Intent) -> tuple[Ranked, ...]:
    """Both rankings in turn, for suggestions: the likeliest within the topic, the likeliest without it, and so on."""
    within = [ranked for ranked in in_context.ranking if ranked.intent != last]
    in_turn = [ranked for pair in zip_longest(within, plain.ranking) for ranked in pair if ranked]
    return tuple({ranked.intent: ranked for ranked in reversed(in_turn)}[intent] for intent in dict.fromkeys(r.intent for r in in_turn))
