"""Begin a report with the consent, or go on with the one that waits."""

import secrets
from dataclasses import replace
from datetime import timedelta

from bot.domain.conversations import Idle, Reporting
from bot.domain.decisions import StartReport
from bot.domain.messages import Button, Channel, Reply, Status, Text
from bot.domain.report_form import Draft, Step
from bot.services.ask_step import ask_step
from bot.services.ports import UnitOfWork, WebLink
from bot.services.turn import Outcome, Turn, outcome

LINK_VALID_FOR = timedelta(hours=1)
STORY_WORDS = 8
"""A first message of at least so many words tells what happened; it is kept as the beginning of the story."""


async def start_report(decision: StartReport, turn: Turn, work: UnitOfWork) -> Outcome:
    """Ask for consent; resume a draft; or follow a one-time link from Telegram into the web chat."""
    if turn.conversation.report:
        resumed = replace(turn.conversation.report, paused=False, cancelling=False)
        return ask_step(replace(turn, conversation=replace(turn.conversation, report=resumed, activity=Idle())))
    if decision.link:
        link = await work.web_links.take(turn.ports.cipher.hash("web-link", decision.link), turn.now)
        if link is None:
            return outcome(turn, Status.MENU, Reply(text=turn.say("report.link-expired"), choices=(turn.button("report", "menu.report"),)))
        conversation = replace(turn.conversation, municipality=link.municipality, language=link.language)
        turn = replace(turn, conversation=conversation, language=link.language)
    link_buttons = await _offer_web_chat(turn, work)
    if turn.message.channel is Channel.TELEGRAM and not turn.ports.reports_in_telegram:
        return outcome(turn, Status.FORM, Reply(text=turn.say("report.only-in-web-chat"), choices=link_buttons))
    report = Reporting(step=Step.CONSENT, draft=Draft(story=_beginning_of_story(turn), municipality=turn.conversation.municipality))
    asked = ask_step(replace(turn, conversation=replace(turn.conversation, report=report, activity=Idle())))
    return asked.followed_by(*link_buttons) if link_buttons else asked


def _beginning_of_story(turn: Turn) -> str:
    content = turn.message.content
    return content.text if isinstance(content, Text) and len(content.text.split()) >= STORY_WORDS else ""


async def _offer_web_chat(turn: Turn, work: UnitOfWork) -> tuple[Button, ...]:
    """In Telegram, a one-time link to report where Telegram cannot read along."""
    if turn.message.channel is not Channel.TELEGRAM or not turn.ports.public_url:
        return ()
    token = secrets.token_urlsafe(24)
    link = WebLink(language=turn.language, municipality=turn.conversation.municipality)
    await work.web_links.add(turn.ports.cipher.hash("web-link", token), link, turn.now + LINK_VALID_FOR)
    return (Button(label=turn.say("report.open-web-chat"), url=f"{turn.ports.public_url}/?link={token}&language={turn.language}"),)
