"""What the outcomes come to in one language, in percent, and the bars that they should reach."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.quality.measure import Outcome, Result
from tests.quality.questions import Nothing, Question, Stray, Wish

AT_LEAST = {"answered_right": 92.0, "right_or_suggested": 97.0, "out_of_scope_rejected": 92.0, "emergencies_recognised": 98.0}
AT_MOST = {"answered_wrong": 2.0, "parse_p50_ms": 4.0}


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How well one language is understood."""

    questions: int
    answered_right: float
    right_or_suggested: float
    answered_wrong: float
    declined: float
    taken_for_a_wish: float
    city_asked: float
    out_of_scope: int
    out_of_scope_rejected: float
    out_of_scope_got_suggestions: float
    emergencies: int
    emergencies_recognised: float
    other_wishes: int
    other_wishes_recognised: float
    nothing: int
    nothing_left_alone: float
    nothing_got_suggestions: float


def summarise(results: Iterable[Result]) -> Quality:
    """The shares of the outcomes."""
    results = list(results)
    questions = [result for result in results if isinstance(result.case, Question)]
    strays = [result for result in results if isinstance(result.case, Stray)]
    cries = [result for result in results if result.is_emergency]
    wishes = [result for result in results if isinstance(result.case, Wish) and not result.is_emergency]
    nothing = [result for result in results if isinstance(result.case, Nothing)]
    return Quality(
        questions=len(questions),
        answered_right=_share(questions, Outcome.RIGHT),
        right_or_suggested=_share(questions, Outcome.RIGHT, Outcome.SUGGESTED),
        answered_wrong=_share(questions, Outcome.WRONG),
        declined=_share(questions, Outcome.DECLINED),
        taken_for_a_wish=_share(questions, Outcome.ELSEWHERE),
        city_asked=percent(sum(result.city_asked for result in questions), len(questions)),
        out_of_scope=len(strays),
        out_of_scope_rejected=_share(strays, Outcome.DECLINED, Outcome.OFFERED, Outcome.ELSEWHERE),
        out_of_scope_got_suggestions=_share(strays, Outcome.OFFERED),
        emergencies=len(cries),
        emergencies_recognised=_share(cries, Outcome.RIGHT),
        other_wishes=len(wishes),
        other_wishes_recognised=_share(wishes, Outcome.RIGHT),
        nothing=len(nothing),
        nothing_left_alone=_share(nothing, Outcome.RIGHT, Outcome.OFFERED),
        nothing_got_suggestions=_share(nothing, Outcome.OFFERED),
    )


def misses(name: str, value: float) -> bool:
    """Whether a figure misses its bar; figures without a bar never do.

    >>> misses("answered_right", 91.9), misses("answered_wrong", 2.0), misses("declined", 50.0)
    (True, False, False)
    """
    return value < AT_LEAST.get(name, value) or value > AT_MOST.get(name, value)


def percent(part: float, whole: int) -> float:
    """A share with one decimal."""
    return round(100 * part / whole, 1) if whole else 0.0


def _share(results: list[Result], *outcomes: Outcome) -> float:
    return percent(sum(result.outcome in outcomes for result in results), len(results))
