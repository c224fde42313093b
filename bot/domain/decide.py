"""Which decision a message calls for.

The rules, in their order:
1. An emergency comes first, at any point, even inside the report form (which then goes on).
2. A button or command does what it says; a stale or forged one leads back to the menu, harmlessly.
3. While a form waits for an answer, a text is that answer. While a human answers the chat, every other text is for them.
4. A receipt code opens its case. Then: the wish to report, to be heard by a human, and the other things one can do here.
5. A question is answered when the reading is sure and one entry fits the city; unsure: up to three suggestions;
   several cities: ask for the city; else say plainly that it is not known. A wrong answer costs more than none.
"""

from dataclasses import dataclass, field, replace

from bot.domain.conversations import ChoosingMunicipality, Conversation, GivingReceipt, WithCase
from bot.domain.decisions import (
    CHOICES,
    COMMANDS,
    INTENTS,
    SIMPLE_PAGES,
    AdmitNotKnowing,
    AnswerOffice,
    AskMunicipality,
    AskReceipt,
    ChangeNews,
    Decision,
    ExplainUnsupported,
    FillForm,
    GiveAnswer,
    LeaveHuman,
    LinkStaffChat,
    OpenCase,
    RelayToHuman,
    SetLanguage,
    SetMunicipality,
    Show,
    ShowEmergency,
    ShowProgramme,
    ShowTopic,
    StartReport,
    Suggest,
    TakeFeedback,
    UnlinkStaffChat,
    WorkOnCase,
)
from bot.domain.find_entries import SUGGESTIONS, WORTH_OFFERING, city_in_mind, rank_entries
from bot.domain.follow_up import find_follow_up, merge_rankings
from bot.domain.handovers import is_stop_word
from bot.domain.knowledge import Entry, EntryId, Intent, KnowledgeBase, MunicipalityId, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, Choice, Command, Content, Text, Unsupported
from bot.domain.news import NEWS_TOPICS
from bot.domain.receipts import LENGTH, find_receipt, read_receipt
from bot.domain.understanding import Ranked, Thresholds, Understanding

OUT_OF_SCOPE = "out-of-scope"
PREPOSITION_LETTERS, FOLLOW_UP_LETTERS = 3, 8
"""Letters beside a city's name: "in", in any language; "und in", "what about"."""
EMERGENCY_CONFIDENCE = 0.1
"""Low on purpose: an emergency text too many is harmless, one too few is not."""
NO_CITY = "none"
"""What the button "another city" stands for."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything a decision about a text may look at."""

    conversation: Conversation
    reading: Understanding
    knowledge: KnowledgeBase
    thresholds: Thresholds
    has_emergency_word: bool = False
    offline: bool = False
    open_case: str | None = None
    answered_case: str | None = None
    in_context: Understanding | None = None
    """The reading of a short text after the name of the last answer's topic."""
    nearby: tuple[Ranked, ...] = ()
    """What a search through the phrasings finds, to fill up suggestions."""
    languages: frozenset[Language] = field(default_factory=frozenset)


def decide(content: Content, situation: Situation) -> Decision:
    """The one decision for a message."""
    match content:
        case Unsupported(what=what):
            return ExplainUnsupported(what=what)
        case Choice(value=value):
            return decide_choice(value, situation)
        case Command(name=name, argument=argument):
            return decide_command(name, argument, situation)
        case Text(text=text):
            return decide_text(text, situation)


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


def decide_text(text: str, situation: Situation) -> Decision:
    """What a typed text calls for."""
    conversation = situation.conversation
    emergency = situation.has_emergency_word or situation.reading.confidence_in("emergency") >= EMERGENCY_CONFIDENCE
    if conversation.is_in_form():
        return FillForm(text=text, emergency=emergency)
    if not conversation.handover and not any(char.isalnum() for char in text):
        return ExplainUnsupported(what="empty")
    if isinstance(conversation.activity, WithCase) and conversation.activity.doing == "add" and situation.open_case:
        return WorkOnCase(action="add", text=text, emergency=emergency)
    if situation.answered_case:
        return AnswerOffice(case=situation.answered_case, text=text, emergency=emergency)
    opened = decide_code(text, situation)
    if conversation.handover and opened is None:
        return LeaveHuman() if is_stop_word(text) else RelayToHuman(text=text, emergency=emergency)
    if emergency:
        return ShowEmergency()
    return opened or decide_city_alone(situation) or decide_question(situation)


def decide_code(text: str, situation: Situation) -> OpenCase | None:
    """A receipt code opens its case; where one was asked for, an attempt at a code does, too."""
    activity = situation.conversation.activity
    asked_for = activity.purpose if isinstance(activity, GivingReceipt) else None
    if code := find_receipt(text):
        return OpenCase(code=code, purpose=asked_for or "status")
    return OpenCase(code=read_receipt(text), purpose=asked_for) if asked_for and looks_like_code(text) else None


def looks_like_code(text: str) -> bool:
    """Whether a text is an attempt at a receipt code rather than a new question: short with digits, or one word as long as a code.

    >>> looks_like_code("ABCD-1234"), looks_like_code("where is the office in Halle?"), looks_like_code("hello")
    (True, False, False)
    """
    letters = "".join(char for char in text if char.isalnum())
    has_digits = any(char.isdigit() for char in letters) and len(letters) <= 24  # noqa: PLR2004
    return has_digits or (len(text.split()) == 1 and abs(len(letters) - LENGTH) <= 2)  # noqa: PLR2004


def decide_city_alone(situation: Situation) -> Decision | None:
    """A text that names one city and little else: "And in Halle?" asks the last question again for that city."""
    reading, conversation = situation.reading, situation.conversation
    names = (*reading.municipalities, *reading.other_cities)
    letters = sum(char.isalpha() for char in reading.remainder)
    if len(names) != 1 or letters > FOLLOW_UP_LETTERS or (letters > PREPOSITION_LETTERS and is_sure(situation)):
        return None
    waiting, last = conversation.activity, last_entry(situation)
    if isinstance(waiting, ChoosingMunicipality):
        return answer_intent(waiting.intent, waiting.confidence, reading, situation)
    if last and len(situation.knowledge.entries_for(last.intent)) > 1:
        return answer_intent(last.intent, reading.confidence_in(last.intent), reading, situation)
    return SetMunicipality(municipality=reading.municipalities[0]) if reading.municipalities else AdmitNotKnowing(city=names[0])


def is_sure(situation: Situation) -> bool:
    """Whether the best reading is certain enough to answer from."""
    ranking = situation.reading.ranking
    return bool(ranking) and ranking[0].confidence >= situation.thresholds.answer and not situation.offline


def decide_question(situation: Situation) -> Decision:
    """A text that is neither an emergency nor an answer we waited for.

    What one can do here (report, status, …) is harmless to offer by mistake, so it needs less certainty than an answer.
    """
    reading, thresholds = situation.reading, situation.thresholds
    if not reading.ranking:
        return AdmitNotKnowing(offline=situation.offline)
    best = reading.ranking[0]
    if follow_up := decide_follow_up(situation):
        return follow_up
    if best.intent in INTENTS and (best.confidence >= thresholds.suggest or best.intent.startswith(OUT_OF_SCOPE)):
        known = INTENTS[best.intent]
        return replace(known, offline=situation.offline) if isinstance(known, AdmitNotKnowing) else known
    if is_sure(situation):
        return answer_intent(best.intent, best.confidence, reading, situation)
    if best.confidence >= thresholds.suggest or situation.offline:
        return suggest(situation)
    return AdmitNotKnowing(offline=situation.offline)


def decide_follow_up(situation: Situation) -> Decision | None:
    """A short text that is sure only together with the topic of the last answer: "and until when?"."""
    last = last_entry(situation)
    if situation.in_context is None or last is None:
        return None
    meant = find_follow_up(situation.reading, situation.in_context, last.intent, situation.thresholds)
    if meant is None or meant.intent in INTENTS:
        return None
    return answer_intent(meant.intent, meant.confidence, situation.reading, situation)


def last_entry(situation: Situation) -> Entry | None:
    """The entry that was shown last."""
    return situation.knowledge.entries.get(situation.conversation.last_entry or EntryId(""))


def answer_intent(intent: Intent, confidence: float, reading: Understanding, situation: Situation) -> Decision:
    """The entry for an intent and a city; asks for the city where the answer differs and none is known."""
    entries = situation.knowledge.entries_for(intent)
    named = reading.municipalities
    if not entries:
        return AdmitNotKnowing(offline=situation.offline)
    if len(named) > 1:
        return AskMunicipality(intent=intent, confidence=confidence, among=named, has_general=False)
    city = city_in_mind(entries, reading, situation.conversation, situation.knowledge)
    general = next((entry for entry in entries if entry.municipality is None), None)
    local = next((entry for entry in entries if city and entry.municipality == city), None)
    if chosen := local or (general if named or reading.other_cities or len(entries) == 1 else None):
        return GiveAnswer(entry=chosen.id, confidence=confidence, municipality=named[0] if named else None)
    if named or reading.other_cities:
        return elsewhere(entries, confidence, reading)
    if len(entries) == 1:
        return GiveAnswer(entry=entries[0].id, confidence=confidence)
    if city and general:
        return GiveAnswer(entry=general.id, confidence=confidence)
    cities = tuple(entry.municipality for entry in entries if entry.municipality)
    return AskMunicipality(intent=intent, confidence=confidence, among=cities, has_general=general is not None)


def elsewhere(entries: tuple[Entry, ...], confidence: float, reading: Understanding) -> Decision:
    """The question was about a city for which nothing is known: say so, and offer what is known of others."""
    city = reading.municipalities[0] if reading.municipalities else reading.other_cities[0]
    if city == NO_CITY:
        return AdmitNotKnowing()
    return Suggest(entries=tuple(entry.id for entry in entries[:SUGGESTIONS]), reason="other-city", confidence=confidence, city=city)


def lacks_suggestions(situation: Situation) -> bool:
    """Whether suggestions are called for, and the reading has too few that are worth offering."""
    ranking = situation.reading.ranking
    if (
        not ranking
        or ranking[0].intent in INTENTS
        or not situation.thresholds.suggest <= ranking[0].confidence < situation.thresholds.answer
    ):
        return False
    worth = [ranked for ranked in ranking if ranked.confidence >= WORTH_OFFERING and situation.knowledge.entries_for(ranked.intent)]
    return len(worth) < SUGGESTIONS


def possible_meanings(situation: Situation) -> Understanding:
    """The reading, with that in the last answer's topic; where too little of it is worth offering, what the search found fills up."""
    reading, last = situation.reading, last_entry(situation)
    if situation.in_context and last:
        reading = replace(reading, ranking=merge_rankings(reading, situation.in_context, last.intent))
    worth = tuple(ranked for ranked in reading.ranking if ranked.confidence >= WORTH_OFFERING)
    known = {ranked.intent for ranked in worth}
    found = tuple(ranked for ranked in situation.nearby if ranked.intent not in known)
    rest = tuple(ranked for ranked in reading.ranking if ranked.confidence < WORTH_OFFERING)
    return replace(reading, ranking=(*worth, *found, *rest))


def suggest(situation: Situation) -> Decision:
    """Up to three entries that may be meant, the person's city first within each meaning."""
    entries = rank_entries(possible_meanings(situation), situation.conversation, situation.knowledge)[:SUGGESTIONS]
    if not entries:
        return AdmitNotKnowing(offline=situation.offline)
    return Suggest(
        entries=entries,
        reason="offline" if situation.offline else "unsure",
        confidence=situation.reading.ranking[0].confidence,
        with_report="report" in [ranked.intent for ranked in situation.reading.ranking[:SUGGESTIONS]],
    )
