"""Show the card of a contact as people will see it, before anything is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.contact_rules import find_hours_faults, to_office_hours
from bot.domain.conversations import Conversation
from bot.domain.knowledge import Contact
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId, IncomingMessage, Reply, Text
from bot.domain.office_hours import is_office_open, next_opening
from bot.domain.previews import Line
from bot.domain.understanding import Understanding
from bot.services.desk.ports import DeskPorts
from bot.services.show_entry import contact_card
from bot.services.stored_knowledge import KnowledgeItem
from bot.services.turn import Turn


@dataclass(frozen=True, kw_only=True)
class ContactPreview:
    """The card, and whether somebody is there right now; None where the contact gives no hours."""

    lines: tuple[Line, ...]
    is_open: bool | None
    opens_at: datetime | None


def preview_contact(content: Mapping[str, Any], language: Language, ports: DeskPorts) -> ContactPreview | None:
    """The card in a language; None where the contact cannot be read yet."""
    try:
        contact = _read(content, ports)
        reply = Reply(text=contact_card(contact, _make_turn(language, ports)))
        lines = ports.knowledge.to_web_chat(reply, language)
    except (ValueError, KeyError, TypeError):
        return None
    if not contact.hours or any(find_hours_faults(content["hours"])):
        return ContactPreview(lines=lines, is_open=None, opens_at=None)
    hours, now = to_office_hours([(row.days, row.opens, row.closes) for row in contact.hours]), ports.bot.now()
    is_open = is_office_open(hours, now)
    return ContactPreview(lines=lines, is_open=is_open, opens_at=None if is_open else next_opening(hours, now))


def _read(content: Mapping[str, Any], ports: DeskPorts) -> Contact:
    shown = {**content, "state": "published"}
    item = KnowledgeItem(kind="contact", id=str(content["id"]), content=shown, imported_hash="", content_hash="")
    return next(iter(ports.knowledge.build([item]).contacts.values()))


def _make_turn(language: Language, ports: DeskPorts) -> Turn:
    nobody, now = ConversationId("nobody"), ports.bot.now()
    message = IncomingMessage(
        channel=Channel.WEB, source="desk", message_id="preview", conversation=nobody, content=Text(text=""), received_at=now
    )
    conversation = Conversation(id=nobody, channel=Channel.WEB)
    return Turn(
        ports=ports.bot,
        message=message,
        conversation=conversation,
        language=language,
        reading=Understanding(),
        now=now,
        knowledge=ports.bot.published.knowledge,
    )
