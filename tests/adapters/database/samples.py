"""Things to store, and raw access to what lies in the tables."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from bot.adapters.database.engine import open_engine
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.cases import Case, CaseNumber, CaseStatus, Consent, Deadline, Statement
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.messages import Button, Channel, ConversationId, IncomingMessage, Reply, Text
from bot.domain.report_form import Incident
from bot.services.ports import OutgoingMessage

NOW = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
GERMAN = Language("de")
CHAT = ConversationId("c" * 64)
NUMBER = CaseNumber("K7Q2-9XRA")
ODD_TEXT = "Wörter كلمات \x00 and a lone surrogate \ud83d, \u2066bidi\u2069, 🎈"


def make_message(number: int, *, chat: str = CHAT, words: str = ODD_TEXT, source: str = "telegram:1") -> IncomingMessage:
    """A message as Telegram would bring it."""
    return IncomingMessage(
        channel=Channel.TELEGRAM,
        source=source,
        message_id=str(number),
        conversation=ConversationId(chat),
        content=Text(text=words),
        received_at=NOW,
        address="4711",
        language_hint=GERMAN,
    )


def make_outgoing(words: str, *, chat: str = CHAT, address: str = "4711", channel: Channel = Channel.TELEGRAM) -> OutgoingMessage:
    """A reply with a button."""
    reply = Reply(text=words, choices=(Button(label="Menü", value="menu"),), source="AGG § 21")
    return OutgoingMessage(channel=channel, conversation=ConversationId(chat), address=address, language=GERMAN, reply=reply)


def make_case(number: CaseNumber = NUMBER) -> Case:
    """A report with everything filled in."""
    return Case(
        number=number,
        status=CaseStatus.NEW,
        municipality=MunicipalityId("halle"),
        channel=Channel.WEB,
        language=Language("ar"),
        filed_at=NOW,
        incident=Incident(since=date(2026, 10, 12), until=date(2026, 10, 12), precision="day", words="am zwölften Oktober"),
        area="housing",
        area_detail="search",
        grounds=("agg.ethnic-origin", "beyond.language"),
        form="access-refused",
        wish="advice",
        frame="agg-civil",
        deadlines=(Deadline(rule="agg.claim", due=date(2026, 12, 12)),),
        acknowledge_by=NOW,
        feedback_by=NOW,
        consent=Consent(version="2026-11", language=Language("ar"), given_at=NOW),
        statement=Statement(story=ODD_TEXT, place="in der Hausverwaltung", when="am zwölften Oktober", notes={"area": "Vermietung"}),
        contact="nach 18 Uhr anrufen \ud83d",
        reply_address="4711",
    )


def make_entry(event: CaseEvent = CaseEvent.OPENED, **details: str) -> LogEntry:
    """A log entry."""
    return LogEntry(case=NUMBER, event=event, actor="person", at=NOW, details=details)


async def run_raw(url: str, statement: str, **values: object) -> list[Any]:
    """Run a statement past the adapter, as somebody with access to the database would."""
    engine = open_engine(url)
    try:
        async with engine.begin() as connection:
            result = await connection.execute(text(statement), values)
            return list(result.all()) if result.returns_rows else []
    finally:
        await engine.dispose()
