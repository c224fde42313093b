"""What the command line's commands do, beyond running the bot."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

from bot.assemble import KNOWLEDGE, open_database, open_house, read_checked_items, spoken_languages, write_knowledge
from bot.channels.web_chat.plain_text import to_plain_text
from bot.domain.errors import NotAllowedError
from bot.domain.languages import Language
from bot.domain.log_check import LogCheck
from bot.domain.messages import Answer, Channel, ConversationId, IncomingMessage, Text
from bot.logs import show_progress
from bot.services.answer_message import answer_message
from bot.services.desk.people.make_invitation import make_first_invitation, make_recovery_link
from bot.services.desk.records.read_erasures import read_erasures, read_journal, write_journal
from bot.services.desk.records.verify_log import verify_log
from bot.services.forget_person import forget_chat
from bot.services.import_knowledge import import_knowledge
from bot.services.ports import Ports
from bot.services.replay_erasures import replay_erasures
from bot.settings import Settings, write_address


async def ask(settings: Settings, question: str, language: str) -> None:
    """Start what is needed, answer one question, and print the answer."""
    with show_progress() as progress:
        async with open_house(settings, progress.tell) as house:
            answer = await answer_once(house.ports, question, language)
            progress.done(to_terminal(answer))


async def answer_once(ports: Ports, question: str, language: str) -> Answer:
    """The answer to a question out of any conversation; nothing of it stays stored."""
    message = IncomingMessage(
        channel=Channel.WEB,
        source="terminal",
        message_id=uuid.uuid4().hex,
        conversation=ConversationId(uuid.uuid4().hex),
        content=Text(text=question),
        received_at=ports.now(),
        language_choice=Language(language) if language else None,
    )
    answer = await answer_message(message, ports)
    async with ports.unit_of_work() as work:
        await forget_chat(message.conversation, work)
        await work.commit()
    return answer


def to_terminal(answer: Answer) -> str:
    """An answer as text: replies, sources, and choices in brackets."""
    lines = [answer.status.value + (f" · {answer.entry}" if answer.entry else "")]
    for reply in answer.replies:
        lines += [
            "",
            to_plain_text(reply.text),
            *([reply.source] if reply.source else []),
            *(f"[{button.label}]" for button in reply.choices),
        ]
    return "\n".join(lines)


async def check_log(settings: Settings) -> LogCheck:
    """Check the case log's chain from its first entry to its noted end."""
    async with open_database(settings) as (database, _):
        return await verify_log(database.unit_of_work)


async def make_desk_link(settings: Settings, email: str) -> str:
    """A one-time link into the desk, valid for 24 hours: for an address with an account, else for the first admin."""
    async with open_database(settings) as (database, cipher), database.unit_of_work() as work:
        now, member = datetime.now(UTC), await work.staff.find_by_email(email) if email else None
        if email and (member is None or member.disabled_at):
            raise NotAllowedError("There is no account in use with this address.")
        token = await (make_recovery_link(member, work, cipher, now) if member else make_first_invitation(work, cipher, now))
        if token is None:
            raise NotAllowedError("There is an admin already. Name the account that needs a new link: desk-link --email ADDRESS")
        await work.commit()
    return f"{settings.public_url or write_address(settings.host, settings.port)}/console/invitation/{token}"


async def list_erasures(settings: Settings) -> str:
    """The erasure journal of all cities, to be kept beside the backups."""
    async with open_database(settings) as (database, _):
        return write_journal(await read_erasures(None, database.unit_of_work))


async def replay_journal(settings: Settings, journal: Path) -> str:
    """Erase again what a journal names and a restored database holds; say what was done. Raises NotReadableError."""
    erasures = read_journal(journal.read_text(encoding="utf-8"))
    async with open_database(settings) as (database, _):
        done = await replay_erasures(erasures, database.unit_of_work, datetime.now(UTC))
    return f"{done.named} cases in the journal, {done.erased} of them had come back and were erased again."


async def rotate_keys(settings: Settings) -> int:
    """Seal everything with the newest key; how many values were moved."""
    async with open_database(settings) as (database, _):
        return await database.rotate_keys()


async def import_files(settings: Settings) -> str:
    """Import knowledge/ and say what was done."""
    files = read_checked_items(KNOWLEDGE, spoken_languages())
    async with open_database(settings) as (database, _):
        done = await import_knowledge(files, database.unit_of_work)
    kept = "".join(f"\nkept, because it was edited in the database: {key}" for key in done.kept)
    return f"{len(done.added)} added, {len(done.updated)} updated, {len(done.deleted)} deleted, {len(done.kept)} kept.{kept}"


async def export_files(settings: Settings, folder: Path) -> str:
    """Write the database's knowledge into a folder and say what was written."""
    async with open_database(settings) as (database, _), database.unit_of_work() as work:
        items = await work.knowledge_items.all()
    return f"{write_knowledge(items, folder)} files written to {folder}."
