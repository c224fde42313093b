"""What to suggest where the reading of a question is not sure."""

from dataclasses import replace

from bot.domain.decisions import INTENTS, AdmitNotKnowing, Decision, Suggest
from bot.domain.find_entries import SUGGESTIONS, WORTH_OFFERING, rank_entries
from bot.domain.follow_up import merge_rankings
from bot.domain.situation import Situation
from bot.domain.understanding import Understanding


def suggest(situation: Situation) -> Decision:
    """Up to three entries that may be meant, the person's city first within each meaning."""
    entries = rank_entries(possible_meanings(situation), situation.conversation, situation.knowledge)[:SUGGESTIONS]
    if not entries:
        return AdmitNotKnowing(offline=situation.offline)
    return Suggest(
        entries=entries,
        reason="offline" if situation.offline else "unsure",
        confidence=situation.reading.ranking[0].confidence,
        with_report="report" in [ranked.intent for ranked in situation.reading.ranking[:SUGGESTIONS]],
    )


def possible_meanings(situation: Situation) -> Understanding:
    """The reading, with that in the last answer's topic; where too little of it is worth offering, what the search found fills up."""
    reading, last = situation.reading, situation.last_entry()
    if situation.in_context and last:
        reading = replace(reading, ranking=merge_rankings(reading, situation.in_context, last.intent))
    worth = tuple(ranked for ranked in reading.ranking if ranked.confidence >= WORTH_OFFERING)
    known = {ranked.intent for ranked in worth}
    found = tuple(ranked for ranked in situation.nearby if ranked.intent not in known)
    rest = tuple(ranked for ranked in reading.ranking if ranked.confidence < WORTH_OFFERING)
    return replace(reading, ranking=(*worth, *found, *rest))


def lacks_suggestions(situation: Situation) -> bool:
    """Whether suggestions are called for, and the reading has too few that are worth offering."""
    ranking = situation.reading.ranking
    if (
        not ranking
        or ranking[0].intent in INTENTS
        or not situation.thresholds.suggest <= ranking[0].confidence < situation.thresholds.answer
    ):
        return False
    worth = [ranked for ranked in ranking if ranked.confidence >= WORTH_OFFERING and situation.knowledge.entries_for(ranked.intent)]
    return len(worth) < SUGGESTIONS
