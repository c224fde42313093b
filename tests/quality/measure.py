"""Ask the bot every test question, as a person would, and count what came of it, language by language."""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.answer_intent import NO_CITY
from bot.domain.messages import Answer, Status
from bot.services.ports import Ports
from tests.quality.chat import Chat, open_chat
from tests.quality.questions import Nothing, Question, Stray, Wish, read_nothing, read_questions, read_strays, read_wishes

AT_ONCE = 8
BUTTONS = {
    "report": "report", "human": "human", "help": "help", "case-status": "status", "change-language": "languages", "delete-data": "forget",
}  # fmt: skip
"""The button that does what a wish asks for. Small talk has none."""


CALM = (Status.UNANSWERED, Status.SMALLTALK, Status.UNSUPPORTED)
"""What becomes of a message that says nothing."""


class Outcome(StrEnum):
    """What became of a message."""

    RIGHT = "right"
    SUGGESTED = "suggested"
    """Not answered, but a right entry is among the three suggestions."""
    WRONG = "wrong"
    """Answered with another entry, the emergency numbers before it or not. For a question to nobody: answered at all, or taken for one of
    ours and asked for the city."""
    DECLINED = "declined"
    """No answer, and no right one among the suggestions. For a question to nobody: as it should be."""
    OFFERED = "offered"
    """A question to nobody that got suggestions: not answered, but not refused either."""
    ELSEWHERE = "elsewhere"
    """Taken for a wish or small talk: the form, the menu, a page."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One test message and what became of it; `city_asked` when the answer came only after that."""

    case: Question | Stray | Nothing | Wish
    outcome: Outcome
    said: Answer
    city_asked: bool = False

    @property
    def is_emergency(self) -> bool:
        """Tell whether the message is a cry for help."""
        return isinstance(self.case, Wish) and self.case.intent == "emergency"


async def measure(ports: Ports, languages: Iterable[str]) -> list[Result]:
    """The outcome of every test message of these languages."""
    spoken = set(languages)
    words = await words_of_wishes(ports, spoken)
    asked = [ask_question(ports, question) for language in sorted(spoken) for question in read_questions(language)]
    asked += [ask_stray(ports, stray) for stray in read_strays() if stray.language in spoken]
    asked += [say_nothing(ports, nothing) for nothing in read_nothing() if nothing.language in spoken]
    asked += [make_wish(ports, wish, words) for wish in read_wishes() if wish.language in spoken]
    return await _few_at_once(asked)


async def ask_question(ports: Ports, question: Question) -> Result:
    """Ask; where the bot asks for the city, choose that of the expected entry."""
    async with open_chat(ports, question.language) as chat:
        said = await chat.says(question.text)
        asked = asks_for_city(said)
        if asked:
            expected = ports.published.knowledge.entries[question.entries[0]]  # type: ignore[index]
            said = await chat.presses(f"city:{expected.municipality or NO_CITY}")
    return Result(case=question, outcome=_judge(said, question), said=said, city_asked=asked)


def _judge(said: Answer, question: Question) -> Outcome:
    if said.entry:
        return Outcome.RIGHT if said.entry in question.entries else Outcome.WRONG
    if said.status in {Status.SUGGESTED, Status.EMERGENCY} and offered_entries(said) & set(question.entries):
        return Outcome.SUGGESTED
    return Outcome.DECLINED if said.status in {Status.SUGGESTED, Status.UNANSWERED} else Outcome.ELSEWHERE


async def ask_stray(ports: Ports, stray: Stray) -> Result:
    """Ask what no entry answers."""
    async with open_chat(ports, stray.language) as chat:
        said = await chat.says(stray.text)
    if said.entry or asks_for_city(said):
        return Result(case=stray, outcome=Outcome.WRONG, said=said)
    outcomes = {Status.SUGGESTED: Outcome.OFFERED, Status.UNANSWERED: Outcome.DECLINED}
    return Result(case=stray, outcome=outcomes.get(said.status, Outcome.ELSEWHERE), said=said)


async def say_nothing(ports: Ports, nothing: Nothing) -> Result:
    """Say what calls for nothing: wrong is an answer, a form, a page about data, or the emergency numbers."""
    async with open_chat(ports, nothing.language) as chat:
        said = await chat.says(nothing.text)
    outcomes = {Status.SUGGESTED: Outcome.OFFERED, **dict.fromkeys(CALM, Outcome.RIGHT)}
    is_asked = asks_for_city(said)
    return Result(case=nothing, outcome=Outcome.WRONG if is_asked else outcomes.get(said.status, Outcome.WRONG), said=said)


async def make_wish(ports: Ports, wish: Wish, words: dict[tuple[str, str], str]) -> Result:
    """Ask for an action, and see whether it is the one that its button begins."""
    async with open_chat(ports, wish.language) as chat:
        said = await chat.says(wish.text)
    if wish.intent == "emergency":
        is_right = said.status is Status.EMERGENCY
    else:
        is_right = words[wish.language, wish.intent] in [reply.text for reply in said.replies]
    wrong = Outcome.WRONG if said.status is Status.ANSWERED else Outcome.DECLINED
    return Result(case=wish, outcome=Outcome.RIGHT if is_right else wrong, said=said)


async def words_of_wishes(ports: Ports, languages: Iterable[str]) -> dict[tuple[str, str], str]:
    """What the bot says, by language and intent, when a wish is understood."""
    words = {}
    for language in languages:
        async with open_chat(ports, language) as chat:
            words |= {(language, intent): await _words_of_button(chat, value) for intent, value in BUTTONS.items()}
        for intent in ("greeting", "thanks", "goodbye"):
            words[language, intent] = ports.wording.say(f"smalltalk.{intent}", language)  # type: ignore[arg-type]
    return words


async def _words_of_button(chat: Chat, value: str) -> str:
    return (await chat.presses(value)).replies[0].text


def asks_for_city(said: Answer) -> bool:
    """Whether the answer is the question for the city."""
    values = [button.value for reply in said.replies for button in reply.choices]
    return said.status in {Status.SUGGESTED, Status.EMERGENCY} and any(value.startswith("city:") for value in values)


def offered_entries(said: Answer) -> set[str]:
    """The entries behind the buttons."""
    values = [button.value for reply in said.replies for button in reply.choices]
    return {value.removeprefix("entry:") for value in values if value.startswith("entry:")}


async def _few_at_once(asked: list[Awaitable[Result]]) -> list[Result]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def through(waiting: Awaitable[Result]) -> Result:
        async with gate:
            return await waiting

    return await asyncio.gather(*map(through, asked))
