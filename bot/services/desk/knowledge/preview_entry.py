"""Show an entry that nobody has accepted yet as people would get it in Telegram and in the web chat."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.bidi import isolate_latin
from bot.domain.conversations import Conversation
from bot.domain.decisions import GiveAnswer
from bot.domain.errors import NotAvailableError
from bot.domain.knowledge import KnowledgeBase, Topic
from bot.domain.languages import Language, is_right_to_left
from bot.domain.messages import Button, Channel, Choice, ConversationId, IncomingMessage, Reply
from bot.domain.previews import Line
from bot.domain.read_day import read_day
from bot.domain.understanding import Understanding
from bot.services.desk.ports import DeskPorts
from bot.services.show_entry import show_entry
from bot.services.stored_knowledge import KnowledgeItem
from bot.services.turn import Turn

REFERENCES = (("contacts", "contact"), ("programmes", "programme"))
NOBODY = ConversationId("nobody")


@dataclass(frozen=True, kw_only=True)
class EntryPreview:
    """An answer in one language, in both channels; empty where there is nothing to show in any language."""

    language: Language
    telegram: tuple[Line, ...]
    web_chat: tuple[Line, ...]
    choices: tuple[Button, ...]


async def preview_entry(content: Mapping[str, Any], languages: Sequence[Language], ports: DeskPorts) -> tuple[EntryPreview, ...]:
    """What the bot would show, made by the bot's own service; nothing is stored or counted."""
    knowledge = await _with_draft(content, ports)
    return tuple(_preview(str(content["id"]), language, knowledge, ports) for language in languages)


async def _with_draft(content: Mapping[str, Any], ports: DeskPorts) -> KnowledgeBase:
    """The published knowledge with the draft in it, and with what it refers to as that is accepted now."""
    wanted = [(kind, str(id_)) for field, kind in REFERENCES for id_ in content.get(field) or ()]
    wanted += [("source", str(place.get("id"))) for place in content.get("source") or () if isinstance(place, Mapping)]
    async with ports.bot.unit_of_work() as work:
        around = await work.knowledge_items.some(wanted) if wanted else []
    refers = ports.knowledge.build(around)
    filled = fill_gaps(content, refers, ports.bot.now().date())
    draft = KnowledgeItem(kind="entry", id=str(content["id"]), content=filled, imported_hash="", content_hash="")
    made = ports.knowledge.build([*around, draft])
    with suppress(NotAvailableError):
        made = replace(made, entries={**ports.bot.published.knowledge.entries, **made.entries})
    return made


def fill_gaps(content: Mapping[str, Any], refers: KnowledgeBase, today: date) -> dict[str, Any]:
    """The entry as far as it can be read: what is missing or wrong in its general fields does not keep anybody from seeing the text."""
    return {
        "id": content["id"],
        "topic": content.get("topic") if content.get("topic") in set(Topic) else Topic.ABOUT_THE_BOT.value,
        "municipality": content.get("municipality") or "none",
        "audience": "public",
        "title": dict(content.get("title") or {}),
        "questions": {},
        "answers": dict(content.get("answers") or {}),
        "facts": [],
        "source": [dict(place) for place in content.get("source") or () if place.get("id") in refers.sources],
        **{name: _day(content.get(name), today) for name in ("as_of", "checked_on", "review_after")},
        "contacts": [id_ for id_ in content.get("contacts") or () if id_ in refers.contacts],
        "programmes": [id_ for id_ in content.get("programmes") or () if id_ in refers.programmes],
        "related": list(content.get("related") or ()),
        "state": "published",
    }


def _day(value: object, today: date) -> str:
    return (read_day(value) or today).isoformat()


def _preview(id_: str, language: Language, knowledge: KnowledgeBase, ports: DeskPorts) -> EntryPreview:
    """One language. A draft that says nothing in any language shows nothing."""
    entry = next(entry for key, entry in knowledge.entries.items() if key == id_)
    if not any(entry.answers.values()):
        return EntryPreview(language=language, telegram=(), web_chat=(), choices=())
    tools = ports.knowledge
    telegram = _reply(entry.id, _turn(language, Channel.TELEGRAM, knowledge, ports))
    web_chat = _reply(entry.id, _turn(language, Channel.WEB, knowledge, ports))
    return EntryPreview(
        language=language,
        telegram=tools.to_telegram(telegram, language),
        web_chat=tools.to_web_chat(web_chat, language),
        choices=telegram.choices,
    )


def _reply(id_: Any, turn: Turn) -> Reply:  # noqa: ANN401
    (reply,) = show_entry(GiveAnswer(entry=id_, confidence=1.0), turn).replies
    return replace(reply, text=isolate_latin(reply.text)) if is_right_to_left(turn.language) else reply


def _turn(language: Language, channel: Channel, knowledge: KnowledgeBase, ports: DeskPorts) -> Turn:
    now = ports.bot.now()
    message = IncomingMessage(
        channel=channel, source="desk", message_id="preview", conversation=NOBODY, content=Choice(value="preview"), received_at=now
    )
    return Turn(
        ports=ports.bot,
        message=message,
        conversation=Conversation(id=NOBODY, channel=channel, language=language),
        language=language,
        reading=Understanding(),
        now=now,
        knowledge=knowledge,
    )
