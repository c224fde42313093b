"""What invented editors reword and invented people ask, from knowledge.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN, Language
from bot.domain.questions import QuestionKind

REASON = "Drei polnische Fragen führen jetzt zu Vorschlägen statt zur Antwort. Neue Formulierungen dafür sind schon in Arbeit."
LEARNED = (
    (12, "was kostet ein gespräch bei der antidiskriminierungsberatung", "discrimination.costs", ""),
    (11, "Wo verlängere ich meinen Aufenthaltstitel?", "", "near"),
)
"""Questions of the inbox that were learned from: so many days ago, for an entry or as something out of scope."""
CHECKED = (
    ("Wie lange habe ich Zeit, wenn ich Geld vom Arbeitgeber will?", "discrimination.deadline"),
    ("Der Vermieter sagt, er nimmt keine Ausländer. Darf er das?", "discrimination.housing"),
    ("Kann ich melden, ohne meinen Namen zu sagen?", "discrimination.confidential"),
)
"""Questions that every publication is tried with, and the entries that answer them."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """Words that come in place of others, without another fact: when, by which editor, and how far it has come."""

    days: float
    id: str
    old: str
    new: str
    kind: str = "entry"
    field: str = "answers"
    language: Language = GERMAN
    by: int = 0
    ends: str = "accepted"
    meaning_unchanged: bool = True
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that got no good answer, so many days ago."""

    days: float
    text: str
    language: Language
    kind: QuestionKind = QuestionKind.UNANSWERED
    city: MunicipalityId | None = None
    entries: tuple[str, ...] = ()


def read_changes() -> list[Change]:
    """All of them."""
    return [Change(**each) for each in _read()["change"]]


def read_questions() -> list[Asked]:
    """All of them."""
    return [
        Asked(**{**each, "kind": QuestionKind(each.get("kind", "unanswered")), "entries": tuple(each.get("entries", ()))})
        for each in _read()["question"]
    ]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("knowledge.toml").read_text(encoding="utf-8"))
