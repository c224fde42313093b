"""The overview of the knowledge: how each entry stands in each language, when it is due, and which entries are looked for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bot.domain.folding import fold
from bot.domain.knowledge import needs_language
from bot.domain.knowledge_drafts import Draft, DraftState
from bot.domain.languages import GERMAN, Language
from bot.domain.read_day import read_day
from bot.domain.staff import StaffId
from bot.domain.translation_states import CURRENT, IN_REVIEW, MISSING, STATES

DUE_SOON = timedelta(days=60)
EVERYWHERE = "none"
NOBODY = "nobody"
Content = Mapping[str, Any]


class Freshness(StrEnum):
    """How an entry's day of review lies to today."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    FRESH = "fresh"


class Stage(StrEnum):
    """Which entries are listed by what is being done about them."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    NEVER_ASKED = "never-asked"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True)
class OverviewLine:
    """One entry: as it was accepted, or as its draft has it where nothing was accepted yet."""

    id: str
    title: str
    topic: str
    municipality: str
    owner: StaffId | None
    states: Mapping[Language, str]
    """By language; those that this entry does not need are left out."""
    review_after: date | None
    freshness: Freshness
    draft: DraftState | None
    is_new: bool
    is_retired: bool
    is_live: bool
    is_asked: bool
    sought: str
    """Everything that the search looks through: id and titles."""


@dataclass(frozen=True, kw_only=True)
class OverviewFilter:
    """Which entries are listed. Empty: all of them; retired ones only when they are asked for."""

    words: str = ""
    topic: str = ""
    city: str = ""
    owner: str = ""
    freshness: str = ""
    language: str = ""
    translation: str = ""
    stage: str = ""

    def admits(self, line: OverviewLine) -> bool:
        """Whether an entry is listed."""
        return all((
            line.is_retired == (self.stage == Stage.RETIRED),
            self.topic in ("", line.topic),
            self.city in ("", line.municipality),
            self.owner in ("", line.owner or NOBODY),
            self.freshness in ("", line.freshness),
            self._admits_states(line.states),
            self._admits_stage(line),
            not self.words or all(word in _folded(line.sought) for word in fold(self.words).split()),
        ))  # fmt: skip

    def _admits_states(self, states: Mapping[Language, str]) -> bool:
        """With a state and no language: any language. With a language and no state: not current."""
        asked = [state for language, state in states.items() if self.language in ("", language)]
        if self.translation:
            return self.translation in asked
        return not self.language or any(state != CURRENT for state in asked)

    def _admits_stage(self, line: OverviewLine) -> bool:
        match self.stage:
            case Stage.DRAFT:
                return line.draft in (DraftState.DRAFT, DraftState.SENT_BACK)
            case Stage.IN_REVIEW:
                return line.draft is DraftState.IN_REVIEW
            case Stage.NEVER_ASKED:
                return line.is_live and not line.is_asked
        return True


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What an entry's line depends on beside the entry."""

    languages: Sequence[Language]
    today: date
    live: Collection[str] = field(default=())
    """Entries that the bot answers from."""
    asked: Collection[str] = field(default=())
    """Entries that somebody saw lately."""


def make_line(id_: str, accepted: Content | None, draft: Draft | None, owner: StaffId | None, around: Circumstances) -> OverviewLine:
    """The line of an entry. Either of its contents may be missing, not both; what is half written is no reason to fail."""
    content = accepted or (draft.content if draft else {})
    titles = mapping_of(content, "title")
    review_after = read_day(content.get("review_after"))
    in_review = draft.content if draft and draft.state is DraftState.IN_REVIEW else None
    return OverviewLine(
        id=id_,
        title=str(titles.get(GERMAN) or next(filter(None, titles.values()), "") or id_),
        topic=str(content.get("topic") or ""),
        municipality=str(content.get("municipality") or EVERYWHERE),
        owner=owner,
        states=states_of(content, around.languages, accepted, in_review),
        review_after=review_after,
        freshness=freshness_of(review_after, around.today),
        draft=draft.state if draft else None,
        is_new=accepted is None,
        is_retired=content.get("state") == "retired",
        is_live=id_ in around.live,
        is_asked=id_ in around.asked,
        sought=" ".join([id_, *map(str, titles.values())]),
    )


def states_of(
    content: Content, languages: Sequence[Language], accepted: Content | None = None, in_review: Content | None = None
) -> dict[Language, str]:
    """How an entry stands in each language: what is waiting for review counts as that, whatever was accepted before.

    >>> entry = {"answers": {"de": "A", "tr": "B"}, "translations": {"de": "current", "tr": "outdated", "fr": "current"}}
    >>> states_of(entry, [Language(code) for code in ("de", "tr", "fr")])
    {'de': 'current', 'tr': 'outdated', 'fr': 'missing'}
    >>> states_of(entry, [Language("fr")], entry, {**entry, "answers": {"fr": "C"}})
    {'fr': 'in-review'}
    """
    answers, noted = mapping_of(content, "answers"), mapping_of(content, "translations")
    states = {}
    for language in languages:
        if needs_language(content.get("audience"), language):
            state = noted.get(language, CURRENT) if answers.get(language) else MISSING
            states[language] = IN_REVIEW if in_review and is_waiting(in_review, accepted or {}, language) else state
    return {language: state if state in STATES else CURRENT for language, state in states.items()}


def is_waiting(in_review: Content, accepted: Content, language: Language) -> bool:
    """Whether what waits for review has other words in a language than what was accepted."""
    waiting = texts_of(in_review, language)
    return any(waiting) and waiting != texts_of(accepted, language)


def freshness_of(review_after: date | None, today: date) -> Freshness:
    """An entry without a readable day counts as overdue.

    >>> [freshness_of(day, date(2026, 11, 20)).value for day in (date(2026, 11, 19), date(2026, 11, 20), date(2027, 2, 1))]
    ['overdue', 'due-soon', 'fresh']
    """
    if review_after is None or review_after < today:
        return Freshness.OVERDUE
    return Freshness.DUE_SOON if review_after <= today + DUE_SOON else Freshness.FRESH


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """Folding all titles takes long enough to do it once."""
    return fold(text)


def texts_of(content: Content, language: Language) -> tuple[str, str]:
    """Title and answer in a language."""
    title, answer = (str(mapping_of(content, name).get(language) or "").strip() for name in ("title", "answers"))
    return title, answer


def mapping_of(content: Content, name: str) -> Mapping[str, Any]:
    """A field that should hold a text for each language; empty where it holds something else."""
    value = content.get(name)
    return value if isinstance(value, Mapping) else {}
