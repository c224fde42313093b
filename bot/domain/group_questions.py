"""Put questions that are alike together, so that editors see what is asked often instead of a long list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log, sqrt

from bot.domain.folding import fold
from bot.domain.knowledge import EntryId, MunicipalityId
from bot.domain.languages import Language, without_variety
from bot.domain.lexical_search import triples_of
from bot.domain.questions import QuestionKind, UnansweredQuestion

ALIKE = 0.55
"""Cosine similarity of letter triples, rare ones weighing more, from which two questions are taken for the same."""
TELLING, CANDIDATES = 8, 5
"""A question is compared with so many others: those that share most of its rarest triples. That bounds the time."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The same words, however often and however written; the first way of writing stands for all."""

    text: str
    references: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class QuestionGroup:
    """Questions in one language that are alike: the most frequent wording first."""

    language: Language
    wordings: tuple[Wording, ...]
    count: int
    since: date
    last: date
    kinds: tuple[QuestionKind, ...]
    municipalities: tuple[MunicipalityId, ...]
    entries: tuple[EntryId, ...]
    """What was tried or suggested for them, the most frequent first."""

    @property
    def text(self) -> str:
        """The wording that stands for the group."""
        return self.wordings[0].text


@dataclass
class _Gathered:
    """Questions with the same words."""

    questions: list[UnansweredQuestion] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)
    length: float = 1.0


def group_questions(questions: Iterable[UnansweredQuestion]) -> tuple[QuestionGroup, ...]:
    """Groups of questions that are alike, the largest first, then the newest.

    The same words are always together; beyond that each wording, the frequent ones first, joins the group that it is most like.
    """
    by_language: dict[Language, dict[str, _Gathered]] = defaultdict(dict)
    for question in questions:
        same = by_language[without_variety(question.language)]
        same.setdefault(fold(question.text) or question.text, _Gathered()).questions.append(question)
    groups = [group for language, gathered in by_language.items() for group in _group(language, gathered)]
    return tuple(sorted(groups, key=lambda group: (-group.count, -group.last.toordinal(), group.language, group.text)))


def _group(language: Language, gathered: dict[str, _Gathered]) -> list[QuestionGroup]:
    ordered = sorted(gathered.items(), key=lambda pair: (-len(pair[1].questions), pair[0]))
    rarity = _weigh(ordered)
    leaders: list[list[_Gathered]] = []
    by_triple: dict[str, list[int]] = defaultdict(list)
    for _, each in ordered:
        telling = sorted((triple for triple in each.weights if rarity[triple] > 1), key=lambda triple: (rarity[triple], triple))[:TELLING]
        shared = Counter(number for triple in telling for number in by_triple[triple])
        near = [(likeness(each, leaders[number][0]), number) for number, _ in shared.most_common(CANDIDATES)]
        best, number = max(near, default=(0.0, 0))
        if best >= ALIKE:
            leaders[number].append(each)
            continue
        for triple in each.weights:
            by_triple[triple].append(len(leaders))
        leaders.append([each])
    return [_to_group(language, members) for members in leaders]


def _weigh(ordered: Sequence[tuple[str, _Gathered]]) -> Counter[str]:
    """Give each its weights; in how many a triple occurs."""
    counted = [triples_of(folded) for folded, _ in ordered]
    rarity = Counter(triple for each in counted for triple in each)
    for (_, gathered), counts in zip(ordered, counted, strict=True):
        gathered.weights = {triple: count * (1 + log(len(ordered) / rarity[triple])) for triple, count in counts.items()}
        gathered.length = sqrt(sum(weight * weight for weight in gathered.weights.values())) or 1.0
    return rarity


def likeness(one: _Gathered, other: _Gathered) -> float:
    """The cosine of the angle between two: 0 for nothing in common, 1 for the same."""
    few, many = sorted((one.weights, other.weights), key=len)
    return sum(weight * many[triple] for triple, weight in few.items() if triple in many) / (one.length * other.length)


def _to_group(language: Language, members: Sequence[_Gathered]) -> QuestionGroup:
    questions = [question for member in members for question in member.questions]
    entries = Counter(entry for question in questions for entry in question.entries)
    cities = Counter(question.municipality for question in questions if question.municipality)
    ordered = sorted(members, key=lambda member: -len(member.questions))
    return QuestionGroup(
        language=language,
        wordings=tuple(
            Wording(text=member.questions[0].text, references=tuple(question.reference for question in member.questions))
            for member in ordered
        ),
        count=len(questions),
        since=min(question.asked_on for question in questions),
        last=max(question.asked_on for question in questions),
        kinds=tuple(kind for kind in QuestionKind if any(question.kind is kind for question in questions)),
        municipalities=tuple(city for city, _ in cities.most_common()),
        entries=tuple(entry for entry, _ in entries.most_common()),
    )
