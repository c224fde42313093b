"""Which entry answers an intent: that of the city in mind, never another city's as if it were its own."""

from bot.domain.decisions import AdmitNotKnowing, AskMunicipality, Decision, GiveAnswer, Suggest
from bot.domain.find_entries import SUGGESTIONS, city_in_mind
from bot.domain.knowledge import Entry, Intent
from bot.domain.situation import Situation
from bot.domain.understanding import Understanding

NO_CITY = "none"
"""What the button "another city" stands for."""


def answer_intent(intent: Intent, confidence: float, reading: Understanding, situation: Situation) -> Decision:
    """The entry for an intent and a city; asks for the city where the answer differs and none is known."""
    entries = situation.knowledge.entries_for(intent)
    named = reading.municipalities
    if not entries:
        return AdmitNotKnowing(offline=situation.offline)
    if len(named) > 1:
        return AskMunicipality(intent=intent, confidence=confidence, among=named, has_general=False)
    city = city_in_mind(entries, reading, situation.conversation, situation.knowledge)
    general = next((entry for entry in entries if entry.municipality is None), None)
    local = next((entry for entry in entries if city and entry.municipality == city), None)
    if chosen := local or (general if named or reading.other_cities or len(entries) == 1 else None):
        return GiveAnswer(entry=chosen.id, confidence=confidence, municipality=named[0] if named else None)
    if named or reading.other_cities:
        return elsewhere(entries, confidence, reading)
    if len(entries) == 1:
        return GiveAnswer(entry=entries[0].id, confidence=confidence)
    if city and general:
        return GiveAnswer(entry=general.id, confidence=confidence)
    cities = tuple(entry.municipality for entry in entries if entry.municipality)
    return AskMunicipality(intent=intent, confidence=confidence, among=cities, has_general=general is not None)


def elsewhere(entries: tuple[Entry, ...], confidence: float, reading: Understanding) -> Decision:
    """The question was about a city for which nothing is known: say so, and offer what is known of others."""
    city = reading.municipalities[0] if reading.municipalities else reading.other_cities[0]
    if city == NO_CITY:
        return AdmitNotKnowing()
    return Suggest(entries=tuple(entry.id for entry in entries[:SUGGESTIONS]), reason="other-city", confidence=confidence, city=city)
