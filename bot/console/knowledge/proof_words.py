"""What a proof found, in words: the gates, the figures of every language, and the questions whose answer changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal

from bot.console.labels import language_name
from bot.console.visit import Visit
from bot.domain.knowledge import KnowledgeBase, in_language
from bot.domain.languages import Language, is_right_to_left
from bot.domain.proof import Asked, Gate, LanguageFigures, ProofQuestion, ProofReport, Share, Verdict, count, find_changes
from bot.domain.publication_runs import PublicationRun
from bot.services.desk.knowledge.prove_model import collect_questions

SHOWN_CHANGES = 200
FIGURES = ("right", "offered", "wrong", "refused", "emergencies")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A share before and after; empty where nothing was asked. `trend`: better, worse or the same."""

    before: str
    after: str
    trend: str


@dataclass(frozen=True, kw_only=True)
class ChangedAnswer:
    """A question that gets another answer than before."""

    text: str
    language: str
    language_name: str
    direction: str
    before: str
    after: str
    is_worse: bool


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A report in words."""

    may_go_live: bool
    closed: list[str]
    """The closed gates, a sentence each."""
    open_gates: int
    lost: list[ChangedAnswer]
    """The questions that close a gate."""
    figures: list[tuple[str, list[Figure]]]
    changed: list[ChangedAnswer]
    unshown: int
    seconds: Mapping[str, float]


async def summarize(visit: Visit, run: PublicationRun) -> Summary | None:
    """What a run found; None where it found nothing."""
    if run.report is None:
        return None
    report, knowledge = run.report, visit.ports.bot.published.knowledge
    questions = {question.key: question for question in await collect_questions(visit.ports)}
    changed = [key for key in find_changes(report.before, report.after) if key in questions]
    closed = [gate for gate in report.gates if not gate.is_open]
    lost = dict.fromkeys(key for gate in closed for key in gate.lost if key in questions)
    return Summary(
        may_go_live=report.may_go_live,
        closed=[_say_gate(visit, gate) for gate in closed],
        open_gates=len(report.gates) - len(closed),
        lost=[_say_change(visit, questions[key], report, knowledge) for key in lost],
        figures=_to_figures(visit, list(questions.values()), report),
        changed=[_say_change(visit, questions[key], report, knowledge) for key in changed[:SHOWN_CHANGES]],
        unshown=max(len(changed) - SHOWN_CHANGES, 0),
        seconds=report.seconds,
    )


def _say_gate(visit: Visit, gate: Gate) -> str:
    values: dict[str, object] = {"count": len(gate.lost)} if gate.lost else {}
    if gate.language:
        values |= {"language": language_name(visit, gate.language)}
        values |= {name: _percent(visit, value) for name, value in (("before", gate.before), ("after", gate.after))}
    return visit.said(f"publish.gate.{gate.name}", **values)


def _percent(visit: Visit, value: float | None) -> str:
    return "" if value is None else f"{format_decimal(value, '0.0', locale=visit.language)} %"


def _to_figures(visit: Visit, questions: list[ProofQuestion], report: ProofReport) -> list[tuple[str, list[Figure]]]:
    before, after = count(questions, report.before), count(questions, report.after)
    order = [code for code in visit.ports.bot.wording.languages if code in after]
    return [(language_name(visit, code), [_to_figure(visit, name, before.get(code), after[code]) for name in FIGURES]) for code in order]


def _to_figure(visit: Visit, name: str, before: LanguageFigures | None, after: LanguageFigures) -> Figure:
    was: Share | None = getattr(before, name) if before else None
    now: Share = getattr(after, name)
    if not now.of:
        return Figure(before="", after="", trend="same")
    gain = (now.percent - was.percent) * (-1 if name == "wrong" else 1) if was and was.of else 0.0
    return Figure(
        before=_percent(visit, was.percent) if was and was.of else "",
        after=_percent(visit, now.percent),
        trend="better" if gain > 0 else "worse" if gain < 0 else "same",
    )


def _say_change(visit: Visit, question: ProofQuestion, report: ProofReport, knowledge: KnowledgeBase) -> ChangedAnswer:
    before, after = report.before.get(question.key), report.after.get(question.key)
    return ChangedAnswer(
        text=question.text,
        language=question.language,
        language_name=language_name(visit, question.language),
        direction="rtl" if is_right_to_left(question.language) else "ltr",
        before=_say_verdict(visit, question, before, knowledge),
        after=_say_verdict(visit, question, after, knowledge),
        is_worse=before is not None and before.outcome == "right" and (after is None or after.outcome != "right"),
    )


def _say_verdict(visit: Visit, question: ProofQuestion, verdict: Verdict | None, knowledge: KnowledgeBase) -> str:
    if verdict is None:
        return visit.said("publish.verdict.not-asked")
    if not verdict.entry:
        return visit.said(f"publish.verdict.{question.kind if question.kind is Asked.EMERGENCY else 'none'}.{verdict.outcome}")
    known = next((entry for id_, entry in knowledge.entries.items() if id_ == verdict.entry), None)
    title = in_language(known.title, Language(visit.language))[0] if known else verdict.entry
    return visit.said(f"publish.verdict.{verdict.outcome}", entry=title)
