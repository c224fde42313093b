"""The same data to be read by the person: codes in their language, headings in theirs or in German and English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from bot.console.labels import SAME_LIST, city_name, label
from bot.console.pages import to_local
from bot.console.records.personal_data import who
from bot.console.visit import Visit
from bot.domain.bidi import FIRST_STRONG_ISOLATE, POP_ISOLATE
from bot.domain.case_codes import NOT_STATED, OTHER
from bot.domain.case_log import LogEntry
from bot.domain.case_records import CaseRecord
from bot.domain.cases import Case
from bot.domain.knowledge import in_language
from bot.domain.languages import ENGLISH, GERMAN, Language, is_right_to_left, match_language, without_variety
from bot.services.desk.cases.read_case import CaseFile

CODES = ("kind", "reporter", "area", "form", "wish", "gender", "age_band", "evidence", "witnesses", "body", "own_administration",
         "frame", "outcome")  # fmt: skip


BOT_LISTS = ("area", "form", "ground", "wish")
"""Lists from which people choose themselves, so that the bot has words for them in every language."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line: what it is, and what is stored."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads the letter: their language, those of the headings, and a visit as if they had made it."""

    language: Language
    headings: tuple[Language, ...]
    visit: Visit

    def words(self, key: str, **values: object) -> str:
        """The desk's words, in one language or two."""
        wording = self.visit.ports.wording
        return " · ".join(wording.say_plain(key, language, **values) for language in self.headings)

    def bot_says(self, key: str) -> str:
        """The bot's words, in the person's language."""
        return self.visit.ports.bot.wording.say_plain(key, self.language)

    def code(self, list_name: str, code: str) -> str:
        """What a code means, in the person's language where people choose it themselves."""
        name = list_name.replace("_", "-")
        name = SAME_LIST.get(name, name)
        if code in (OTHER, NOT_STATED) or name == "language":
            return label(self.visit, name, code)
        return self.bot_says(f"code.{name}.{code}") if name in BOT_LISTS else self.words(f"code.{name}.{code}")

    def day(self, value: date | datetime | None) -> str:
        """A day in German time, as the person's language writes it."""
        if value is None:
            return ""
        try:
            locale = Locale.parse(self.visit.language)
        except (UnknownLocaleError, ValueError):
            locale = Locale.parse(GERMAN)
        written = format_date(to_local(value), "long", locale=locale)
        return f"{FIRST_STRONG_ISOLATE}{written}{POP_ISOLATE}" if is_right_to_left(self.language) else written


def meet_reader(visit: Visit, language: Language) -> Reader:
    """The person whom a case is about."""
    own = match_language(language, frozenset(visit.ports.languages))
    return Reader(
        language=language,
        headings=(own,) if own else (GERMAN, ENGLISH),
        visit=replace(visit, language=without_variety(language)),
    )


def tell_letter(visit: Visit, file: CaseFile, names: Mapping[str, str]) -> dict[str, object]:
    """What the template shows."""
    case, reader = file.case, meet_reader(visit, file.case.language)
    return {
        "case": case,
        "lang": reader.headings[0],
        "tell": reader.words,
        "on": reader.day,
        "statement": list(tell_statement(reader, case)),
        "messages": [(reader.day(each.written_at), tell_who(reader, each.author), each) for each in file.messages],
        "coded": list(tell_facts(reader, case)),
        "records": [(reader.day(each.happened_on or each.written_at), tell_record(reader, each), each.text) for each in file.records],
        "files": [(info, names[info.reference]) for info in file.attachments],
        "events": [(reader.day(entry.at), *tell_event(reader, entry)) for entry in file.entries],
    }


def tell_statement(reader: Reader, case: Case) -> Iterator[Fact]:
    """The person's own words, word for word."""
    if case.statement is None:
        return
    yield Fact(name=reader.words("records.letter.story"), value=case.statement.story)
    yield Fact(name=reader.words("records.letter.when"), value=case.statement.when)
    yield Fact(name=reader.words("records.letter.place"), value=case.statement.place)
    for step, note in case.statement.notes.items():
        yield Fact(name=tell_field(reader, step), value=note)


def tell_facts(reader: Reader, case: Case) -> Iterator[Fact]:
    """Status, dates and codes."""
    yield Fact(name=tell_field(reader, "status"), value=reader.bot_says(f"case.status.{case.status.value}"))
    for name in ("filed_at", "contact_on", "acknowledged_at", "feedback_given_at", "closed_at"):
        if value := getattr(case, name):
            yield Fact(name=reader.words(f"records.letter.{name.replace('_', '-')}"), value=reader.day(value))
    city = city_name(reader.visit, case.municipality) if case.municipality else reader.words("code.city.none")
    yield Fact(name=tell_field(reader, "municipality"), value=city)
    yield Fact(name=tell_field(reader, "channel"), value=reader.code("channel", case.channel.value))
    yield Fact(name=tell_field(reader, "language"), value=reader.code("language", case.language))
    days = " – ".join(dict.fromkeys(reader.day(day) for day in (case.incident.since, case.incident.until) if day))
    yield Fact(name=tell_field(reader, "incident"), value=days)
    yield Fact(name=tell_field(reader, "grounds"), value=", ".join(reader.code("ground", ground) for ground in case.grounds))
    yield Fact(name=tell_field(reader, "area_detail"), value=tell_detail(reader, case))
    for name in CODES:
        yield Fact(name=tell_field(reader, name), value=reader.code(name, getattr(case, name)))
    if case.closed_reason:
        yield Fact(name=reader.words("records.letter.closed-reason"), value=reader.code("close-reason", case.closed_reason))
    for deadline in case.deadlines:
        yield Fact(name=reader.words("records.letter.deadline", rule=tell_rule(reader, deadline.rule)), value=reader.day(deadline.due))
    given = reader.words("records.letter.consent-given", version=case.consent.version, language=case.consent.language)
    yield Fact(name=given, value=reader.day(case.consent.given_at))


def tell_rule(reader: Reader, rule_id: str) -> str:
    """What a legal period is for; its name where the knowledge base has the rule no more."""
    rules = {rule.id: rule for rule in reader.visit.ports.bot.published.knowledge.deadlines}
    return in_language(rules[rule_id].what, reader.language)[0] if rule_id in rules else rule_id


def tell_detail(reader: Reader, case: Case) -> str:
    """The second level of the area of life."""
    if case.area_detail in (OTHER, NOT_STATED):
        return label(reader.visit, "area", case.area_detail)
    return reader.bot_says(f"code.area-detail.{case.area}.{case.area_detail}")


def tell_field(reader: Reader, name: str) -> str:
    """What a field of the case is called."""
    return reader.words(f"code.field.{name.replace('_', '-')}")


def tell_record(reader: Reader, record: CaseRecord) -> str:
    """What kind of record, and which."""
    kind = record.kind.value
    return reader.words(f"code.record.{kind}") + (f": {reader.code(kind, record.code)}" if record.code else "")


def tell_event(reader: Reader, entry: LogEntry) -> tuple[str, str]:
    """What happened, and by whom: the person, the office or the system."""
    return reader.words(f"code.event.{entry.event.value}"), tell_who(reader, who(entry.actor))


def tell_who(reader: Reader, side: str) -> str:
    """The person, the office or the system."""
    return reader.words(f"records.letter.by-{side}")
