"""Which decision a question calls for: an answer where the reading is sure, suggestions where it is not."""

from dataclasses import replace

from bot.domain.answer_intent import answer_intent
from bot.domain.decisions import INTENTS, AdmitNotKnowing, Decision
from bot.domain.follow_up import find_follow_up
from bot.domain.situation import Situation
from bot.domain.suggest import suggest

OUT_OF_SCOPE = "out-of-scope"


def decide_question(situation: Situation) -> Decision:
    """A text that is neither an emergency nor an answer we waited for.

    What one can do here (report, status, …) is harmless to offer by mistake, so it needs less certainty than an answer.
    """
    reading, thresholds = situation.reading, situation.thresholds
    if not reading.ranking:
        return AdmitNotKnowing(offline=situation.offline)
    best = reading.ranking[0]
    if follow_up := decide_follow_up(situation):
        return follow_up
    if best.intent in INTENTS and (best.confidence >= thresholds.suggest or best.intent.startswith(OUT_OF_SCOPE)):
        known = INTENTS[best.intent]
        return replace(known, offline=situation.offline) if isinstance(known, AdmitNotKnowing) else known
    if situation.is_sure():
        return answer_intent(best.intent, best.confidence, reading, situation)
    if best.confidence >= thresholds.suggest or situation.offline:
        return suggest(situation)
    return AdmitNotKnowing(offline=situation.offline)


def decide_follow_up(situation: Situation) -> Decision | None:
    """A short text that is sure only together with the topic of the last answer: "and until when?"."""
    last = situation.last_entry()
    if situation.in_context is None or last is None:
        return None
    meant = find_follow_up(situation.reading, situation.in_context, last.intent, situation.thresholds)
    if meant is None or meant.intent in INTENTS:
        return None
    return answer_intent(meant.intent, meant.confidence, situation.reading, situation)
