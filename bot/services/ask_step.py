"""Ask the question of the report form that the draft has come to."""

from bot.domain.case_codes import NOT_STATED, OTHER
from bot.domain.knowledge import in_language
from bot.domain.messages import Button, Channel, Reply, Status
from bot.domain.report_form import ORDER, Draft, Step, is_answered, note_on, values_of
from bot.services.turn import Outcome, Turn, outcome

CODE_LISTS = {
    Step.WHEN: "when",
    Step.AREA: "area",
    Step.AREA_DETAIL: "area-detail",
    Step.GROUNDS: "ground",
    Step.FORM: "form",
    Step.WISH: "wish",
    Step.CONTACT: "contact",
}
"""Which words label the values of a step: "code.<list>.<value>"."""
QUESTIONS = len(ORDER) - 3
"""Consent, the detail of an area and the summary are not counted."""


def ask_step(turn: Turn, *notes: str) -> Outcome:
    """The current question with its choices and, below, back, skip and cancel; `notes` go before it."""
    report = turn.conversation.report
    if report is None:
        message = "There is no report to ask about."
        raise ValueError(message)
    step, draft = report.step, report.draft
    text = "\n\n".join([*notes, *_question(step, draft, turn)])
    choices = (*step_buttons(step, draft, turn), *_way_buttons(step, draft, turn))
    return outcome(turn, Status.FORM, Reply(text=text, choices=choices))


def _question(step: Step, draft: Draft, turn: Turn) -> list[str]:
    if step is Step.CONSENT:
        warning = [turn.say("report.telegram-warning")] if turn.message.channel is Channel.TELEGRAM else []
        return [turn.say("report.consent"), *warning]
    if step is Step.SUMMARY:
        return [summarise(draft, turn), turn.say("report.ask.summary")]
    counted = [each for each in ORDER if each not in (Step.CONSENT, Step.AREA_DETAIL, Step.SUMMARY)]
    number = counted.index(Step.AREA if step is Step.AREA_DETAIL else step) + 1
    progress = turn.say("report.progress", number=number, total=QUESTIONS)
    written = {Step.STORY: draft.story, Step.GROUNDS: note_on(Step.GROUNDS, draft)}.get(step)
    kept = [turn.say("report.story-so-far", story=written)] if written else []
    return [progress, *kept, turn.say(f"report.ask.{step.value}")]


def step_buttons(step: Step, draft: Draft, turn: Turn) -> tuple[Button, ...]:
    """The answers a step offers; ticked grounds carry a tick."""
    if step is Step.CONSENT:
        return (turn.button("form:consent:yes", "report.consent-yes"), turn.button("form:consent:rights", "report.consent-rights"))
    if step is Step.SUMMARY:
        return (turn.button("form:summary:send", "report.send"),)
    if step is Step.PLACE:
        cities = turn.knowledge.municipalities.values()
        return tuple(Button(label=in_language(city.name, turn.language)[0], value=f"form:place:{city.id}") for city in cities)
    buttons = [
        Button(
            label=("✓ " if value in draft.grounds and step is Step.GROUNDS else "") + label_of(step, value, draft, turn),
            value=f"form:{step.value}:{value}",
        )
        for value in values_of(step, draft)
        if value != NOT_STATED  # that is what skipping means
    ]
    return tuple(buttons)


def _way_buttons(step: Step, draft: Draft, turn: Turn) -> tuple[Button, ...]:
    prefix = f"form:{step.value}"
    if step is Step.CONSENT:
        return (turn.button("form:consent:cancel-yes", "report.consent-no"),)
    onward = [turn.button(f"{prefix}:next", "report.next")] if is_answered(step, draft) else []
    if step is not Step.SUMMARY and not (onward and step in (Step.STORY, Step.GROUNDS)):
        onward.append(turn.button(f"{prefix}:skip", "report.skip"))
    back = [] if step is Step.STORY else [turn.button(f"{prefix}:back", "report.back")]
    return (*onward, *back, turn.button(f"{prefix}:cancel", "report.cancel"))


def label_of(step: Step, value: str, draft: Draft, turn: Turn) -> str:
    """What a value of a step is called in the person's language."""
    if value in (OTHER, NOT_STATED):
        return turn.say(f"code.{value}")
    if step is Step.AREA_DETAIL:
        return turn.say(f"code.area-detail.{draft.area}.{value}")
    return turn.say(f"code.{CODE_LISTS[step]}.{value}")


def summarise(draft: Draft, turn: Turn) -> str:
    """Everything the draft holds, one line each; what was skipped is named as not stated."""
    missing = turn.say("code.not-stated")
    incident = draft.incident
    when = incident.since or incident.words or (turn.say("code.when.repeated") if incident.repeated else missing)
    area = label_of(Step.AREA, draft.area, draft, turn)
    detail = "" if draft.area_detail == NOT_STATED else f" – {label_of(Step.AREA_DETAIL, draft.area_detail, draft, turn)}"
    grounds = ", ".join(label_of(Step.GROUNDS, ground, draft, turn) for ground in draft.grounds) or missing
    contact = draft.contact or turn.say("code.contact.here" if draft.wants_reply_in_chat else "code.contact.anonymous")
    values = {
        "story": draft.story or missing,
        "when": when,
        "place": draft.place or missing,
        "area": area + detail,
        "grounds": grounds,
        "form": label_of(Step.FORM, draft.form, draft, turn),
        "wish": label_of(Step.WISH, draft.wish, draft, turn),
        "contact": contact,
    }
    notes = [turn.say("report.summary.note", value=text) for _, text in draft.notes]
    lines = [turn.say(f"report.summary.{name}", value=value) for name, value in values.items()]
    return "\n".join([turn.say("report.summary.title"), *(f"- {line}" for line in (*lines, *notes))])
