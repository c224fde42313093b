"""Choose the texts that go to outside translators."""

from bot.domain.languages import GERMAN
from bot.domain.translation_texts import Choice, TranslationText, choose_texts
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts


async def choose_translations(choice: Choice, ports: DeskPorts) -> list[TranslationText]:
    """The texts of the accepted entries, by id. Raises LookupError for German or a language that nobody speaks here."""
    if choice.language not in ports.bot.wording.languages or choice.language == GERMAN:
        raise LookupError(choice.language)
    return choose_texts((item.content for item in await read_accepted(ports) if item.kind == "entry"), choice)
