"""Take one answer to the report form, move on to the next question, and file the report at the end."""

from dataclasses import replace
from datetime import date

from bot.domain.cases import compute_deadlines
from bot.domain.conversations import Reporting
from bot.domain.decisions import FillForm
from bot.domain.knowledge import MunicipalityId, Topic, in_language
from bot.domain.messages import MESSAGE_CHARACTERS, Reply, Status
from bot.domain.report_form import (
    CONSENT_VERSION,
    STORY_CHARACTERS,
    Draft,
    Input,
    Step,
    clear,
    fill,
    is_answered,
    next_step,
    note_on,
    previous_step,
    stays_on,
)
from bot.services.ask_step import ask_step
from bot.services.file_report import file_report
from bot.services.ports import UnitOfWork
from bot.services.show_page import menu_buttons
from bot.services.show_suggestions import show_topic
from bot.services.turn import Outcome, Turn, outcome
from bot.services.yes_or_no import yes_or_no

CANCELLING = {"yes": "cancel-yes", "no": "cancel-no"}
YES_OR_NO = {Step.CONSENT: {"yes": "yes", "no": "cancel-yes"}, Step.SUMMARY: {"yes": "send"}}
"""The way that a typed "yes" or "no" goes where the form asks for one of them."""
WAYS = ("back", "skip", "next", "cancel", "cancel-yes", "cancel-no", "yes", "rights", "send")


async def advance_report(decision: FillForm, turn: Turn, work: UnitOfWork) -> Outcome:
    """One step of the form. A button from an earlier question asks the current one again, and changes nothing."""
    report = turn.conversation.report
    if report is None:
        return outcome(turn, Status.MENU, Reply(text=turn.say("page.expired"), choices=menu_buttons(turn)))
    report = replace(report, paused=False)
    if decision.step and decision.step != report.step.value:
        return _ask(turn, report, turn.say("report.stale-button"))
    value = decision.value or _pressed_by_typing(decision.text, report, turn)
    if value in WAYS:
        return await _go(value, report, turn, work)
    if not value and not decision.text.strip():
        return _ask(turn, report)
    return _take_answer(value, "" if value else decision.text, report, turn)


def _pressed_by_typing(text: str, report: Reporting, turn: Turn) -> str:
    """The value of the button whose label, or a "yes" or "no" in its place, was typed instead of pressed."""
    offered = _ask_to_cancel(turn, report) if report.cancelling else _ask(turn, report)
    labels = {button.label.removeprefix("✓ ").casefold(): button.value for button in offered.replies[-1].choices}
    pressed = labels.get(text.strip().casefold(), "").partition(f"form:{report.step.value}:")[2]
    return pressed or (CANCELLING if report.cancelling else YES_OR_NO.get(report.step, {})).get(yes_or_no(text, turn), "")


async def _go(way: str, report: Reporting, turn: Turn, work: UnitOfWork) -> Outcome:
    """Back, skip, next, cancel, consent and send: the ways through the form that are not answers."""
    step, draft = report.step, report.draft
    match way:
        case "cancel":
            return _ask_to_cancel(turn, replace(report, cancelling=True))
        case "cancel-yes" if report.cancelling or step is Step.CONSENT:
            await work.inbox.delete_conversation(turn.conversation.id)  # earlier answers repeat the story
            return _end(turn, "report.cancelled")
        case "yes" if step is Step.CONSENT:
            agreed = replace(draft, consent=(CONSENT_VERSION, turn.language, turn.now))
            return _ask(turn, replace(report, step=Step.STORY, draft=agreed))
        case "rights" if step is Step.CONSENT:
            told = show_topic(Topic.DISCRIMINATION, turn)
            return replace(told, conversation=replace(told.conversation, report=None))
        case "back":
            return _ask(turn, replace(report, step=previous_step(step, draft)))
        case "next" if is_answered(step, draft):
            return _ask(turn, replace(report, step=next_step(step, draft)))
        case "skip" if step not in (Step.CONSENT, Step.SUMMARY):
            skipped = clear(draft, step)
            return _ask(turn, replace(report, step=next_step(step, skipped), draft=skipped))
        case "send" if step is Step.SUMMARY:
            return await file_report(draft, turn, work)
    return _ask(turn, report)


def _take_answer(value: str, text: str, report: Reporting, turn: Turn) -> Outcome:
    """Fill in an answer and ask the next question; at the consent and the summary, words belong to the story."""
    step, draft = report.step, report.draft
    if step in (Step.CONSENT, Step.STORY, Step.SUMMARY):
        return _add_to_story(text, report, turn)
    is_unknown_city = step is Step.PLACE and value and value not in turn.knowledge.municipalities
    if stays_on(step) and len(note_on(step, draft)) + len(text) > STORY_CHARACTERS:
        return _ask(turn, report, turn.say("report.story-full", characters=STORY_CHARACTERS))
    filled = None if is_unknown_city else fill(draft, step, _input(value, text, step, turn))
    if filled is None:
        return _ask(turn, report, turn.say("report.stale-button"))
    if stays_on(step):
        asked = _ask(turn, replace(report, draft=filled))
        return replace(asked, replies=(replace(asked.replies[0], replaces=bool(value)),))
    notes = (deadline_note(filled, turn),) if step is Step.WHEN else ()
    return _ask(turn, replace(report, step=next_step(step, filled), draft=filled), *notes)


def _add_to_story(text: str, report: Reporting, turn: Turn) -> Outcome:
    """People tell a story in several messages: each is added, until they press on. Before the consent it is only kept ready."""
    notes = (turn.say("report.consent-first"),) if report.step is Step.CONSENT else ()
    story = _join(report.draft.story, text)
    if len(story) > STORY_CHARACTERS:
        return _ask(turn, report, *notes, turn.say("report.story-full", characters=STORY_CHARACTERS))
    return _ask(turn, replace(report, draft=replace(report.draft, story=story)), *notes)


def _join(before: str, text: str) -> str:
    return f"{before}\n{text}".strip() if text else before


def _input(value: str, text: str, step: Step, turn: Turn) -> Input:
    today = turn.now.date()
    if step is Step.PLACE and value:
        city = turn.knowledge.municipalities.get(MunicipalityId(value))
        name = in_language(city.name, turn.language)[0] if city else ""
        return Input(text=name, municipality=city.id if city else None, today=today)
    named = turn.reading.municipalities
    day = turn.ports.day_reader.read_day(text, turn.language, today) if step is Step.WHEN and text else None
    return Input(value=value, text=text[:MESSAGE_CHARACTERS], day=day, municipality=named[0] if len(named) == 1 else None, today=today)


def deadline_note(draft: Draft, turn: Turn) -> str:
    """The legal periods, told at once: by which day claims must be made, or that this day may have passed."""
    rules = turn.knowledge.deadlines
    dues = [deadline.due for frame in ("agg-work", "agg-civil") for deadline in compute_deadlines(draft.incident, frame, rules)]
    if not dues:
        months = min((rule.months for rule in rules), default=0)
        return turn.say("report.deadline-general", count=months) if months else ""
    return _told(min(dues), turn)


def _told(due: date, turn: Turn) -> str:
    return turn.say("report.deadline-passed" if due < turn.now.date() else "report.deadline", due=due)


def _ask(turn: Turn, report: Reporting, *notes: str) -> Outcome:
    """Ask the current question; whether to cancel is no longer the question then."""
    asked = replace(turn.conversation, report=replace(report, cancelling=False))
    return ask_step(replace(turn, conversation=asked), *(note for note in notes if note))


def _ask_to_cancel(turn: Turn, report: Reporting) -> Outcome:
    prefix = f"form:{report.step.value}"
    choices = (turn.button(f"{prefix}:cancel-yes", "report.cancel-yes"), turn.button(f"{prefix}:cancel-no", "report.cancel-no"))
    return outcome(turn, Status.FORM, Reply(text=turn.say("report.ask-cancel"), choices=choices), report=report)


def _end(turn: Turn, key: str) -> Outcome:
    return outcome(turn, Status.MENU, Reply(text=turn.say(key), choices=menu_buttons(turn)), report=None)
