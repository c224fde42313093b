"""What a message of the office says, in German and in the person's language, and how it arrives in the chat."""

from dataclasses import dataclass

from bot.domain.bidi import isolate_latin
from bot.domain.case_messages import FREE, TEMPLATES, is_german
from bot.domain.cases import Case
from bot.domain.errors import NotAllowedError
from bot.domain.languages import GERMAN, Language, is_right_to_left
from bot.domain.messages import MESSAGE_CHARACTERS, Button, Reply
from bot.services.ports import Wording


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A message as the office wrote it. `text` is what the person reads, `german` is empty where that is German already."""

    template: str
    language: Language
    text: str
    german: str = ""

    @property
    def in_german(self) -> str:
        """What it says in German."""
        return self.german or self.text


def word_message(case: Case, template: str, wording: Wording, *, german: str = "", translated: str = "") -> Worded:
    """A ready text in the person's language; or free words, which go out in German where no translation is given.

    Raises NotAllowedError for an unknown template, for no words, and for too many.
    """
    if template in TEMPLATES:
        text, in_german = (wording.say_plain(f"office.template.{template}", language) for language in (case.language, GERMAN))
        return Worded(template=template, language=case.language, text=text, german="" if text == in_german else in_german)
    if template != FREE or not german or max(len(german), len(translated)) > MESSAGE_CHARACTERS:
        message = "A message needs a ready text, or words in German of at most 4,000 characters."
        raise NotAllowedError(message)
    if is_german(case.language) or not translated:
        return Worded(template=FREE, language=GERMAN, text=german)
    return Worded(template=FREE, language=case.language, text=translated, german=german)


def to_chat(case: Case, worded: Worded, wording: Wording) -> Reply:
    """The reply in the person's chat, with a button to answer."""
    text = wording.say("office.message", case.language, case=case.number, text=worded.text)
    if is_right_to_left(case.language):
        text = isolate_latin(text)
    return Reply(text=text, choices=(Button(label=wording.say_plain("office.answer", case.language), value=f"answer:{case.number}"),))
