"""A reply as Telegram's apps show it, for the desk."""

from collections.abc import Iterable
from itertools import pairwise

from telegram import MessageEntity
from telegramify_markdown import utf16_len

from bot.channels.telegram.message_parts import Part, to_parts
from bot.domain.languages import Language
from bot.domain.messages import Reply
from bot.domain.previews import Line, Run

GAP = "\n\n"


def preview_reply(reply: Reply, language: Language) -> tuple[Line, ...]:
    """Line by line, made of the very texts and entities that are sent. Raises ValueError when the reply says nothing."""
    return tuple(line for part in to_parts(reply, language) for line in _to_lines(part))


def _to_lines(part: Part) -> Iterable[Line]:
    text, entities = part
    runs: list[Run] = []
    gap = False
    for run in [*_to_runs(text, entities), Run(text="\n")]:
        first, *others = run.text.split("\n")
        runs += [_like(run, first)] if first else []
        for following in others:
            if runs:
                yield Line(runs=tuple(runs), direction="auto", after_gap=gap)
            gap = not runs
            runs = [_like(run, following)] if following else []


def _to_runs(text: str, entities: list[MessageEntity]) -> Iterable[Run]:
    """The text cut wherever an entity begins or ends; offsets count in UTF-16."""
    places = _places(text)
    cuts = sorted({0, len(text), *(places[cut] for each in entities for cut in (each.offset, each.offset + each.length))})
    for start, end in pairwise(cuts):
        over = [each for each in entities if places[each.offset] <= start and end <= places[each.offset + each.length]]
        types = {str(each.type) for each in over}
        address = next((each.url for each in over if each.url), None)
        yield Run(text=text[start:end], is_bold="bold" in types, is_italic="italic" in types, address=address or "")


def _places(text: str) -> dict[int, int]:
    """Where in the text each UTF-16 offset is."""
    offset, places = 0, {}
    for place, char in enumerate(text):
        places[offset] = place
        offset += utf16_len(char)
    return {**places, offset: len(text)}


def _like(run: Run, text: str) -> Run:
    return Run(text=text, is_bold=run.is_bold, is_italic=run.is_italic, address=run.address)
