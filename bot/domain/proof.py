"""Whether a new model may answer: questions with known answers, what became of them before and after, and the gates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain import decisions
from bot.domain.knowledge import EntryId, KnowledgeBase, MunicipalityId
from bot.domain.languages import Language

RIGHT_MAY_FALL = 2.0
"""Percentage points by which a language may be answered less often rightly, or its questions to nobody be refused less often."""
WRONG_MAY_RISE = 1.0
"""Percentage points by which wrong answers of a language may grow: about one question."""


class Asked(StrEnum):
    """What a proof question is."""

    QUESTION = "question"
    STRAY = "stray"
    """It belongs to nobody: no entry may answer it."""
    EMERGENCY = "emergency"
    CHECK = "check"
    """Kept by an editor: it has to be answered rightly, always."""


class Outcome(StrEnum):
    """What became of a proof question."""

    RIGHT = "right"
    SUGGESTED = "suggested"
    WRONG = "wrong"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class ProofQuestion:
    """A question with the entries that answer it rightly, best first. `key` names it in reports, in place of its words."""

    key: str
    kind: Asked
    text: str
    language: Language
    entries: tuple[str, ...] = ()
    municipality: MunicipalityId | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of one question, and the entry it was answered with, if any."""

    outcome: Outcome
    entry: str = ""


Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    @property
    def percent(self) -> float:
        """In percent; 100 of nothing."""
        return 100 * self.hits / self.of if self.of else 100.0


@dataclass(frozen=True, kw_only=True)
class LanguageFigures:
    """How well one language is served."""

    right: Share
    offered: Share
    """Right, or right among three suggestions."""
    wrong: Share
    refused: Share
    """Of the questions that belong to nobody."""
    emergencies: Share


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One condition for going live. `lost` names the questions that close it."""

    name: str
    language: str = ""
    is_open: bool
    before: float | None = None
    after: float | None = None
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProofReport:
    """What a proof found. The verdicts after it are kept, to compare the next one with."""

    compared_with: int
    """The number of the publication that answered before; 0 when there was none."""
    fingerprint: str
    """Of the items and the model that were tried."""
    questions: str
    """A hash of the questions asked: figures of other questions are not compared."""
    before: Verdicts
    after: Verdicts
    gates: tuple[Gate, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    """How long each step took."""

    @property
    def may_go_live(self) -> bool:
        """Whether every gate is open."""
        return all(gate.is_open for gate in self.gates)


def judge(decision: decisions.Decision, question: ProofQuestion, knowledge: KnowledgeBase) -> Verdict:
    """What a decision means for a question. Where the bot asks for the city first, the right city is chosen."""
    match decision:
        case decisions.GiveAnswer(entry=entry):
            return Verdict(outcome=Outcome.RIGHT if entry in question.entries else Outcome.WRONG, entry=entry)
        case decisions.AskMunicipality(intent=intent):
            right = next((entry for entry in question.entries if _has_intent(entry, intent, knowledge)), "")
            if right:
                return Verdict(outcome=Outcome.RIGHT, entry=right)
            return Verdict(outcome=Outcome.WRONG if question.kind is Asked.STRAY else Outcome.DECLINED)
        case decisions.Suggest(entries=entries):
            return Verdict(outcome=Outcome.SUGGESTED if set(entries) & set(question.entries) or _is_stray(question) else Outcome.DECLINED)
        case decisions.ShowEmergency() | decisions.WarnFirst() if question.kind is Asked.EMERGENCY:
            return Verdict(outcome=Outcome.RIGHT)
        case decisions.WarnFirst(then=then):
            return judge(then, question, knowledge)
        case decisions.AdmitNotKnowing() if question.kind is Asked.STRAY:
            return Verdict(outcome=Outcome.RIGHT)
    return Verdict(outcome=Outcome.DECLINED)


def _has_intent(entry: str, intent: str, knowledge: KnowledgeBase) -> bool:
    known = knowledge.entries.get(EntryId(entry))
    return known is not None and known.intent == intent


def _is_stray(question: ProofQuestion) -> bool:
    return question.kind is Asked.STRAY


def count(questions: Iterable[ProofQuestion], verdicts: Verdicts) -> dict[str, LanguageFigures]:
    """The figures of every language, by its code. Questions without a verdict were not asked."""
    asked: dict[str, list[ProofQuestion]] = {}
    for question in questions:
        if question.key in verdicts:
            asked.setdefault(question.language, []).append(question)
    return {language: _count_one(each, verdicts) for language, each in sorted(asked.items())}


def _count_one(questions: Sequence[ProofQuestion], verdicts: Verdicts) -> LanguageFigures:
    def share(kinds: tuple[Asked, ...], *outcomes: Outcome) -> Share:
        chosen = [verdicts[question.key].outcome for question in questions if question.kind in kinds]
        return Share(hits=sum(outcome in outcomes for outcome in chosen), of=len(chosen))

    asked = (Asked.QUESTION, Asked.CHECK)
    return LanguageFigures(
        right=share(asked, Outcome.RIGHT),
        offered=share(asked, Outcome.RIGHT, Outcome.SUGGESTED),
        wrong=share(asked, Outcome.WRONG),
        refused=share((Asked.STRAY,), Outcome.RIGHT),
        emergencies=share((Asked.EMERGENCY,), Outcome.RIGHT),
    )


def find_gates(questions: Sequence[ProofQuestion], before: Verdicts, after: Verdicts) -> tuple[Gate, ...]:
    """The conditions for going live, language by language, and for the questions that editors keep.

    A gate compares what was answered before with what would be answered now, on the same questions.
    """
    gates = []
    earlier, later = count(questions, before), count(questions, after)
    for language, now in later.items():
        was = earlier.get(language)
        if was is None:
            continue
        gates += [
            Gate(
                name="right",
                language=language,
                before=was.right.percent,
                after=now.right.percent,
                is_open=now.right.percent >= was.right.percent - RIGHT_MAY_FALL,
            ),
            Gate(
                name="wrong",
                language=language,
                before=was.wrong.percent,
                after=now.wrong.percent,
                is_open=now.wrong.percent <= was.wrong.percent + WRONG_MAY_RISE,
            ),
            Gate(
                name="refused",
                language=language,
                before=was.refused.percent,
                after=now.refused.percent,
                is_open=now.refused.percent >= was.refused.percent - RIGHT_MAY_FALL,
            ),
        ]
    lost = tuple(each.key for each in questions if each.kind is Asked.EMERGENCY and _is_lost(each.key, before, after))
    missed = tuple(
        each.key for each in questions if each.kind is Asked.CHECK and each.key in after and after[each.key].outcome is not Outcome.RIGHT
    )
    return (
        *gates,
        Gate(name="emergencies", is_open=not lost, lost=lost),
        Gate(name="checks", is_open=not missed, lost=missed),
    )


def _is_lost(key: str, before: Verdicts, after: Verdicts) -> bool:
    was_right = key in before and before[key].outcome is Outcome.RIGHT
    return was_right and key in after and after[key].outcome is not Outcome.RIGHT


def find_changes(before: Verdicts, after: Verdicts) -> list[str]:
    """The keys of the questions that get another answer than before, those that were right first.

    >>> right, wrong = Verdict(outcome=Outcome.RIGHT, entry="a"), Verdict(outcome=Outcome.WRONG, entry="b")
    >>> find_changes({"x": wrong, "y": right, "z": right}, {"x": right, "y": wrong, "z": right})
    ['y', 'x']
    """
    changed = [key for key in after if key in before and before[key] != after[key]]
    return sorted(changed, key=lambda key: (before[key].outcome is not Outcome.RIGHT, key))
