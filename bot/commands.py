"""What the command line's commands do, beyond running the bot."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.knowledge_files.read_items import read_items
from bot.assemble.knowledge_files import read_checked_items, read_folder, spoken_languages, write_knowledge
from bot.assemble.open_database import open_database
from bot.assemble.open_house import open_house
from bot.channels.web_chat.plain_text import to_plain_text
from bot.domain.errors import KnowledgeError, NotAllowedError
from bot.domain.file_differences import FileDifference
from bot.domain.languages import Language
from bot.domain.log_check import LogCheck
from bot.domain.messages import Answer, Channel, ConversationId, IncomingMessage, Text
from bot.logs import show_progress
from bot.services.answer_message import answer_message
from bot.services.compare_files import ItemDifference, compare_files
from bot.services.desk.people.make_invitation import make_first_invitation, make_recovery_link
from bot.services.desk.records.read_erasures import read_erasures, read_journal, write_journal
from bot.services.desk.records.verify_log import verify_log
from bot.services.find_unknown_files import find_unknown_files
from bot.services.forget_person import forget_chat
from bot.services.import_knowledge import import_knowledge
from bot.services.ports import Ports
from bot.services.replay_erasures import replay_erasures
from bot.services.stored_knowledge import ItemKey
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


async def import_files(settings: Settings, folder: Path, take: Sequence[str]) -> str:
    """Import a folder and say what was done; `take` names, as kind/id, edited items that the files win over."""
    files = read_checked_items(folder, spoken_languages())
    chosen = [_item_key(name) for name in take]
    async with open_database(settings) as (database, _):
        try:
            done = await import_knowledge(files, database.unit_of_work, take=chosen)
        except LookupError as error:
            raise KnowledgeError(f"Nothing differs about {error.args[0]}, or it does not exist. Nothing was imported.") from error
    said = {"kept": "kept, because it was edited in the database, too", "taken": "taken from the files"}
    lines = [f"{words}: {key.replace(' ', '/', 1)}" for name, words in said.items() for key in getattr(done, name)]
    if done.kept:
        lines.append("To take the file's version of one of these: knowledge import --take KIND/ID (the other one stays in its history)")
    counts = ", ".join(f"{len(getattr(done, name))} {name}" for name in ("added", "updated", "deleted", "taken", "kept"))
    return "\n".join([f"{counts}.", *lines])


def _item_key(name: str) -> ItemKey:
    kind, slash, id_ = name.partition("/")
    if not slash or not id_:
        raise KnowledgeError(f"“{name}” is no item. Write its kind and id, for example entry/halle.contact")
    return kind, id_


async def export_files(settings: Settings, folder: Path, *, overwrite: bool) -> str:
    """Make a folder equal to the database's knowledge and say what was written. Raises KnowledgeError rather than lose an edit."""
    async with open_database(settings) as (database, _):
        unknown = [] if overwrite else await find_unknown_files(read_folder(folder), database.unit_of_work)
        if unknown:
            names = "\n".join("/".join(key) for key in unknown)
            raise KnowledgeError(
                f"These files hold something that the database has never seen. Import them first, or export with --overwrite:\n{names}"
            )
        async with database.unit_of_work() as work:
            items = await work.knowledge_items.all()
    written = write_knowledge(items, folder)
    gone = "".join(f"\nremoved, because the database has no such item: {name}" for name in written.removed)
    return f"{written.files} files written to {folder}.{gone}"


async def compare_folder(settings: Settings, folder: Path) -> list[str]:
    """What differs between a folder and the database, a line for each item, with the fields."""
    async with open_database(settings) as (database, _):
        differences = await compare_files(read_items(folder), database.unit_of_work)
    return [f"{DIFFERENCES[each.what]}: {each.kind}/{each.id}{_fields(each)}" for each in differences]


DIFFERENCES = {
    FileDifference.ADDED_IN_FILES: "only in the files",
    FileDifference.CHANGED_IN_FILES: "changed in the files",
    FileDifference.DELETED_IN_FILES: "deleted in the files",
    FileDifference.EDITED: "edited in the database",
    FileDifference.CREATED: "only in the database",
    FileDifference.BOTH: "changed on both sides",
    FileDifference.EDITED_AND_DELETED_IN_FILES: "edited in the database, deleted in the files",
}


def _fields(difference: ItemDifference) -> str:
    if difference.file is None or difference.item is None:
        return ""
    return " · " + ", ".join(".".join(map(str, change.path)) for change in difference.changes)
