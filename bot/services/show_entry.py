"""Show one curated entry: the answer, its contacts, its source with date, and where to go next."""

from dataclasses import replace

from bot.domain.decisions import GiveAnswer
from bot.domain.knowledge import Contact, Entry, KnowledgeBase, OpeningHours, Programme, Topic, in_language
from bot.domain.languages import is_right_to_left
from bot.domain.messages import Button, Reply, Status
from bot.services.cite_source import cite_source
from bot.services.turn import Outcome, Turn, outcome

RELATED = 3
DAY_AND_NIGHT = OpeningHours(days=("mo", "tu", "we", "th", "fr", "sa", "su"), opens="00:00", closes="24:00")


def show_entry(decision: GiveAnswer, turn: Turn) -> Outcome:
    """The entry in the person's language, or one sentence in it and then the English or German text."""
    entry = turn.knowledge.entries[decision.entry]
    answer, language = in_language(entry.answers, turn.language)
    parts = [answer if language == turn.language else f"{turn.say('answer.other-language')}\n\n{answer}"]
    parts += [contact_card(turn.knowledge.contacts[contact], turn) for contact in entry.contacts]
    if turn.now.date() > entry.review_after:
        parts.append(turn.say("answer.overdue", checked_on=entry.checked_on))
    reply = Reply(text="\n\n".join(part.strip() for part in parts), choices=next_steps(entry, turn), source=cite(entry, turn))
    conversation = replace(
        turn.conversation, last_entry=entry.id, unanswered=0, municipality=decision.municipality or turn.conversation.municipality
    )
    shown = outcome(replace(turn, conversation=conversation), Status.ANSWERED, reply)
    return replace(shown, entry=entry.id, confidence=decision.confidence)


def next_steps(entry: Entry, turn: Turn) -> tuple[Button, ...]:
    """Buttons under an answer: for discrimination the way to report, its programmes, related entries, and whether it helped."""
    programmes = [Button(label=turn.knowledge.programmes[key].name, value=f"programme:{key}") for key in entry.programmes]
    related = [entry_button(turn.knowledge, key, turn) for key in entry.related[:RELATED] if key in turn.knowledge.entries]
    report = [turn.button("report", "menu.report")] if entry.topic is Topic.DISCRIMINATION else []
    feedback = (turn.button(f"helped:{entry.id}", "answer.helped"), turn.button(f"unhelpful:{entry.id}", "answer.unhelpful"))
    return (*report, *programmes, *related, *feedback)


def entry_button(knowledge: KnowledgeBase, entry: str, turn: Turn) -> Button:
    """A button that shows an entry, labelled with its title and its city."""
    found = knowledge.entries[entry]  # type: ignore[index]
    return Button(label=in_language(found.title, turn.language)[0], value=f"entry:{entry}")


def cite(entry: Entry | Programme, turn: Turn) -> str:
    """Where the facts come from, each paper or law once with its sections, and as of when."""
    return cite_source(entry, turn.knowledge, turn.language, turn.ports.wording)


def contact_card(contact: Contact, turn: Turn) -> str:
    """An office with everything the source gives, one line each; nothing is made up for what it does not give."""
    lines = [f"**{contact.office}**", in_language(contact.role, turn.language)[0]]
    lines += [
        turn.say(f"contact.{name}", value=getattr(contact, name))
        for name in ("address", "phone", "email", "website")
        if getattr(contact, name)
    ]
    for hours in contact.hours:
        if hours == DAY_AND_NIGHT:
            lines.append(turn.say("contact.always-open"))
            continue
        days = ("، " if is_right_to_left(turn.language) else ", ").join(turn.say(f"day.{day}") for day in hours.days)
        lines.append(turn.say("contact.hours", days=days, opens=hours.opens, closes=hours.closes))
    if contact.by_appointment:
        lines.append(turn.say("contact.by-appointment"))
    return "\n".join(f"- {line}" if number else line for number, line in enumerate(lines))
