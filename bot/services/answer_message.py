"""Answer one message: read it, decide, act, and store everything in one transaction before anything is acknowledged."""

from dataclasses import replace
from datetime import datetime

from bot.domain.bidi import isolate_latin
from bot.domain.conversations import PAUSE_AFTER, Conversation, GivingReceipt
from bot.domain.decide import decide
from bot.domain.errors import ConflictError, NotAvailableError
from bot.domain.languages import choose_language, is_right_to_left
from bot.domain.messages import Answer, IncomingMessage, Text
from bot.domain.receipts import looks_like_code, read_receipt, without_receipt
from bot.domain.understanding import Understanding
from bot.services.carry_out import carry_out
from bot.services.count_usage import count_usage
from bot.services.leave_human import leave_ended_handover
from bot.services.ports import OutgoingMessage, Ports, Ticket, UnitOfWork
from bot.services.read_situation import read_situation
from bot.services.turn import Outcome, Turn

TRIES = 3


async def answer_message(message: IncomingMessage, ports: Ports, ticket: Ticket | None = None) -> Answer:
    """The answer to a message, stored with everything it changed. Asked again with the same message, it says the same again.

    With a `ticket` (Telegram) the replies go to the outbox; without, the caller carries them (web chat).
    Raises ConflictError when other writers got in the way three times, or when the ticket was lost to another worker.
    """
    for _ in range(TRIES - 1):
        try:
            return await _answer_once(message, ports, ticket)
        except ConflictError:
            continue
    return await _answer_once(message, ports, ticket)


async def _answer_once(message: IncomingMessage, ports: Ports, ticket: Ticket | None) -> Answer:
    now = ports.now()
    async with ports.unit_of_work() as work:
        if ticket is None and (given := await work.inbox.find_answer(message)):
            return given
        stored = await work.conversations.find(message.conversation)
        stored = stored and await leave_ended_handover(stored, work)
    conversation = pause_stale_report(stored or Conversation(id=message.conversation, channel=message.channel), now)
    reading, offline = await read_message(message, ports)
    turn = speak_in_their_language(message, conversation, reading, ports, now)
    decision = decide(message.content, await read_situation(turn, offline=offline))
    async with ports.unit_of_work() as work:
        outcome = await carry_out(decision, turn, work)
        answer = _to_answer(turn, outcome)
        await _store(turn, outcome, answer, ticket, work)
        await work.commit()
    count_usage(decision, turn, outcome)
    return answer


async def read_message(message: IncomingMessage, ports: Ports) -> tuple[Understanding, bool]:
    """What the text means beside a receipt code, and whether only the offline reader could tell."""
    text = without_receipt(message.content.text) if isinstance(message.content, Text) else ""
    if not text:
        return Understanding(), False
    try:
        return await ports.understander.understand(text), False
    except NotAvailableError:
        return ports.offline_reader.read(text), True


def pause_stale_report(conversation: Conversation, now: datetime) -> Conversation:
    """A form that nobody touched for hours waits: the next text is not taken for an answer to it."""
    untouched = conversation.updated_at and now - conversation.updated_at > PAUSE_AFTER
    if conversation.report and untouched:
        return replace(conversation, report=replace(conversation.report, paused=True))
    return conversation


def speak_in_their_language(
    message: IncomingMessage, conversation: Conversation, reading: Understanding, ports: Ports, now: datetime
) -> Turn:
    """The turn in the language it will be answered in. Within the form and with a human, another language changes nothing."""
    text = message.content.text if isinstance(message.content, Text) else ""
    tells_language = text and not conversation.is_in_form() and not conversation.handover and not _is_code(text, conversation)
    guess = ports.language_identifier.identify(text) if tells_language else None
    chosen = message.language_choice or (conversation.language if conversation.language_is_chosen else None)
    language = choose_language(chosen=chosen, guess=guess, current=conversation.language, hint=message.language_hint)
    spoken = replace(
        conversation, language=language, language_is_chosen=conversation.language_is_chosen or message.language_choice is not None
    )
    former = conversation.language if tells_language and not chosen and conversation.language != language else None
    return Turn(
        ports=ports,
        message=message,
        conversation=spoken,
        language=language,
        reading=reading,
        now=now,
        knowledge=ports.published.knowledge_for(reading.model),
        former_language=former,
    )


def _is_code(text: str, conversation: Conversation) -> bool:
    """Whether a text is a receipt code, or an attempt at one: its groups are no words of any language."""
    return read_receipt(text) is not None or (isinstance(conversation.activity, GivingReceipt) and looks_like_code(text))


def _to_answer(turn: Turn, outcome: Outcome) -> Answer:
    language = outcome.conversation.language or turn.language
    replies = outcome.replies
    if is_right_to_left(language):
        replies = tuple(replace(reply, text=isolate_latin(reply.text)) for reply in replies)
    return Answer(language=language, status=outcome.status, replies=replies, entry=outcome.entry, confidence=outcome.confidence)


async def _store(turn: Turn, outcome: Outcome, answer: Answer, ticket: Ticket | None, work: UnitOfWork) -> None:
    """Keep the chat, and the answer: beside its message (web chat), or in the outbox (Telegram)."""
    message, now = turn.message, turn.now
    if not outcome.forgotten:
        await work.conversations.save(replace(outcome.conversation, updated_at=now))
    if ticket is None:
        if not outcome.forgotten:
            await work.inbox.record_answered(message, answer, now)
        return
    await work.inbox.finish(ticket, now)
    for number, reply in enumerate(answer.replies):
        parcel = OutgoingMessage(
            channel=message.channel,
            conversation=message.conversation,
            address=message.address or "",
            language=answer.language,
            reply=reply,
            callback=message.callback if number == 0 else None,
        )
        await work.outbox.add(parcel, now)
