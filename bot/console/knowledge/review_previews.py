"""An answer as people get it, before and after a change, in the languages whose answer changes."""

from dataclasses import dataclass

from bot.console.labels import language_name
from bot.console.visit import Visit
from bot.domain.knowledge_differences import find_changes
from bot.domain.languages import GERMAN, Language, is_right_to_left
from bot.domain.previews import Line
from bot.services.desk.knowledge.find_review import Review
from bot.services.desk.knowledge.preview_entry import preview_entry

SEEN_IN_ALL = ("contacts", "programmes", "source", "as_of", "checked_on", "review_after")
"""Fields without a language that show in every answer."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One language, in the web chat. `before` is empty for a new entry."""

    language: Language
    name: str
    direction: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]


async def preview_change(visit: Visit, review: Review) -> list[Preview]:
    """The languages in which people will read something else; nothing where that is not an entry, or it is being retired."""
    if review.draft.kind != "entry" or review.is_retiring:
        return []
    paths = [change.path for change in find_changes(review.before, review.draft.content)]
    changed = {str(path[1]) for path in paths if path[0] == "answers" and len(path) > 1}
    changed |= {str(GERMAN)} if any(path[0] in SEEN_IN_ALL for path in paths) else set()
    languages = [code for code in visit.ports.bot.wording.languages if code in changed]
    if not languages:
        return []
    after = await preview_entry(review.draft.content, languages, visit.ports)
    before = await preview_entry(review.before, languages, visit.ports) if review.before else ()
    return [
        Preview(
            language=code,
            name=language_name(visit, code),
            direction="rtl" if is_right_to_left(code) else "ltr",
            before=before[number].web_chat if before else (),
            after=after[number].web_chat,
        )
        for number, code in enumerate(languages)
    ]
