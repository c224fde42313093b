"""Invented cases in bulk for the benchmark of the desk, sealed and logged as real ones are."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.adapters.database.case_rows import place, seal_text, to_clear_values, to_sealed_values
from bot.adapters.database.case_tables import CaseLogHeadRow, CaseLogRow, CaseMessageRow, CaseRow
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.transaction import Transaction
from bot.domain.case_codes import AREAS, CLOSE_REASONS, FORMS, GROUNDS, NOT_STATED, WISHES
from bot.domain.case_log import FIRST_HASH, CaseEvent, ChainedEntry, chain
from bot.domain.cases import Case, CaseChannel, CaseNumber, CaseStatus, log_of, open_case
from bot.domain.knowledge import MunicipalityId
from bot.domain.receipts import make_receipt
from bot.domain.report_form import Draft, Incident
from tests.fakes.world import MORNING, TWELVE, real_knowledge

CITIES = tuple(map(MunicipalityId, ("halle", "magdeburg", "dresden", "wiesbaden")))
STORY = "Diese Geschichte ist erfunden; sie ist so lang, wie die meisten sind. " * 8
OPEN_SHARE = 0.1
YEARS = 5
BATCH = 1000

Row = dict[str, Any]


async def fill(engine: AsyncEngine, cipher: MasterCipher, number: int, staff: Sequence[str]) -> None:
    """Store so many cases: one in ten is open, one in ten has an answer by the person, and what staff did is in the log."""
    position, last_hash = 0, FIRST_HASH
    source = make_cases(number, staff)
    while cases := list(islice(source, BATCH)):
        entries = []
        for case in cases:
            for event, actor in [(CaseEvent.OPENED, "person")] + ([(CaseEvent.ASSIGNED, case.assignee)] if case.assignee else []):
                stored = chain(last_hash, position + 1, log_of(case, event, actor=actor, at=case.filed_at))
                position, last_hash = stored.position, stored.hash
                entries.append(to_log_row(stored))
        rows = [to_row(case, cipher) for case in cases]
        transaction = Transaction(engine, asyncio.Lock())
        await transaction.write(insert(CaseRow), rows)
        await transaction.write(insert(CaseMessageRow), [to_message_row(row, cipher) for row in rows[::10]])
        await transaction.write(insert(CaseLogRow), entries)
        await transaction.write(update(CaseLogHeadRow).values(position=position, hash=last_hash))
        await transaction.commit()
        await transaction.end()


def make_cases(number: int, staff: Sequence[str]) -> Iterator[Case]:
    """The same cases in every run, filed over some years."""
    dice, rules = random.Random(1), real_knowledge().deadlines
    for _ in range(number):
        filed_at = MORNING - timedelta(minutes=dice.randrange(YEARS * 365 * 24 * 60))
        area = dice.choice(tuple(AREAS))
        draft = Draft(
            consent=("2026-11", dice.choice(TWELVE), filed_at),
            story=STORY,
            incident=Incident(since=filed_at.date() - timedelta(days=dice.randrange(60)), precision="day"),
            municipality=dice.choices((*CITIES, None), (50, 25, 15, 8, 2))[0],
            area=area,
            area_detail=dice.choice((*AREAS[area], NOT_STATED)),
            grounds=tuple(dice.sample(GROUNDS[:-1], dice.choice((1, 1, 2, 3)))),
            form=dice.choice(FORMS),
            wish=dice.choice(WISHES),
            contact="nach 18 Uhr",
        )
        code = make_receipt(dice.randbytes(10))
        case, _ = open_case(
            draft,
            number=CaseNumber(f"W-{code[8:12]}-{code[12:]}"),
            channel=dice.choice(tuple(CaseChannel)),
            language=dice.choice(TWELVE),
            now=filed_at,
            rules=rules,
            reply_address=None,
        )
        yield work_on(case, dice, staff)


def work_on(case: Case, dice: random.Random, staff: Sequence[str]) -> Case:
    """What has become of a case: nine in ten are closed, some open ones are new and nobody's."""
    if dice.random() > OPEN_SHARE:
        at = case.filed_at + timedelta(days=dice.randrange(1, 200))
        done = {"acknowledged_at": at, "feedback_given_at": at, "touched_at": at, "closed_at": at}
        return replace(case, status=CaseStatus.CLOSED, closed_reason=dice.choice(CLOSE_REASONS), assignee=dice.choice(staff), **done)
    status = dice.choice([status for status in CaseStatus if status is not CaseStatus.CLOSED])
    if status is CaseStatus.NEW:
        return case
    at = MORNING - timedelta(days=dice.randrange(40))
    return replace(case, status=status, acknowledged_at=at, feedback_given_at=at, touched_at=at, assignee=dice.choice((*staff, None)))


def to_row(case: Case, cipher: MasterCipher) -> Row:
    """All columns of a case."""
    return {
        "number": case.number,
        "receipt_hash": case.number,
        "conversation": None,
        **to_clear_values(case),
        **to_sealed_values(case, cipher),
    }


def to_message_row(row: Row, cipher: MasterCipher) -> Row:
    """Something the person added."""
    reference, own = f"message-{row['number']}", cipher.under(row["key"], place("cases.key", row["number"]))
    values = {"case_number": row["number"], "reference": reference, "author": "person", "staff": None, "language": row["language"]}
    sealed = seal_text(own, STORY, place("case_messages.text", reference))
    return {**values, "written_at": row["filed_at"] + timedelta(days=3), "text": sealed, "german": None}


def to_log_row(stored: ChainedEntry) -> Row:
    """A log entry."""
    entry = stored.entry
    values = {"position": stored.position, "previous_hash": stored.previous_hash, "hash": stored.hash, "details": dict(entry.details)}
    return {**values, "case_number": entry.case, "event": entry.event.value, "actor": entry.actor, "at": entry.at}
