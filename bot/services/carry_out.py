"""Carry out a decision: find the verb it stands for, keep groups private, and keep an unfinished report waiting."""

from dataclasses import replace

from bot.domain import decisions
from bot.domain.conversations import Activity, Answering, ChoosingMunicipality, GivingReceipt, Idle, WithCase
from bot.domain.knowledge import EntryId
from bot.domain.messages import Button, Reply, Status
from bot.services.advance_report import advance_report
from bot.services.answer_office import answer_office
from bot.services.change_news import change_news
from bot.services.follow_news import follow_news
from bot.services.forget_person import forget_person
from bot.services.hand_over import hand_over
from bot.services.keep_question import keep_question
from bot.services.leave_human import leave_human
from bot.services.link_staff_chat import link_staff_chat, unlink_staff_chat
from bot.services.offer_human import offer_human
from bot.services.offer_news import offer_news
from bot.services.open_own_case import ask_receipt, open_own_case
from bot.services.ports import UnitOfWork
from bot.services.relay_to_human import relay_to_human
from bot.services.show_entry import show_entry
from bot.services.show_page import show_page
from bot.services.show_programme import show_programme
from bot.services.show_suggestions import admit_not_knowing, ask_municipality, show_suggestions, show_topic
from bot.services.start_report import start_report
from bot.services.take_feedback import take_feedback
from bot.services.tell_handovers import tell_handovers
from bot.services.tell_subscriptions import tell_subscriptions
from bot.services.turn import Outcome, Turn, outcome
from bot.services.work_on_own_case import work_on_own_case

NEWS = (decisions.OfferNews, decisions.ChangeNews)
PRIVATE = (
    decisions.StartReport, decisions.FillForm, decisions.AskReceipt, decisions.OpenCase,
    decisions.WorkOnCase, decisions.AnswerOffice, decisions.Forget,
    decisions.LinkStaffChat, decisions.UnlinkStaffChat, decisions.HandOver, decisions.RelayToHuman, decisions.LeaveHuman,
    *NEWS,
)  # fmt: skip
"""What never happens in a group, where others read along."""
PRIVATE_PAGES = ("my-data", "forget")
KEEPS_FORM_OPEN = (decisions.StartReport, decisions.FillForm, decisions.SetLanguage, decisions.RelayToHuman)
CHANGES_SUBJECT = (
    decisions.GiveAnswer, decisions.Suggest, decisions.AdmitNotKnowing, decisions.SaySmalltalk,
    decisions.ShowTopic, decisions.ShowProgramme,
)  # fmt: skip


async def carry_out(decision: decisions.Decision, turn: Turn, work: UnitOfWork) -> Outcome:
    """Do what was decided, within one unit of work. Nothing is sent from here."""
    meant = decision.then if isinstance(decision, decisions.WarnFirst) else decision
    result = _point_to_private_chat(meant, turn) if turn.message.in_group and _is_private(meant) else await _do(meant, turn, work)
    if isinstance(meant, CHANGES_SUBJECT):
        result = stop_waiting(meant, turn, result)
    result = await keep_question(decision, turn, result, work)
    await follow_news(meant, turn, result, work)
    if not (isinstance(meant, KEEPS_FORM_OPEN) or result.forgotten):
        result = keep_report_waiting(turn, result)
    result = offer_former_language(turn, keep_human_in_view(meant, turn, result))
    return result if decision is meant else replace(result.preceded_by(emergency_reply(turn)), status=Status.EMERGENCY)


async def _do(decision: decisions.Decision, turn: Turn, work: UnitOfWork) -> Outcome:  # noqa: C901, PLR0912
    match decision:
        case decisions.GiveAnswer():
            return show_entry(decision, turn)
        case decisions.TakeFeedback():
            result = take_feedback(decision, turn)
            return await offer_human(result, turn, work) if result.status is Status.HANDOVER else result
        case decisions.Suggest():
            return show_suggestions(decision, turn)
        case decisions.AskMunicipality():
            return ask_municipality(decision, turn)
        case decisions.AdmitNotKnowing():
            return admit_not_knowing(decision, turn)
        case decisions.ShowEmergency():
            return outcome(turn, Status.EMERGENCY, emergency_reply(turn))
        case decisions.WarnFirst():
            return await _do(decision.then, turn, work)
        case decisions.Show():
            return await _show(decision.page, turn, work)
        case decisions.ShowTopic():
            return show_topic(decision.topic, turn)
        case decisions.ShowProgramme():
            return show_programme(decision.programme, turn)
        case decisions.SaySmalltalk():
            choices = show_page("menu", turn).replies[-1].choices if decision.intent == "greeting" else ()
            return outcome(turn, Status.SMALLTALK, Reply(text=turn.say(f"smalltalk.{decision.intent}"), choices=choices))
        case decisions.SetLanguage():
            return await set_language(decision, turn, work)
        case decisions.SetMunicipality():
            return await _remember_city(decision, turn, work)
        case decisions.ExplainUnsupported():
            return outcome(turn, Status.UNSUPPORTED, Reply(text=turn.say(f"unsupported.{decision.what}")))
        case decisions.StartReport():
            return await start_report(decision, turn, work)
        case decisions.FillForm():
            return await advance_report(decision, turn, work)
        case decisions.AskReceipt():
            return await ask_receipt(decision.purpose, turn, work)
        case decisions.OpenCase():
            return await open_own_case(decision, turn, work)
        case decisions.WorkOnCase():
            return await work_on_own_case(decision.action, turn, work, text=decision.text)
        case decisions.AnswerOffice():
            return await answer_office(decision, turn, work)
        case decisions.LinkStaffChat():
            return await link_staff_chat(decision.code, turn, work)
        case decisions.UnlinkStaffChat():
            return await unlink_staff_chat(turn, work)
        case decisions.HandOver():
            return await hand_over(turn, work)
        case decisions.RelayToHuman():
            return await relay_to_human(decision.text, turn, work)
        case decisions.LeaveHuman():
            return await leave_human(turn, work)
        case decisions.OfferNews():
            return await offer_news(turn, work)
        case decisions.ChangeNews():
            return await change_news(decision, turn, work)
        case decisions.Forget():
            return await forget_person(turn, work)


async def _remember_city(decision: decisions.SetMunicipality, turn: Turn, work: UnitOfWork) -> Outcome:
    remembered = replace(turn, conversation=replace(turn.conversation, municipality=decision.municipality))
    shown = show_page(decision.then, remembered)
    return await offer_human(shown, remembered, work) if decision.then == "human" else shown


async def _show(page: str, turn: Turn, work: UnitOfWork) -> Outcome:
    """A page, with what has to be looked up for it."""
    shown = show_page(page, turn)
    if page == "my-data":
        return await tell_subscriptions(await tell_handovers(shown, turn, work), turn, work)
    return await offer_human(shown, turn, work) if page == "human" else shown


def emergency_reply(turn: Turn) -> Reply:
    """The emergency numbers, and that a report can wait."""
    return Reply(text=turn.say("emergency"), choices=(turn.button("report", "menu.report"), turn.button("human", "menu.human")))


async def set_language(decision: decisions.SetLanguage, turn: Turn, work: UnitOfWork) -> Outcome:
    """Speak the chosen language from now on; an open form goes on in it, and the last answer is given again."""
    conversation = replace(turn.conversation, language=decision.language, language_is_chosen=True)
    spoken = replace(turn, conversation=conversation, language=decision.language)
    if conversation.is_in_form():
        return await start_report(decisions.StartReport(), spoken, work)
    if conversation.last_entry in turn.knowledge.entries:
        return show_entry(decisions.GiveAnswer(entry=EntryId(conversation.last_entry or ""), confidence=None), spoken)
    return show_page("language-set", spoken)


def offer_former_language(turn: Turn, result: Outcome) -> Outcome:
    """A button to stay in the language the chat had until this message, in that language's own words."""
    former, wording = turn.former_language, turn.ports.wording
    if former is None:
        return result
    label = wording.say_plain("language.stay", former, language=wording.say("language.name", former))
    return result.followed_by(Button(label=label, value=f"language:{former}"))


def stop_waiting(decision: decisions.Decision, turn: Turn, result: Outcome) -> Outcome:
    """A code or an addition is no longer expected; a city still is while its question is the subject ("and in Dresden?")."""
    activity: Activity = result.conversation.activity
    match activity:
        case GivingReceipt() | Answering():
            activity = Idle()
        case WithCase():
            activity = replace(activity, doing="status")
        case ChoosingMunicipality(intent=intent):
            goes_on = isinstance(decision, decisions.GiveAnswer) and turn.knowledge.entries[decision.entry].intent == intent
            activity = activity if goes_on else Idle()
    return replace(result, conversation=replace(result.conversation, activity=activity))


def keep_report_waiting(turn: Turn, result: Outcome) -> Outcome:
    """Pause an open form while something else is talked about, with a button back to it."""
    report = result.conversation.report
    if report is None or turn.message.in_group:
        return result
    paused = replace(result, conversation=replace(result.conversation, report=replace(report, paused=True)))
    reminder = Reply(text=turn.say("report.waiting"), choices=(turn.button("report", "report.continue"),))
    return replace(paused, replies=(*paused.replies, reminder))


def keep_human_in_view(decision: decisions.Decision, turn: Turn, result: Outcome) -> Outcome:
    """A button to end the chat with a human under whatever the bot says meanwhile; the questions of a form are left as they are."""
    chat = result.conversation
    if chat.handover is None or chat.is_in_form() or result.forgotten or not result.replies or turn.message.in_group:
        return result
    is_there = any(button.value == "bot" for button in result.replies[-1].choices)
    return result if is_there or isinstance(decision, decisions.RelayToHuman) else result.followed_by(turn.button("bot", "handover.stop"))


def _is_private(decision: decisions.Decision) -> bool:
    return isinstance(decision, PRIVATE) or (isinstance(decision, decisions.Show) and decision.page in PRIVATE_PAGES)


def _point_to_private_chat(decision: decisions.Decision, turn: Turn) -> Outcome:
    name, start = turn.ports.bot_name, "news" if isinstance(decision, NEWS) else "report"
    choices = (Button(label=turn.say("group.open-private"), url=f"https://t.me/{name}?start={start}"),) if name else ()
    return outcome(turn, Status.MENU, Reply(text=turn.say("group.private"), choices=choices))
