"""Two contents of an item side by side, field by field, in the words of the desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, get_day_names

from bot.console.labels import city_name, language_name
from bot.console.visit import Visit
from bot.domain.knowledge import in_language
from bot.domain.knowledge_differences import Fate, FieldChange, Path, Piece, compare_lines, compare_words, find_changes
from bot.domain.languages import GERMAN, Language, is_right_to_left
from bot.domain.translation_states import OUTDATED

CODES = ("state", "topic", "audience", "translations", "per")
"""Fields whose values have words of their own: review.value.<field>.<value>."""
REFERRED = ("related", "contacts", "programmes")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


@dataclass(frozen=True, kw_only=True)
class ShownChange:
    """One field. `pieces` are runs of words, or the lines of a list."""

    label: str
    pieces: Sequence[Piece]
    is_list: bool
    unchanged: int = 0
    """Lines of the list that stayed and are not shown."""


@dataclass(frozen=True, kw_only=True)
class Fold:
    """What changed in one language, or in what is the same in all."""

    language: str
    name: str
    direction: str
    is_open: bool
    changes: Sequence[ShownChange]


def to_folds(visit: Visit, before: Mapping[str, object], after: Mapping[str, object]) -> list[Fold]:
    """The changes of every language, German first; what is new as a whole is not marked word by word."""
    languages = (GERMAN, *(code for code in visit.ports.bot.wording.languages if code != GERMAN))
    sorted_out: dict[str, list[FieldChange]] = {code: [] for code in ("", *languages)}
    for change in find_changes(before, after, inside_lists=True):
        if not _is_outdating(change) and _trim(change.before) != _trim(change.after):
            sorted_out[_language_of(change.path, languages)].append(change)
    return [
        Fold(
            language=code,
            name=language_name(visit, code) if code else visit.said("review.all-languages"),
            direction="rtl" if code and is_right_to_left(Language(code)) else "ltr",
            is_open=code in ("", GERMAN) or len([each for each in sorted_out.values() if each]) == 1,
            changes=[_show(visit, change, is_new=not before) for change in changes],
        )
        for code, changes in sorted_out.items()
        if changes
    ]


def outdated_by(visit: Visit, before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The languages whose translation becomes outdated, by name."""
    return [language_name(visit, str(change.path[-1])) for change in find_changes(before, after) if _is_outdating(change)]


def name_fields(visit: Visit, paths: Iterable[Path]) -> list[str]:
    """Fields by name, each with its language."""
    languages = visit.ports.bot.wording.languages
    named = [(label_of(visit, path, languages), _language_of(path, languages)) for path in paths]
    return list(dict.fromkeys(f"{label} ({language_name(visit, code)})" if code else label for label, code in named))


def _is_outdating(change: FieldChange) -> bool:
    return change.path[0] == "translations" and change.after == OUTDATED


def _trim(value: object) -> object:
    """A text without the white space around it, which nobody sees."""
    return value.strip() if isinstance(value, str) else value


def _language_of(path: Path, languages: Sequence[str]) -> str:
    return next((str(step) for step in path[1:] if step in languages), "")


def _show(visit: Visit, change: FieldChange, *, is_new: bool) -> ShownChange:
    label = label_of(visit, change.path, visit.ports.bot.wording.languages)
    is_list = any(isinstance(value, list | tuple) for value in (change.before, change.after))
    if is_list:
        lines = compare_lines(_to_lines(visit, change.path, change.before), _to_lines(visit, change.path, change.after))
        shown = [line for line in lines if line.fate is not Fate.SAME]
        pieces, unchanged = ([Piece(fate=Fate.SAME, text=line.text) for line in shown] if is_new else shown), len(lines) - len(shown)
        return ShownChange(label=label, pieces=pieces, is_list=True, unchanged=unchanged)
    before, after = (say_value(visit, change.path, _trim(value)) for value in (change.before, change.after))
    if is_new:
        return ShownChange(label=label, pieces=[Piece(fate=Fate.SAME, text=after)], is_list=False)
    is_text = before == (_trim(change.before) or "") and after == (_trim(change.after) or "")
    whole = [Piece(fate=Fate.DELETED, text=before), Piece(fate=Fate.INSERTED, text=after)]
    pieces = compare_words(before, after) if is_text else [piece for piece in whole if piece.text]
    return ShownChange(label=label, pieces=[_visible(piece) for piece in pieces], is_list=False)


def _visible(piece: Piece) -> Piece:
    """A line break that came or went is drawn, since nobody would see it."""
    is_blank = piece.fate is not Fate.SAME and not piece.text.strip()
    return Piece(fate=piece.fate, text=piece.text.replace("\n", "↵\n").replace(" ", "␣")) if is_blank else piece


def label_of(visit: Visit, path: Path, languages: Sequence[str] = ()) -> str:
    """A field's name: "Betrag 2: Zweck"."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
        elif step not in languages or not words:
            key = f"review.field.{step.replace('_', '-')}"
            words.append(visit.said(key) if visit.said(key) != key else step)
    return ": ".join(words)


def _to_lines(visit: Visit, path: Path, value: object) -> list[str]:
    values = value if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
    return [say_value(visit, (*path, number), each) for number, each in enumerate(values)]


def say_value(visit: Visit, path: Path, value: object) -> str:
    """A value in words."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str) and step not in visit.ports.bot.wording.languages), "")
    match value:
        case None:
            return ""
        case bool():
            return visit.said("review.yes" if value else "review.no")
        case Mapping() if value and set(value) <= set(visit.ports.bot.wording.languages):
            return in_language({Language(str(code)): str(text) for code, text in value.items()}, visit.language)[0]
        case Mapping():
            parts = ((step, say_value(visit, (*path, step), each)) for step, each in value.items())
            return "; ".join(f"{label_of(visit, (step,))}: {words}" for step, words in parts if words)
        case list() | tuple():
            return ", ".join(say_value(visit, path, each) for each in value)
        case str() if name == "municipality":
            return city_name(visit, None if value == "none" else value)
        case str() if name in REFERRED:
            return _title_of(visit, name, value)
        case str() if name == "days" and value in DAYS:
            return str(get_day_names("abbreviated", "stand-alone", locale=visit.language)[DAYS.index(value)])
        case str() if name in CODES:
            key = f"review.value.{name}.{value}"
            return visit.said(key) if visit.said(key) != key else value
        case str():
            return _say_day(visit, value)
    return str(value)


def _title_of(visit: Visit, name: str, id_: str) -> str:
    """What an item that is referred to is called, as far as it is published; its id otherwise."""
    knowledge = visit.ports.bot.published.knowledge
    entry = next((entry for key, entry in knowledge.entries.items() if key == id_), None) if name == "related" else None
    if entry:
        return in_language(entry.title, visit.language)[0]
    if name == "contacts" and id_ in knowledge.contacts:
        return knowledge.contacts[id_].office
    return knowledge.programmes[id_].name if name == "programmes" and id_ in knowledge.programmes else id_


def _say_day(visit: Visit, text: str) -> str:
    try:
        return format_date(date.fromisoformat(text), "medium", locale=visit.language) if len(text) == len("2026-11-20") else text
    except ValueError:
        return text
