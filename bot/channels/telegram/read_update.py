"""Turns a Telegram update into an IncomingMessage, leaving behind what we must not keep: names, user names, photos."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType, MessageType
from telegram.helpers import effective_message_type

from bot.channels.telegram.addresses import to_address
from bot.domain.languages import Language, match_language
from bot.domain.messages import (
    MESSAGE_CHARACTERS,
    Channel,
    Choice,
    Command,
    Content,
    ConversationId,
    IncomingMessage,
    Text,
    Unsupported,
    clean,
)

COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)
CONVERSATIONS = frozenset({ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP})
ANONYMOUS_ADMIN = 1087968824
"""@GroupAnonymousBot, in whose name Telegram shows people who administer a group anonymously."""
MEDIA = frozenset({
    MessageType.ANIMATION, MessageType.AUDIO, MessageType.CHECKLIST, MessageType.CONTACT, MessageType.DICE,
    MessageType.DOCUMENT, MessageType.GAME, MessageType.LIVE_PHOTO, MessageType.LOCATION, MessageType.PAID_MEDIA,
    MessageType.PHOTO, MessageType.POLL, MessageType.STICKER, MessageType.STORY, MessageType.VENUE, MessageType.VIDEO,
    MessageType.VIDEO_NOTE, MessageType.VOICE,
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What reading needs to know about us."""

    bot_id: int
    bot_name: str
    """The bot's user name, without @."""
    hash_chat: Callable[[int], ConversationId]
    spoken: frozenset[Language]

    @property
    def source(self) -> str:
        """Names the bot whose updates these are: update ids are only unique within one bot."""
        return f"telegram:{self.bot_id}"


def read_update(update: Update, reader: Reader, received_at: datetime) -> IncomingMessage | None:
    """What a person sent us, or None when the update is not meant for us or not from a person."""
    if update.callback_query:
        return read_press(update.update_id, update.callback_query, reader, received_at)
    message = update.message or update.edited_message
    if not message or not is_from_person(message) or message.chat.type not in CONVERSATIONS:
        return None
    content = read_content(message, reader, edited=update.edited_message is not None)
    if not content:
        return None
    return IncomingMessage(
        channel=Channel.TELEGRAM,
        source=reader.source,
        message_id=str(update.update_id),
        conversation=reader.hash_chat(message.chat.id),
        content=content,
        received_at=received_at,
        address=address_of(message),
        language_hint=hint_of(message.from_user, reader),
        in_group=is_group(message.chat),
    )


def read_press(update_id: int, query: CallbackQuery, reader: Reader, received_at: datetime) -> IncomingMessage | None:
    """A pressed button. Its message may be too old for Telegram to show it, but still names the chat."""
    if not query.message or query.message.chat.type not in CONVERSATIONS:
        return None
    return IncomingMessage(
        channel=Channel.TELEGRAM,
        source=reader.source,
        message_id=str(update_id),
        conversation=reader.hash_chat(query.message.chat.id),
        content=Choice(value=clean(query.data or "")),
        received_at=received_at,
        address=address_of(query.message),
        language_hint=hint_of(query.from_user, reader),
        in_group=is_group(query.message.chat),
        callback=f"{query.id}:{query.message.message_id}",
    )


def read_content(message: Message, reader: Reader, *, edited: bool) -> Content | None:
    """What the message says to us; None when it says nothing to us."""
    text = clean(message.text or message.caption or "")
    command = COMMAND.fullmatch(text) if message.text else None
    if is_group(message.chat):
        if not is_addressed_to_us(message, text, command, reader):
            return None
        text = remove_mention(text, reader.bot_name)
    if edited:
        # A location that moves and a message that got a link preview arrive as edits, too: only edited words count.
        return Unsupported(what="edited") if text else None
    if not text:
        return Command(name="help") if message.text else read_wordless(message)
    if len(text) > MESSAGE_CHARACTERS:
        return Unsupported(what="too-long")
    if command:
        return Command(name=command["name"].lower(), argument=(command["argument"] or "").strip())
    return Text(text=text)


def read_wordless(message: Message) -> Content | None:
    """A photo and the like, or something newer than our library; None for service messages such as "joined"."""
    kind = effective_message_type(message)
    is_media = kind is None or any(message[media] for media in MEDIA)
    return Unsupported(what="media") if is_media else None


def is_addressed_to_us(message: Message, text: str, command: re.Match[str] | None, reader: Reader) -> bool:
    """Whether a message in a group speaks to the bot: a command, a mention, or a reply to what it said."""
    if command:
        return (command["bot"] or reader.bot_name).lower() == reader.bot_name.lower()
    answered = message.reply_to_message
    answers_us = answered is not None and answered.from_user is not None and answered.from_user.id == reader.bot_id
    return answers_us or mention_of(reader.bot_name).search(text) is not None


def is_from_person(message: Message) -> bool:
    """Whether a human wrote it; answering other bots or channels would never end."""
    sender = message.from_user
    if not sender or message.is_automatic_forward:
        return False
    return not sender.is_bot or sender.id == ANONYMOUS_ADMIN


def mention_of(bot_name: str) -> re.Pattern[str]:
    """Finds "@name" with nothing of a name around it."""
    return re.compile(rf"(?<!\w)@{re.escape(bot_name)}(?!\w)", re.IGNORECASE)


def remove_mention(text: str, bot_name: str) -> str:
    """The text without our name, as it would have been typed in private."""
    return mention_of(bot_name).sub("", text).strip() if mention_of(bot_name).search(text) else text


def address_of(message: MaybeInaccessibleMessage) -> str:
    """The chat, or the topic within it, where the answer belongs."""
    topic_id = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return to_address(message.chat.id, topic_id)


def hint_of(user: User | None, reader: Reader) -> Language | None:
    """The language that the person's app is set to, if we speak it."""
    return match_language(user.language_code, reader.spoken) if user else None


def is_group(chat: Chat) -> bool:
    """Whether more than one person reads along."""
    return chat.type != ChatType.PRIVATE
