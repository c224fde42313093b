"""Which translations of an entry still say what the German says."""

from collections.abc import Mapping
from typing import Any

from bot.domain.languages import GERMAN, Language

CURRENT, OUTDATED, MISSING, MACHINE_MADE, IN_REVIEW = "current", "outdated", "missing", "machine-made-unreviewed", "in-review"
STATES = (CURRENT, OUTDATED, MISSING, MACHINE_MADE, IN_REVIEW)
Content = Mapping[str, Any]


def translate_states(content: Content, before: Content, accepted: Content, *, meaning_unchanged: bool) -> dict[str, str]:
    """The state of each translation of an entry. `before` is what was saved last, `accepted` what was accepted last.

    A translation that was edited is current. When the German changed in meaning, all others are outdated until somebody edits them or
    says of one that it still fits. A state that the caller sets anew stays.

    >>> old = {"answers": {"de": "A", "en": "B"}, "translations": {"de": "current", "en": "current"}}
    >>> translate_states({**old, "answers": {"de": "C", "en": "B"}}, old, old, meaning_unchanged=False)
    {'de': 'current', 'en': 'outdated'}
    >>> translate_states({**old, "answers": {"de": "C", "en": "B"}}, old, old, meaning_unchanged=True)
    {'de': 'current', 'en': 'current'}
    >>> translate_states({**old, "answers": {"de": "C", "en": "D"}}, old, old, meaning_unchanged=False)
    {'de': 'current', 'en': 'current'}
    """
    asked, saved, was = (each.get("translations") or {} for each in (content, before, accepted))
    is_changed = texts(content, GERMAN) != texts(accepted, GERMAN)
    goes_on = is_changed and not is_meaning_unchanged(before, accepted) and texts(content, GERMAN) == texts(before, GERMAN)
    states: dict[str, str] = {}
    for code in dict.fromkeys([*was, *asked, *(content.get("answers") or {})]):
        wanted = asked.get(code, "")
        is_new = wanted != saved.get(code, "")
        if not (content.get("answers") or {}).get(code):
            states[code] = MISSING
        elif code == GERMAN:
            states[code] = CURRENT
        elif texts(content, code) != texts(accepted, code):
            edited_now = texts(content, code) != texts(before, code)
            states[code] = wanted if wanted in (MACHINE_MADE, IN_REVIEW) and (is_new or not edited_now) else CURRENT
        elif is_changed and not meaning_unchanged:
            states[code] = wanted if is_new or (goes_on and wanted == CURRENT) else OUTDATED
        else:
            states[code] = CURRENT if wanted == CURRENT else wanted if is_new and wanted else was.get(code, CURRENT)
    return states


def is_meaning_unchanged(content: Content, accepted: Content) -> bool:
    """Whether the German was changed and no translation became outdated by it: somebody ticked "Meaning unchanged".

    >>> old = {"answers": {"de": "A", "en": "B"}, "translations": {"en": "current"}}
    >>> is_meaning_unchanged({**old, "answers": {"de": "C", "en": "B"}}, old)
    True
    """
    if not accepted or texts(content, GERMAN) == texts(accepted, GERMAN):
        return False
    now, was = content.get("translations") or {}, accepted.get("translations") or {}
    return not any(state == OUTDATED and was.get(code) != OUTDATED for code, state in now.items())


def texts(content: Content, language: str | Language) -> tuple[str, str]:
    """What a translation consists of: title and answer, whatever the white space around them."""
    return tuple(str((content.get(name) or {}).get(language) or "").strip() for name in ("title", "answers"))  # type: ignore[return-value]
