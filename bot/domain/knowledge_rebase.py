"""Bring a draft onto a content that was accepted after it had begun: what both changed differently stays as in the draft and is named."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.domain.knowledge_differences import FieldChange, Path, find_changes
from bot.domain.languages import GERMAN
from bot.domain.translation_states import CURRENT, OUTDATED, is_meaning_unchanged, texts

Content = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Rebased:
    """The draft's changes on top of what is accepted now."""

    content: Content
    collided: tuple[Path, ...]
    """Fields that both changed, and differently: they are as in the draft."""
    taken_over: tuple[Path, ...]
    """Fields that are now as they were accepted meanwhile."""


def rebase(base: Content, accepted: Content, draft: Content) -> Rebased:
    """The content of a draft that began with `base`, on top of `accepted`.

    >>> done = rebase({"phone": "1", "email": "a"}, {"phone": "2", "email": "a"}, {"phone": "1", "email": "b"})
    >>> done.content, done.collided
    ({'phone': '2', 'email': 'b'}, ())
    >>> rebase({"phone": "1"}, {"phone": "2"}, {"phone": "3"}).collided
    (('phone',),)
    """
    theirs = find_changes(base, accepted)
    content: dict[str, Any] = deepcopy(dict(accepted))
    collided: list[Path] = []
    for change in find_changes(base, draft):
        rivals = [their for their in theirs if _overlap(their.path, change.path)]
        merged = _merge_lists(change, rivals)
        if merged is not None:
            _put(content, change.path, merged)
            continue
        path = min([change.path, *(rival.path for rival in rivals)], key=len)
        if rivals and value_at(accepted, path) != value_at(draft, path) and path[0] != "translations":
            collided.append(path)
        _put(content, path, deepcopy(value_at(draft, path)))
    _mark_outdated(content, base, accepted, draft)
    taken = tuple(their.path for their in theirs if not any(_overlap(their.path, path) for path in collided))
    return Rebased(content=content, collided=tuple(dict.fromkeys(collided)), taken_over=taken)


def _overlap(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _merge_lists(change: FieldChange, rivals: Sequence[FieldChange]) -> list[Any] | None:
    """Lists of plain values take what either side added and leave out what either side removed. None for anything else."""
    if len(rivals) != 1 or rivals[0].path != change.path:
        return None
    base, mine, theirs = (_values(side) for side in (change.before, change.after, rivals[0].after))
    if base is None or mine is None or theirs is None:
        return None
    kept = [each for each in theirs if each in mine or each not in base]
    return kept + [each for each in mine if each not in base and each not in kept]


def _values(value: object) -> list[Any] | None:
    """The values of a list of plain ones; None for anything else."""
    if value is None:
        return []
    is_plain = isinstance(value, list | tuple) and not any(isinstance(each, Mapping | list | tuple) for each in value)
    return list(value) if is_plain else None  # type: ignore[call-overload]


def value_at(content: Any, path: Path) -> Any:  # noqa: ANN401
    """The field at a place; None where there is none."""
    for step in path:
        if not isinstance(content, Mapping) or step not in content:
            return None
        content = content[step]
    return content


def _put(content: dict[Any, Any], path: Path, value: object) -> None:
    """Set a field, with the groups around it; None takes it out."""
    for step in path[:-1]:
        if not isinstance(content.get(step), dict):
            content[step] = {}
        content = content[step]
    if value is None:
        content.pop(path[-1], None)
    else:
        content[path[-1]] = value


def _mark_outdated(content: dict[str, Any], base: Content, accepted: Content, draft: Content) -> None:
    """A translation made from German that the other side changed in meaning is outdated."""
    states = dict(content.get("translations") or {})
    is_ours = texts(draft, GERMAN) != texts(base, GERMAN)
    sides = ((draft, accepted),) if is_ours else ((accepted, draft),)
    for german_side, other_side in sides:
        if texts(german_side, GERMAN) == texts(base, GERMAN) or is_meaning_unchanged(german_side, base):
            continue
        for code, state in states.items():
            if code != GERMAN and state == CURRENT and texts(other_side, code) == texts(content, code) != texts(base, code):
                states[code] = OUTDATED
    if states:
        content["translations"] = states
