"""Texts that fit into messages, buttons that fit into rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.channels.telegram.keyboard import to_keyboard
from bot.channels.telegram.message_parts import to_parts
from bot.channels.telegram.reading_direction import RIGHT_TO_LEFT_MARK as MARK
from bot.domain.languages import Language
from bot.domain.messages import Button, Reply
from tests.fake_bot_api.checks import check_text, utf16_edges

WORD = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="*_`~[]()<>\\|#$!&"), min_size=1, max_size=12)
SPAN = st.one_of(
    WORD,
    WORD.map(lambda word: f"**{word}**"),
    WORD.map(lambda word: f"[{word}](https://halle.de/a)"),
    st.sampled_from(["😀", "\n", "\n\n", "\n\n- ", "\n\n# ", "مرحبا", "`code`"]),
)
MARKDOWN = st.lists(SPAN, min_size=1, max_size=40).map(" ".join)


@given(MARKDOWN, st.none() | WORD, st.integers(20, 120))
@settings(max_examples=200, deadline=None)
def test_every_part_fits_and_no_word_is_lost(text: str, source: str | None, most_units: int) -> None:
    whole = to_parts(Reply(text=f"x{text}", source=source), most_units=10**9)
    parts = to_parts(Reply(text=f"x{text}", source=source), most_units=most_units)
    assert len(whole) == 1
    for piece, entities in parts:
        check_text(piece, [{"offset": entity.offset, "length": entity.length} for entity in entities])
        assert max(utf16_edges(piece)) <= most_units
    assert "".join("".join(piece for piece, _ in parts).split()) == "".join(whole[0][0].split())
    assert {entity.type for _, entities in parts for entity in entities} <= {entity.type for entity in whole[0][1]}


@pytest.mark.parametrize(
    ("markdown", "text", "types"),
    [
        ("# Ämter\n\nText", "Ämter\n\nText", ["bold"]),
        ("- eins\n- zwei", "• eins\n• zwei", []),
        ("1. eins\n2. zwei", "1. eins\n2. zwei", []),
        ("Kosten: 5 $ oder 6 $", "Kosten: 5 $ oder 6 $", []),
        ("Zeile eins\nZeile zwei", "Zeile eins\nZeile zwei", []),
        ("> Zitat", "Zitat", ["blockquote"]),
        ("```\ncode\n```\n\n", "code", ["pre"]),
        (r"\*kein\* \_Markdown\_", "*kein* _Markdown_", []),
        ("<https://halle.de>", "https://halle.de", ["text_link"]),
    ],
)
def test_markdown_as_it_is_seen(markdown: str, text: str, types: list[str]) -> None:
    ((seen, entities),) = to_parts(Reply(text=markdown))
    assert (seen, [str(entity.type) for entity in entities]) == (text, types)


@pytest.mark.parametrize("text", ["", "  \n ", "<!-- nothing -->"])
def test_a_reply_that_says_nothing_is_a_fault_of_ours(text: str) -> None:
    with pytest.raises(ValueError, match="without text"):
        to_parts(Reply(text=text))


@given(st.lists(st.sampled_from(["WIR", "**Halle**", "مرحبا", "[بيت](https://a.de)", "😀", "\n", "\n\n- "]), max_size=25))
@settings(deadline=None)
def test_right_to_left_lines_begin_as_such_and_entities_stay_on_their_words(words: list[str]) -> None:
    reply = Reply(text="x " + " ".join(words), source="Stadt Halle, بيت")
    ((plain, before),) = to_parts(reply)
    ((marked, after),) = to_parts(reply, Language("ar"))
    assert marked.replace(MARK, "") == plain
    assert [words_of(marked, entity).replace(MARK, "") for entity in after] == [words_of(plain, entity) for entity in before]
    for line in marked.split("\n"):
        letters = [char for char in line if char.isalpha() or char == MARK]
        assert not letters or letters[0] not in "xWHSb" or not set(line) & set("مرحبايت")
    assert marked.split("\n")[-1].startswith(MARK)


def test_an_entity_over_several_lines_keeps_all_its_words() -> None:
    ((text, (bold,)),) = to_parts(Reply(text="**مرحبا\nWIR مرحبا** x"), Language("ar"))
    assert words_of(text, bold) == f"مرحبا\n{MARK}WIR مرحبا"


def test_an_entity_ends_where_the_text_ends_and_the_source_begins() -> None:
    ((text, (link, source)),) = to_parts(Reply(text="[Amt ](https://halle.de)", source="Halle"))
    assert text == "Amt\n\nHalle"
    assert (words_of(text, link), words_of(text, source)) == ("Amt", "Halle")


def words_of(text: str, entity: MessageEntity) -> str:
    units = text.encode("utf-16-le")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


def rows(*labels: str, language: str = "de") -> list[list[str]]:
    markup = to_keyboard([Button(label=label, value="x") for label in labels], Language(language))
    return [[button.text for button in row] for row in markup.inline_keyboard] if markup else []


def test_short_labels_share_rows_and_long_ones_do_not() -> None:
    assert rows("Ja", "Nein", "Zurück", "Abbruch") == [["Ja", "Nein", "Zurück"], ["Abbruch"]]
    assert rows("Sachsen-Anhalt", "Wiesbaden-Mitte", "Ja") == [["Sachsen-Anhalt", "Wiesbaden-Mitte"], ["Ja"]]
    assert rows("Ja", "Wo kann ich Deutsch lernen?", "Nein") == [["Ja"], ["Wo kann ich Deutsch lernen?"], ["Nein"]]
    assert rows() == []


@pytest.mark.parametrize("language", ["ar", "fa", "ckb"])
def test_right_to_left_rows_are_read_from_the_right(language: str) -> None:
    assert rows("1", "2", "3", "4", language=language) == [["3", "2", "1"], ["4"]]


@given(st.lists(st.text(min_size=1, max_size=30), max_size=30))
def test_buttons_keep_their_order(labels: list[str]) -> None:
    laid_out = rows(*labels)
    assert [label for row in laid_out for label in row] == labels
    assert all(1 <= len(row) <= 3 for row in laid_out)


def test_a_value_beyond_64_bytes_is_a_fault_of_ours() -> None:
    assert to_keyboard([Button(label="x", value="ä" * 32)], Language("de"))
    with pytest.raises(ValueError, match="66 bytes"):
        to_keyboard([Button(label="x", value="ä" * 33)], Language("de"))
    with pytest.raises(ValueError, match="0 bytes"):
        to_keyboard([Button(label="x")], Language("de"))


def test_an_address_to_open() -> None:
    markup = to_keyboard([Button(label="Web", url="https://example.org/x", value="ignored" * 20)], Language("de"))
    assert markup is not None
    assert markup.to_dict() == {"inline_keyboard": [[{"text": "Web", "url": "https://example.org/x"}]]}
