"""A report that staff takes down for somebody: by phone, on a visit, or out of a letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.case_codes import AGE_BANDS, AREAS, BODIES, FORMS, GENDERS, GROUNDS, KINDS, NOT_STATED, REPORTERS, WISHES, YES_NO
from bot.domain.case_log import LogEntry
from bot.domain.case_work import Step, assign
from bot.domain.cases import Case, CaseChannel, CaseNumber, open_case
from bot.domain.knowledge import DeadlineRule, MunicipalityId
from bot.domain.languages import Language
from bot.domain.report_form import CONSENT_VERSION, STORY_CHARACTERS, Draft, Incident
from bot.domain.staff import StaffMember

CHANNELS = (CaseChannel.PHONE, CaseChannel.VISIT, CaseChannel.LETTER)
CONSENT_WAYS = ("orally", "in-writing")
PRECISIONS = ("day", "month", "year", "unknown")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "channel": CHANNELS, "reporter": REPORTERS, "kind": KINDS, "precision": PRECISIONS, "form": FORMS, "wish": WISHES,
    "gender": GENDERS, "age_band": AGE_BANDS, "evidence": YES_NO, "witnesses": YES_NO, "body": BODIES,
}  # fmt: skip
"""The fields in which one code of a list is chosen."""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What was taken down. `consent_way` is empty where the person did not agree, and then there is no case."""

    channel: str
    contact_on: date
    municipality: MunicipalityId
    language: Language
    consent_way: str
    story: str
    incident: Incident
    place: str
    area: str
    area_detail: str
    grounds: tuple[str, ...]
    form: str
    wish: str
    contact: str
    reporter: str
    kind: str
    gender: str
    age_band: str
    evidence: str
    witnesses: str
    body: str
    is_mine: bool
    """Whoever takes it down works on it, too."""


def find_intake_faults(intake: Intake, member: StaffMember, today: date) -> dict[str, str]:
    """What is wrong, by field, as keys of the desk's words; a report needs a story, a city of one's own, and consent."""
    since, until = intake.incident.since, intake.incident.until
    checks = {
        "story": ("story", not intake.story),
        "consent_way": ("consent", intake.consent_way not in CONSENT_WAYS),
        "municipality": ("city", intake.municipality not in member.municipalities),
        "contact_on": ("future", intake.contact_on > today),
        "since": ("future", since is not None and since > today),
        "until": ("order", until is not None and (until > today or since is None or until < since)),
        "area": ("choice", intake.area not in AREAS or intake.area_detail not in (*AREAS[intake.area], NOT_STATED)),
        "grounds": ("choice", not set(intake.grounds) <= set(GROUNDS)),
    }
    codes = {name: ("choice", code_of(intake, name) not in codes) for name, codes in CHOICES.items()}
    return {name: f"intake.fault.{fault}" for name, (fault, is_wrong) in {**checks, **codes}.items() if is_wrong}


def code_of(intake: Intake, name: str) -> str:
    """The code in a field; that of the dates stands with the incident."""
    return intake.incident.precision if name == "precision" else str(getattr(intake, name))


def open_taken_down(
    intake: Intake, member: StaffMember, *, number: CaseNumber, now: datetime, rules: Iterable[DeadlineRule]
) -> tuple[Case, tuple[LogEntry, ...]]:
    """The case with the beginning of its log, which names who took it down and how the person agreed."""
    draft = Draft(
        consent=(CONSENT_VERSION, intake.language, now),
        story=intake.story[:STORY_CHARACTERS],
        incident=tidy_incident(intake.incident),
        place=intake.place,
        municipality=intake.municipality,
        area=intake.area,
        area_detail=intake.area_detail,
        grounds=intake.grounds,
        form=intake.form,
        wish=intake.wish,
        contact=intake.contact,
    )
    channel = CaseChannel(intake.channel)
    case, entry = open_case(draft, number=number, channel=channel, language=intake.language, now=now, rules=rules, reply_address=None)
    more = {name: getattr(intake, name) for name in ("reporter", "kind", "gender", "age_band", "evidence", "witnesses", "body")}
    case = replace(case, contact_on=intake.contact_on, **more)
    opened = replace(entry, actor=member.id, details={**entry.details, "consent": intake.consent_way})
    if not intake.is_mine:
        return case, (opened,)
    taken, assigned = assign(case, member.id, Step(by=member.id, at=now))
    return taken, (opened, assigned)


def tidy_incident(incident: Incident) -> Incident:
    """One known day is both the first and the last; without a day, nothing is exact.

    >>> tidy_incident(Incident(since=date(2026, 11, 2), precision="day")).until
    datetime.date(2026, 11, 2)
    >>> tidy_incident(Incident(precision="day", words="in spring")).precision, tidy_incident(Incident(precision="day")).precision
    ('unknown', 'not-stated')
    """
    if incident.since is None:
        return replace(incident, precision="unknown" if incident.words or incident.repeated else NOT_STATED)
    return replace(incident, until=incident.until or incident.since)
