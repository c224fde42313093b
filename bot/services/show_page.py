"""Show what is always there: welcome, menu, help, languages, privacy, one's data."""

from dataclasses import replace

from bot.domain.conversations import Idle
from bot.domain.decisions import GiveAnswer
from bot.domain.messages import Button, Reply, Status
from bot.services.show_entry import contact_card, show_entry
from bot.services.show_suggestions import city_name
from bot.services.turn import Outcome, Turn, outcome

MENU = (
    ("topic:contacts", "menu.contacts"),
    ("topic:wir-funding", "menu.wir-funding"),
    ("topic:discrimination", "menu.discrimination"),
    ("report", "menu.report"),
    ("status", "menu.status"),
    ("topic:city-papers", "menu.city-papers"),
    ("human", "menu.human"),
    ("languages", "menu.languages"),
)


def show_page(page: str, turn: Turn) -> Outcome:
    """A page by the name of its words. Opening one ends whatever was pending, except a report, which waits."""
    special = {"languages": _show_languages, "human": _show_human, "my-data": _show_my_data, "forget": _ask_to_forget, "city": _show_city}
    shown = special[page](turn) if page in special else _show_plain(page, turn)
    return replace(shown, conversation=replace(shown.conversation, activity=Idle(), last_entry=None))


def _show_plain(page: str, turn: Turn) -> Outcome:
    links = (Button(label=turn.say("privacy.open"), url=f"{turn.ports.public_url}/{page}?language={turn.language}"),)
    choices = links if page in ("privacy", "imprint") and turn.ports.public_url else ()
    values = {"operator": turn.ports.operator or turn.say("my-data.nothing")} if page == "imprint" else {}
    return outcome(turn, Status.MENU, Reply(text=turn.say(f"page.{page}", **values), choices=choices or menu_buttons(turn)))


def menu_buttons(turn: Turn) -> tuple[Button, ...]:
    """The main menu."""
    return tuple(turn.button(value, key) for value, key in MENU)


def _show_languages(turn: Turn) -> Outcome:
    names = [(code, turn.ports.wording.say("language.name", code)) for code in turn.ports.wording.languages]
    return outcome(
        turn,
        Status.MENU,
        Reply(text=turn.say("page.languages"), choices=tuple(Button(label=name, value=f"language:{code}") for code, name in names)),
    )


def _show_human(turn: Turn) -> Outcome:
    city = turn.conversation.municipality
    contacts = [contact for contact in turn.knowledge.contacts.values() if contact.municipality in (city, None)]
    local_first = sorted(contacts, key=lambda contact: contact.municipality is None)
    text = "\n\n".join([turn.say("page.human"), *(contact_card(contact, turn) for contact in local_first)])
    return outcome(turn, Status.HANDOVER, Reply(text=text, choices=(turn.button("report", "menu.report"),)))


def _show_my_data(turn: Turn) -> Outcome:
    conversation = turn.conversation
    nothing = turn.say("my-data.nothing")
    lines = [
        turn.say("my-data.language", language=turn.say("language.name")),
        turn.say("my-data.city", city=city_name(conversation.municipality, turn) if conversation.municipality else nothing),
        turn.say("my-data.draft", text=conversation.report.draft.story or "…" if conversation.report else nothing),
        turn.say("my-data.question", text=(conversation.question.text if conversation.question else "") or nothing),
    ]
    text = "\n".join([turn.say("page.my-data"), *(f"- {line}" for line in lines), "", turn.say("my-data.cases")])
    return outcome(
        turn, Status.MENU, Reply(text=text, choices=(turn.button("status", "menu.status"), turn.button("forget", "forget.button")))
    )


def _ask_to_forget(turn: Turn) -> Outcome:
    choices = (turn.button("forget:yes", "forget.yes"), turn.button("menu", "forget.no"))
    return outcome(turn, Status.MENU, Reply(text=turn.say("page.forget"), choices=choices))


def _show_city(turn: Turn) -> Outcome:
    city = city_name(turn.conversation.municipality or "", turn)
    menu = Reply(text=turn.say("page.city", city=city), choices=menu_buttons(turn))
    local = [entry for entry in turn.knowledge.entries_for("city.contact") if entry.municipality == turn.conversation.municipality]
    if not local or turn.message.in_group:
        return outcome(turn, Status.MENU, menu)
    contact = show_entry(GiveAnswer(entry=local[0].id, confidence=None), turn)
    return outcome(turn, Status.MENU, Reply(text=contact.replies[0].text, source=contact.replies[0].source), menu)
