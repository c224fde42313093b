"""Carries replies into Telegram chats."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.channels.telegram.addresses import read_address
from bot.channels.telegram.keyboard import to_keyboard
from bot.channels.telegram.message_parts import Part, to_parts
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.persistence import seconds_of
from bot.domain.errors import NotAvailableError, RetryLaterError, UnreachableError, WegweiserError
from bot.services.ports import OutgoingMessage

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
GONE = (
    "chat not found", "user not found", "peer_id_invalid", "group chat was deactivated", "chat_write_forbidden",
    "have no rights to send", "not enough rights", "message thread not found", "topic_closed", "topic_deleted",
)  # fmt: skip


class TelegramSender:
    """A ports.Sender for one bot."""

    def __init__(self, bot: Bot, pace: Pace | None = None) -> None:
        """Send through `bot`, no faster than `pace`."""
        self.bot = bot
        self.pace = pace or Pace()
        self.parts_sent: dict[OutgoingMessage, int] = {}
        """How far a long reply got before Telegram made us wait, so that its beginning is not said twice."""

    async def send(self, message: OutgoingMessage) -> None:
        """Deliver one reply. Raises RetryLaterError, UnreachableError, NotAvailableError; ValueError for our own faults."""
        parts = to_parts(message.reply, message.language)
        keyboard = to_keyboard(message.reply.choices, message.language)
        with our_errors():
            await self.stop_spinner(message)
            for number in range(self.parts_sent.get(message, 0), len(parts)):
                is_last = number == len(parts) - 1
                await self.place(message, parts[number], keyboard if is_last else None, is_first=number == 0)
                self.parts_sent[message] = number + 1
        self.parts_sent.pop(message, None)

    async def stop_spinner(self, message: OutgoingMessage) -> None:
        """Tell Telegram that the pressed button was heard. It may have given up waiting; that does not matter."""
        if not message.callback:
            return
        query_id, _, _ = message.callback.rpartition(":")
        try:
            await self.bot.answer_callback_query(query_id)
        except BadRequest:
            return

    async def place(self, message: OutgoingMessage, part: Part, keyboard: InlineKeyboardMarkup | None, *, is_first: bool) -> None:
        """Put one part where it belongs: over the message whose button was pressed, or below everything."""
        chat_id, topic_id = read_address(message.address)
        await self.pace.wait_for_turn(chat_id)
        text, entities = part
        if is_first and message.reply.replaces and message.callback and await self.replace(message, part, keyboard):
            return
        await self.bot.send_message(
            chat_id,
            text,
            entities=entities,
            reply_markup=keyboard,
            link_preview_options=NO_PREVIEW,
            message_thread_id=topic_id,
        )

    async def replace(self, message: OutgoingMessage, part: Part, keyboard: InlineKeyboardMarkup | None) -> bool:
        """Edit the message whose button was pressed; False when Telegram does not let us."""
        chat_id, _ = read_address(message.address)
        _, _, message_id = (message.callback or "").rpartition(":")
        text, entities = part
        try:
            await self.bot.edit_message_text(
                text,
                chat_id,
                int(message_id),
                entities=entities,
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True


@contextmanager
def our_errors() -> Iterator[None]:
    """Say Telegram's errors in our words. Their texts are Telegram's own and never hold what we sent."""
    try:
        yield
    except RetryAfter as error:
        raise RetryLaterError(seconds_of(error)) from error
    except (Forbidden, ChatMigrated) as error:
        raise UnreachableError(error.message) from error
    except BadRequest as error:
        if any(sign in error.message.lower() for sign in GONE):
            raise UnreachableError(error.message) from error
        raise WegweiserError(f"Telegram refused a message: {error.message}") from error
    except (InvalidToken, NetworkError) as error:
        raise NotAvailableError("Telegram does not answer.") from error
