"""Which decision a typed text calls for: whoever waits for it gets it; what nobody waits for is a question; emergencies first."""

from bot.domain.answer_intent import answer_intent
from bot.domain.conversations import ChoosingMunicipality, GivingReceipt
from bot.domain.decide_case import decide_case
from bot.domain.decide_question import decide_question
from bot.domain.decisions import (
    AdmitNotKnowing,
    AnswerOffice,
    AskMunicipality,
    AskReceipt,
    Decision,
    ExplainUnsupported,
    FillForm,
    GiveAnswer,
    LeaveHuman,
    OpenCase,
    RelayToHuman,
    SetMunicipality,
    Show,
    ShowEmergency,
    ShowTopic,
    StartReport,
    Suggest,
    WarnFirst,
    WorkOnCase,
)
from bot.domain.handovers import is_stop_word
from bot.domain.receipts import find_receipt, looks_like_code, read_receipt
from bot.domain.situation import Situation

EMERGENCY_CONFIDENCE = 0.25
"""Low on purpose: an emergency text too many is harmless, one too few is not."""
EMERGENCY_CONFIDENCE_IN_FORM = 0.5
"""Higher where the bot has asked: "a witness", "last Saturday around midnight" are answers. None of the 144 cries for help among the
development messages is lost by it."""
HARMLESS = (LeaveHuman, ExplainUnsupported)
"""What only a word that ends a chat, or no word at all, is decided to be."""
EXPECTED = (FillForm, WorkOnCase, AnswerOffice, RelayToHuman)
"""What a text was expected for: it is taken down in danger, too."""
LIKELIER = (GiveAnswer, AskMunicipality, StartReport, OpenCase, AskReceipt, Show, ShowTopic, Suggest)
"""What a text may rather have meant than a cry for help."""
PREPOSITION_LETTERS, FOLLOW_UP_LETTERS = 3, 8
"""Letters beside a city's name: "in", in any language; "und in", "what about"."""


def decide_text(text: str, situation: Situation) -> Decision:
    """What a typed text calls for; where it may be a cry for help, the emergency numbers come first."""
    decision = decide_words(text, situation)
    if not is_emergency(situation) or isinstance(decision, HARMLESS):
        return decision
    if isinstance(decision, EXPECTED) or (isinstance(decision, LIKELIER) and not sounds_like_emergency(situation)):
        return WarnFirst(then=decision)
    return ShowEmergency()


def is_emergency(situation: Situation) -> bool:
    """Whether a text may be a cry for help: by a word of the list, or by its reading."""
    least = EMERGENCY_CONFIDENCE_IN_FORM if situation.conversation.is_in_form() else EMERGENCY_CONFIDENCE
    return situation.has_emergency_word or situation.reading.confidence_in("emergency") >= least


def sounds_like_emergency(situation: Situation) -> bool:
    """Whether nothing else is likelier. A word of the list counts for more than an unsure reading."""
    ranking = situation.reading.ranking
    return not ranking or ranking[0].intent == "emergency" or (situation.has_emergency_word and not situation.is_sure())


def decide_words(text: str, situation: Situation) -> Decision:
    """What a typed text calls for, in danger or not."""
    conversation = situation.conversation
    if conversation.is_in_form():
        return FillForm(text=text)
    if not conversation.handover and not any(char.isalnum() for char in text):
        return ExplainUnsupported(what="empty")
    if situation.open_case and (work := decide_case(text, situation)):
        return work
    if situation.answered_case:
        return AnswerOffice(case=situation.answered_case, text=text)
    opened = decide_code(text, situation)
    if conversation.handover and opened is None:
        return LeaveHuman() if is_stop_word(text) else RelayToHuman(text=text)
    return opened or decide_city_alone(situation) or decide_question(situation)


def decide_code(text: str, situation: Situation) -> OpenCase | None:
    """A receipt code opens its case; where one was asked for, an attempt at a code does, too."""
    activity = situation.conversation.activity
    asked_for = activity.purpose if isinstance(activity, GivingReceipt) else None
    if code := find_receipt(text):
        return OpenCase(code=code, purpose=asked_for or "status")
    return OpenCase(code=read_receipt(text), purpose=asked_for) if asked_for and looks_like_code(text) else None


def decide_city_alone(situation: Situation) -> Decision | None:
    """A text that names one city and little else: "And in Halle?" asks the last question again for that city."""
    reading, conversation = situation.reading, situation.conversation
    names = (*reading.municipalities, *reading.other_cities)
    letters = sum(char.isalpha() for char in reading.remainder)
    if len(names) != 1 or letters > FOLLOW_UP_LETTERS or (letters > PREPOSITION_LETTERS and situation.is_sure()):
        return None
    waiting, last = conversation.activity, situation.last_entry()
    if isinstance(waiting, ChoosingMunicipality):
        return answer_intent(waiting.intent, waiting.confidence, reading, situation)
    if last and len(situation.knowledge.entries_for(last.intent)) > 1:
        return answer_intent(last.intent, reading.confidence_in(last.intent), reading, situation)
    return SetMunicipality(municipality=reading.municipalities[0]) if reading.municipalities else AdmitNotKnowing(city=names[0])
