"""Which decision a button or a command calls for: it does what it says, and one that is stale or forged does no harm."""

from bot.domain.answer_intent import NO_CITY, answer_intent
from bot.domain.conversations import ChoosingMunicipality
from bot.domain.decisions import (
    CHOICES,
    COMMANDS,
    SIMPLE_PAGES,
    AnswerOffice,
    AskReceipt,
    ChangeNews,
    Decision,
    FillForm,
    GiveAnswer,
    LeaveHuman,
    LinkStaffChat,
    SetLanguage,
    SetMunicipality,
    Show,
    ShowProgramme,
    ShowTopic,
    StartReport,
    TakeFeedback,
    UnlinkStaffChat,
    WorkOnCase,
)
from bot.domain.knowledge import EntryId, MunicipalityId, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel
from bot.domain.news import NEWS_TOPICS
from bot.domain.situation import Situation
from bot.domain.understanding import Understanding


def decide_choice(value: str, situation: Situation) -> Decision:
    """A button's value or a deep link's parameter. Anything unknown is a button that has expired."""
    if value in CHOICES:
        return CHOICES[value]
    kind, _, rest = value.partition(":")
    match kind:
        case "entry" | "helped" | "unhelpful" if rest in situation.knowledge.entries:
            return decide_entry(kind, EntryId(rest))
        case "programme" if rest in situation.knowledge.programmes:
            return ShowProgramme(programme=rest)
        case "topic" if rest in set(Topic):
            return ShowTopic(topic=Topic(rest))
        case "city" | "human" if rest:
            return decide_city(rest, situation, asked_for=kind)
        case "language" if rest in situation.languages:
            return SetLanguage(language=Language(rest))
        case "form" if situation.conversation.report:
            step, _, answer = rest.partition(":")
            return FillForm(step=step, value=answer)
        case "case" | "answer":
            return decide_case_action(kind, rest, situation)
        case "news" | "unsubscribe":
            return decide_news(kind, rest)
        case "link" if rest:
            return StartReport(link=rest)
    if value in SIMPLE_PAGES:
        return Show(page=value)  # type: ignore[arg-type]
    return decide_city(value, situation)


def decide_command(name: str, argument: str, situation: Situation) -> Decision:
    """A slash command; /start carries a deep link's parameter, /cancel and /back act on the form."""
    if name == "start":
        return decide_choice(argument, situation) if argument else Show(page="welcome")
    if name == "stop" and situation.conversation.handover:
        return LeaveHuman()
    if name in ("cancel", "back", "skip"):
        return FillForm(value=name) if situation.conversation.is_in_form() else Show(page="nothing-to-cancel")
    if name in ("link", "unlink") and situation.conversation.channel is Channel.TELEGRAM:
        return LinkStaffChat(code=argument) if name == "link" else UnlinkStaffChat()
    return COMMANDS.get(name, Show(page="help"))


def decide_entry(kind: str, entry: EntryId) -> Decision:
    """An entry is asked for, or its answer helped, or did not."""
    return GiveAnswer(entry=entry, confidence=None) if kind == "entry" else TakeFeedback(entry=entry, helped=kind == "helped")


def decide_news(kind: str, wish: str) -> Decision:
    """A topic's button in the news: news:on:<topic>, news:off:<topic>, and unsubscribe:<topic> under what was sent."""
    switch, _, topic = ("off", "", wish) if kind == "unsubscribe" else wish.partition(":")
    if switch not in ("on", "off") or topic not in NEWS_TOPICS:
        return Show(page="expired")
    return ChangeNews(topic=Topic(topic), wanted=switch == "on", under_news=kind == "unsubscribe")


def decide_city(value: str, situation: Situation, *, asked_for: str = "city") -> Decision:
    """A city was chosen: answer the question that waited for it, or remember it; "human" asks for it before a chat with one."""
    city = MunicipalityId(value)
    known = city in situation.knowledge.municipalities
    waiting = situation.conversation.activity
    if asked_for == "human" and known:
        return SetMunicipality(municipality=city, then="human")
    if isinstance(waiting, ChoosingMunicipality) and (known or value == NO_CITY):
        named = Understanding(municipalities=(city,) if known else (), other_cities=() if known else (NO_CITY,))
        return answer_intent(waiting.intent, waiting.confidence, named, situation)
    return SetMunicipality(municipality=city) if known else Show(page="expired")


def decide_case_action(kind: str, action: str, situation: Situation) -> Decision:
    """A button under an open case, whose code is asked for first where it is not open; or under a message of the office about one."""
    if kind == "answer" and action:
        return AnswerOffice(case=action)
    if action not in ("status", "add", "withdraw", "withdraw-yes", "delete", "delete-yes", "close"):
        return Show(page="expired")
    if situation.open_case:
        return WorkOnCase(action=action)  # type: ignore[arg-type]
    purpose = action.removesuffix("-yes")
    return AskReceipt(purpose=purpose) if purpose in ("status", "add", "withdraw", "delete") else Show(page="menu")  # type: ignore[arg-type]
