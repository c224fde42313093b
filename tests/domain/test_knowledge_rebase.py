"""A draft on top of what was accepted meanwhile: nothing that either side wrote is lost silently."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge_differences import Fate, compare_words, find_changes
from bot.domain.knowledge_rebase import rebase

BASE: dict[str, Any] = {
    "id": "a",
    "title": {"de": "Titel", "fr": "Titre"},
    "answers": {"de": "Alt.", "en": "Old.", "fr": "Ancien."},
    "questions": {"de": ["Was?", "Wo?"]},
    "translations": {"de": "current", "en": "current", "fr": "current"},
    "hours": [{"days": ["mo"], "from": "09:00"}, {"days": ["tu"], "from": "09:00"}],
}


def changed(base: dict[str, Any] = BASE, **groups: Any) -> dict[str, Any]:
    """The base with other fields; groups of languages are filled up from it."""
    return {**base, **{name: {**base[name], **value} if isinstance(value, dict) else value for name, value in groups.items()}}


def test_what_does_not_touch_goes_together() -> None:
    done = rebase(BASE, changed(answers={"en": "New."}), changed(title={"de": "Neuer Titel"}, translations={"en": "outdated"}))
    assert (done.content["title"]["de"], done.content["answers"]["en"]) == ("Neuer Titel", "New.")
    assert done.collided == ()
    assert done.taken_over == (("answers", "en"),)


def test_what_both_changed_stays_as_in_the_draft_and_is_named() -> None:
    done = rebase(BASE, changed(answers={"fr": "Le leur."}), changed(answers={"fr": "Le mien."}))
    assert done.content["answers"]["fr"] == "Le mien."
    assert done.collided == (("answers", "fr"),)


def test_the_same_change_twice_is_no_collision() -> None:
    assert rebase(BASE, changed(answers={"fr": "Pareil."}), changed(answers={"fr": "Pareil."})).collided == ()


def test_phrasings_of_both_are_kept() -> None:
    done = rebase(BASE, changed(questions={"de": ["Wo?", "Ihre?"]}), changed(questions={"de": ["Was?", "Wo?", "Meine?"]}))
    assert done.content["questions"]["de"] == ["Wo?", "Ihre?", "Meine?"]
    assert done.collided == ()


def test_lists_of_groups_collide_as_a_whole() -> None:
    theirs = changed(hours=[*BASE["hours"], {"days": ["we"], "from": "10:00"}])
    mine = changed(hours=[{"days": ["mo"], "from": "08:00"}, BASE["hours"][1]])
    done = rebase(BASE, theirs, mine)
    assert done.content["hours"] == mine["hours"]
    assert done.collided == (("hours",),)


def test_what_the_draft_deleted_stays_deleted_and_what_was_added_meanwhile_stays() -> None:
    mine = {name: value for name, value in BASE.items() if name != "hours"}
    done = rebase(BASE, changed(related=["b"]), mine)
    assert "hours" not in done.content
    assert done.content["related"] == ["b"]


def test_a_translation_of_german_that_changed_meanwhile_is_outdated() -> None:
    theirs = changed(answers={"de": "Neu."}, translations={"en": "outdated", "fr": "outdated"})
    done = rebase(BASE, theirs, changed(answers={"fr": "Mieux."}))
    assert done.content["translations"] == {"de": "current", "en": "outdated", "fr": "outdated"}
    base = changed(translations={"fr": "outdated"})
    theirs = changed(base, answers={"de": "Neu."}, translations={"en": "outdated"})
    done = rebase(base, theirs, changed(base, answers={"fr": "Mieux."}, translations={"fr": "current"}))
    assert done.content["translations"]["fr"] == "outdated"


def test_a_translation_stays_current_where_the_meaning_did_not_change() -> None:
    done = rebase(BASE, changed(answers={"de": "Alt!"}), changed(answers={"fr": "Mieux."}))
    assert done.content["translations"]["fr"] == "current"


def test_a_translation_accepted_meanwhile_is_outdated_by_the_drafts_german() -> None:
    base = changed(translations={"fr": "outdated"})
    mine = changed(base, answers={"de": "Neu."}, translations={"en": "outdated"})
    done = rebase(base, changed(base, answers={"fr": "Mieux."}, translations={"fr": "current"}), mine)
    assert done.content["translations"] == {"de": "current", "en": "outdated", "fr": "outdated"}


def test_without_a_known_beginning_nothing_is_lost_silently() -> None:
    done = rebase({}, {"phone": "2", "email": "b"}, {"phone": "1", "name": "c"})
    assert done.content == {"phone": "1", "email": "b", "name": "c"}
    assert done.collided == (("phone",),)


CONTENTS = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "x", "y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
GROUPS = st.dictionaries(st.sampled_from("abc"), CONTENTS, max_size=3)


@given(GROUPS, GROUPS)
def test_a_draft_on_an_unchanged_item_stays_as_it_is(base: dict[str, Any], draft: dict[str, Any]) -> None:
    assert find_changes(rebase(base, base, draft).content, draft) == []
    assert find_changes(rebase(base, draft, base).content, draft) == []
    assert find_changes(rebase(base, draft, draft).content, draft) == []


@given(GROUPS, GROUPS, GROUPS)
def test_every_change_of_the_draft_is_there_afterwards(base: dict[str, Any], accepted: dict[str, Any], draft: dict[str, Any]) -> None:
    done = rebase(base, accepted, draft)
    missing = {change.path for change in find_changes(draft, done.content)}
    theirs = {change.path for change in find_changes(base, accepted)}
    for path in missing:  # the draft lacks only what came from the other side
        assert any(path[: len(their)] == their or their[: len(path)] == path for their in theirs)


@given(st.text("ab .,1\n", max_size=30), st.text("ab .,1\n", max_size=30))
def test_the_pieces_of_a_difference_make_up_both_texts(before: str, after: str) -> None:
    pieces = compare_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.INSERTED) == before
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.DELETED) == after


def test_a_huge_text_is_compared_as_a_whole() -> None:
    pieces = compare_words("a " * 500_000, "b " * 500_000)
    assert [piece.fate for piece in pieces] == [Fate.DELETED, Fate.INSERTED]
