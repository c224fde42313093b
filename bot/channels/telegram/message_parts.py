"""Turns a reply's Markdown into texts and entities that fit into Telegram messages."""

from telegram import MessageEntity
from telegramify_markdown import RenderConfig, convert, split_entities, utf16_len
from telegramify_markdown.entity import MessageEntity as Mark

from bot.channels.telegram.reading_direction import mark_direction
from bot.domain.languages import GERMAN, Language, is_right_to_left
from bot.domain.messages import Reply

MESSAGE_UNITS = 4096
"""UTF-16 code units, as Telegram counts."""
SOURCE_SEPARATOR = "\n\n"

Part = tuple[str, list[MessageEntity]]


def plain_style() -> RenderConfig:
    """Without the emoji that the library puts before headings and pictures; nothing folded away."""
    style = RenderConfig.isolated()
    symbols = style.markdown_symbol
    symbols.heading_level_1 = symbols.heading_level_2 = symbols.heading_level_3 = symbols.heading_level_4 = ""
    symbols.image = symbols.link = ""
    symbols.unordered_list_item = "•"
    style.cite_expandable = False
    return style


STYLE = plain_style()


def to_parts(reply: Reply, language: Language = GERMAN, most_units: int = MESSAGE_UNITS) -> list[Part]:
    """The reply as one or more messages: its text, then its source in italics. Raises ValueError when it says nothing."""
    text, marks = convert(reply.text, latex_escape=False, config=STYLE)
    text = text.rstrip()
    # Headings are bold and that is enough; Markdown itself knows no underlining.
    marks = clip([mark for mark in marks if mark.type != "underline"], utf16_len(text))
    if reply.source:
        text += SOURCE_SEPARATOR
        marks.append(Mark(type="italic", offset=utf16_len(text), length=utf16_len(reply.source)))
        text += reply.source
    if is_right_to_left(language):
        text, marks = mark_direction(text, marks)
    parts = [(piece, [to_entity(mark) for mark in marks]) for piece, marks in split_entities(text, marks, most_units)]
    if not parts:
        raise ValueError("A reply without text cannot be sent.")
    return parts


def clip(marks: list[Mark], end: int) -> list[Mark]:
    """The marks as far as the text reaches."""
    return [mark.copy_with(length=min(mark.length, end - mark.offset)) for mark in marks if mark.offset < end]


def to_entity(mark: Mark) -> MessageEntity:
    """The library's entity as the client's."""
    return MessageEntity(mark.type, mark.offset, mark.length, url=mark.url, language=mark.language)
