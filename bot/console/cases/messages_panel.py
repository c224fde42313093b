"""What was written between office and person, and the forms for the next message: what the page shows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.console.labels import language_name, staff_name
from bot.console.visit import Visit
from bot.domain.case_messages import FREE, TEMPLATES, find_way, is_german
from bot.domain.cases import Case, CaseMessage
from bot.domain.staff import Permission, StaffMember
from bot.services.ports import UnitOfWork

SHOWN = 4
"""So many of the newest messages are in plain sight."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of the thread."""

    from_office: bool
    who: str
    at: datetime
    text: str
    language: str
    spoken: str
    """The language's name; empty for German."""
    german: str


@dataclass(frozen=True, kw_only=True)
class WriteForm:
    """What the forms for a message begin with: empty, or what somebody typed before."""

    template: str = ""
    german: str = ""
    translated: str = ""
    only_german: bool = False
    error: str = ""
    """Which field is wrong: german, translated or template."""


@dataclass(frozen=True, kw_only=True)
class MessagesPanel:
    """The thread and everything that the forms need."""

    earlier: list[Said]
    latest: list[Said]
    way: str
    may_write: bool
    templates: list[tuple[str, str]]
    reads_german: bool
    spoken: str
    form: WriteForm


async def show_messages(visit: Visit, work: UnitOfWork, case: Case) -> dict[str, object]:
    """The panel with empty forms."""
    return {"messages_panel": await tell_messages(visit, work, case, WriteForm())}


async def tell_messages(visit: Visit, work: UnitOfWork, case: Case, form: WriteForm) -> MessagesPanel:
    """The thread, with forms filled as given."""
    thread = list(tell_thread(visit, await work.cases.messages(case.number), await work.staff.all()))
    return MessagesPanel(
        earlier=thread[:-SHOWN],
        latest=thread[-SHOWN:],
        way=find_way(case, await work.cases.chat_of(case.number)).value,
        may_write=visit.member.may(Permission.WORK_ON_CASES),
        templates=[(name, visit.said(f"work.template.{name}")) for name in TEMPLATES],
        reads_german=is_german(case.language),
        spoken=language_name(visit, case.language),
        form=form,
    )


def tell_thread(visit: Visit, messages: Iterable[CaseMessage], members: list[StaffMember]) -> Iterable[Said]:
    """Every message with who wrote it, oldest first."""
    for message in messages:
        from_office = message.author == "office"
        yield Said(
            from_office=from_office,
            who=staff_name(visit, message.staff if from_office else "person", members),
            at=message.written_at,
            text=message.text,
            language=message.language,
            spoken="" if is_german(message.language) else language_name(visit, message.language),
            german=message.german,
        )


def read_form(visit: Visit) -> WriteForm:
    """What was posted."""
    template = visit.field("template") or FREE
    return WriteForm(
        template=template,
        german=visit.field("german", characters=20_000),
        translated="" if visit.field("only_german") else visit.field("translated", characters=20_000),
        only_german=bool(visit.field("only_german")),
    )
