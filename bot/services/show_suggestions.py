"""Say what could be meant, what is not known, or which city is needed: whenever there is no one sure answer."""

from dataclasses import replace

from bot.domain.answer_intent import NO_CITY
from bot.domain.conversations import ChoosingMunicipality
from bot.domain.decisions import AdmitNotKnowing, AskMunicipality, Suggest
from bot.domain.knowledge import MunicipalityId, Topic, in_language, order_by_city
from bot.domain.messages import Button, Reply, Status
from bot.domain.news import NEWS_TOPICS
from bot.services.offer_news import can_get_news
from bot.services.show_entry import contact_card, entry_button
from bot.services.turn import Outcome, Turn, outcome

TOPIC_ENTRIES = 12


def show_suggestions(decision: Suggest, turn: Turn) -> Outcome:
    """Up to three entries as buttons, with a sentence why."""
    buttons = [entry_button(turn.knowledge, entry, turn) for entry in decision.entries]
    report = [turn.button("report", "menu.report")] if decision.with_report else []
    text = (
        turn.say(f"suggest.{decision.reason}", city=city_name(decision.city, turn))
        if decision.city
        else turn.say(f"suggest.{decision.reason}")
    )
    reply = Reply(text=text, choices=(*report, *buttons, turn.button("menu", "suggest.none")))
    return replace(outcome(turn, Status.SUGGESTED, reply), confidence=decision.confidence)


def admit_not_knowing(decision: AdmitNotKnowing, turn: Turn) -> Outcome:
    """Plainly: this is not known here; and who may know."""
    if decision.city:
        reply = Reply(text=turn.say("unknown.city", city=decision.city), choices=tuple(city_buttons(turn)))
        return outcome(turn, Status.UNANSWERED, reply)
    key = "unknown.offline" if decision.offline else "unknown.near" if decision.near else "unknown.far"
    again = turn.conversation.unanswered > 0 and not decision.offline
    choices = (turn.button("menu", "menu.open"), turn.button("human", "menu.human"))
    reply = Reply(text=turn.say(key), choices=choices)
    counted = replace(turn, conversation=replace(turn.conversation, unanswered=turn.conversation.unanswered + 1))
    replies = (reply, Reply(text=turn.say("unknown.again"), choices=(turn.button("human", "menu.human"),))) if again else (reply,)
    return outcome(counted, Status.UNANSWERED, *replies)


def ask_municipality(decision: AskMunicipality, turn: Turn) -> Outcome:
    """Ask for the city with buttons; the question is kept and answered once the city is known."""
    cities = tuple(dict.fromkeys(city for city in decision.among if city in turn.knowledge.municipalities))
    buttons = [Button(label=city_name(city, turn), value=f"city:{city}") for city in cities]
    other = (
        [turn.button(f"city:{NO_CITY}", "city.other")] if decision.has_general or len(cities) < len(turn.knowledge.municipalities) else []
    )
    waiting = ChoosingMunicipality(intent=decision.intent, confidence=decision.confidence)
    reply = Reply(text=turn.say("city.ask"), choices=(*buttons, *other))
    return replace(outcome(turn, Status.SUGGESTED, reply, activity=waiting), confidence=decision.confidence)


def show_topic(topic: Topic, turn: Turn) -> Outcome:
    """What can be asked about one topic, for the person's city and everywhere; contacts are shown at once."""
    if topic is Topic.CONTACTS:
        return _show_contacts(turn)
    news = [turn.button("news", "menu.news")] if topic in NEWS_TOPICS and can_get_news(turn) else []
    city = turn.conversation.municipality
    report = [turn.button("report", "menu.report")] if topic is Topic.DISCRIMINATION else []
    buttons = city_buttons(turn) if topic is Topic.CITY_PAPERS and city is None else _entry_buttons(topic, turn)
    reply = Reply(text=turn.say(f"topic.{topic.value}"), choices=(*report, *buttons, *news, turn.button("menu", "menu.open")))
    return outcome(turn, Status.MENU, reply)


def _entry_buttons(topic: Topic, turn: Turn) -> list[Button]:
    """The entries of a topic, those for the public first; without a city, those of every city."""
    city = turn.conversation.municipality
    about = sorted(
        (entry for entry in turn.knowledge.entries.values() if entry.topic is topic), key=lambda entry: entry.audience == "staff"
    )
    mine = [entry for entry in order_by_city(about, city) if city is None or entry.municipality in (city, None)]
    return [entry_button(turn.knowledge, entry.id, turn) for entry in (mine or about)[:TOPIC_ENTRIES]]


def city_buttons(turn: Turn, *, without: MunicipalityId | None = None) -> list[Button]:
    """The covered cities, in the person's language."""
    return [Button(label=city_name(city, turn), value=f"city:{city}") for city in turn.knowledge.municipalities if city != without]


def _show_contacts(turn: Turn) -> Outcome:
    city = turn.conversation.municipality
    shown = [contact for contact in turn.knowledge.contacts.values() if contact.municipality in (city, None)]
    cards = [contact_card(contact, turn) for contact in sorted(shown, key=lambda contact: contact.municipality is None)]
    reply = Reply(text="\n\n".join([turn.say("topic.contacts"), *cards]), choices=tuple(city_buttons(turn, without=city)))
    return outcome(turn, Status.MENU, reply)


def city_name(city: str, turn: Turn) -> str:
    """A covered city's name in the person's language; any other city's as it is."""
    known = turn.knowledge.municipalities.get(MunicipalityId(city))
    return in_language(known.name, turn.language)[0] if known else city
