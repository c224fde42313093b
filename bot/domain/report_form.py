"""The report form: its steps, what each accepts, and how a draft fills up.

Rules: consent comes first. Every later step can be skipped, gone back from, cancelled and resumed days later.
What a person types is never thrown away: where a step offers a list, other words are kept as a note.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.case_codes import AREAS, FORMS, GROUNDS, NOT_STATED, OTHER, WISHES
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language

CONSENT_VERSION = "2026-11"
STORY_CHARACTERS = 20_000
"""All parts of a story together; one message is limited by MESSAGE_CHARACTERS."""


class Step(StrEnum):
    """The questions, in their order."""

    CONSENT = "consent"
    STORY = "story"
    WHEN = "when"
    PLACE = "place"
    AREA = "area"
    AREA_DETAIL = "area-detail"
    GROUNDS = "grounds"
    FORM = "form"
    WISH = "wish"
    CONTACT = "contact"
    SUMMARY = "summary"


ORDER = tuple(Step)


@dataclass(frozen=True, kw_only=True)
class Incident:
    """When it happened: days where known, how exactly, and in the person's own words."""

    since: date | None = None
    until: date | None = None
    precision: str = NOT_STATED
    repeated: bool = False
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An unfinished report. Kept encrypted with the conversation, deleted when cancelled."""

    consent: tuple[str, Language, datetime] | None = None
    story: str = ""
    incident: Incident = field(default_factory=Incident)
    place: str = ""
    municipality: MunicipalityId | None = None
    area: str = NOT_STATED
    area_detail: str = NOT_STATED
    grounds: tuple[str, ...] = ()
    form: str = NOT_STATED
    wish: str = NOT_STATED
    contact: str = ""
    wants_reply_in_chat: bool = False
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Input:
    """What a person gave at a step: a pressed value or typed text, with what could be read from the text."""

    value: str = ""
    text: str = ""
    day: date | None = None
    municipality: MunicipalityId | None = None
    today: date


WHEN_VALUES = ("today", "yesterday", "repeated", "unknown")
CONTACT_VALUES = ("here", "anonymous")


def values_of(step: Step, draft: Draft) -> tuple[str, ...]:
    """The codes a step offers as buttons, in order (cities are added by the caller)."""
    return {
        Step.WHEN: WHEN_VALUES,
        Step.AREA: tuple(AREAS),
        Step.AREA_DETAIL: AREAS.get(draft.area, ()),
        Step.GROUNDS: GROUNDS,
        Step.FORM: FORMS,
        Step.WISH: WISHES,
        Step.CONTACT: CONTACT_VALUES,
    }.get(step, ())


def next_step(step: Step, draft: Draft) -> Step:
    """The step after this one; the detail of an area is asked only where the area has details."""
    following = ORDER[ORDER.index(step) + 1]
    return next_step(following, draft) if following is Step.AREA_DETAIL and not AREAS.get(draft.area) else following


def previous_step(step: Step, draft: Draft) -> Step:
    """The step before this one; there is no way back behind the consent once it was given."""
    if step in (Step.CONSENT, Step.STORY):
        return step
    before = ORDER[ORDER.index(step) - 1]
    return previous_step(before, draft) if before is Step.AREA_DETAIL and not AREAS.get(draft.area) else before


def stays_on(step: Step) -> bool:
    """Whether a step asks again after an answer: grounds are ticked and told one by one, until "next"."""
    return step is Step.GROUNDS


def fill(draft: Draft, step: Step, given: Input) -> Draft | None:
    """The draft with one more answer, or None when the value is not one that this step offers."""
    if given.value and step is not Step.PLACE and given.value not in values_of(step, draft):
        return None
    return FILLERS[step](draft, given) if step in FILLERS else None


def clear(draft: Draft, step: Step) -> Draft:
    """The draft with one step skipped: what was said there before is taken out."""
    empty = Draft()
    fields = {
        Step.STORY: ("story",),
        Step.WHEN: ("incident",),
        Step.PLACE: ("place", "municipality"),
        Step.AREA: ("area", "area_detail"),
        Step.AREA_DETAIL: ("area_detail",),
        Step.GROUNDS: ("grounds",),
        Step.FORM: ("form",),
        Step.WISH: ("wish",),
        Step.CONTACT: ("contact", "wants_reply_in_chat"),
    }.get(step, ())
    notes = tuple(note for note in draft.notes if note[0] != step.value)
    return replace(draft, notes=notes, **{name: getattr(empty, name) for name in fields})


def is_answered(step: Step, draft: Draft) -> bool:
    """Whether a step holds an answer, which going on keeps and skipping takes out.

    >>> is_answered(Step.STORY, Draft(story="…")), is_answered(Step.WISH, Draft())
    (True, False)
    """
    return step not in (Step.CONSENT, Step.SUMMARY) and clear(draft, step) != draft


def note_on(step: Step, draft: Draft) -> str:
    """What was said at a step in the person's own words."""
    return dict(draft.notes).get(step.value, "")


def _fill_story(draft: Draft, given: Input) -> Draft:
    return replace(draft, story=given.text[:STORY_CHARACTERS])


def _fill_when(draft: Draft, given: Input) -> Draft:
    if given.value == "repeated":
        return replace(draft, incident=Incident(repeated=True, precision="unknown"))
    day = {"today": given.today, "yesterday": given.today - timedelta(days=1)}.get(given.value, given.day)
    incident = Incident(since=day, until=day, precision="day" if day else "unknown", words=given.text)
    return replace(draft, incident=incident)


def _fill_place(draft: Draft, given: Input) -> Draft:
    return replace(draft, place=given.text, municipality=given.municipality)


def _fill_grounds(draft: Draft, given: Input) -> Draft:
    if given.text:
        told = "\n".join(filter(None, (note_on(Step.GROUNDS, draft), given.text)))  # several reasons, one message each
        return _note(replace(draft, grounds=tuple(dict.fromkeys((*draft.grounds, OTHER)))), Step.GROUNDS, told)
    ticked = tuple(ground for ground in draft.grounds if ground != given.value)
    return replace(draft, grounds=ticked if given.value in draft.grounds else (*ticked, given.value))


def _fill_contact(draft: Draft, given: Input) -> Draft:
    return replace(draft, contact=given.text, wants_reply_in_chat=given.value == "here")


def _fill_code(name: str, step: Step) -> Callable[[Draft, Input], Draft]:
    def fill_one(draft: Draft, given: Input) -> Draft:
        noted = _note(draft, step, given.text)
        cleared = {"area_detail": NOT_STATED} if name == "area" else {}
        return replace(noted, **{name: given.value or OTHER}, **cleared)  # type: ignore[arg-type]

    return fill_one


def _note(draft: Draft, step: Step, text: str) -> Draft:
    notes = dict(draft.notes)
    notes.pop(step.value, None)
    return replace(draft, notes=tuple({**notes, step.value: text}.items() if text else notes.items()))


FILLERS: dict[Step, Callable[[Draft, Input], Draft]] = {
    Step.STORY: _fill_story,
    Step.WHEN: _fill_when,
    Step.PLACE: _fill_place,
    Step.AREA: _fill_code("area", Step.AREA),
    Step.AREA_DETAIL: _fill_code("area_detail", Step.AREA_DETAIL),
    Step.GROUNDS: _fill_grounds,
    Step.FORM: _fill_code("form", Step.FORM),
    Step.WISH: _fill_code("wish", Step.WISH),
    Step.CONTACT: _fill_contact,
}
