"""Adding a language is data only: a thirteenth one, made up from English in temporary folders, and the bot speaks it.

What is wrong with a catalogue (no language code, a missing key, a broken placeholder) is shown in tests/adapters/wording.
"""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po

from bot.assemble.folders import OURS, Folders
from bot.assemble.house import House
from bot.assemble.open_house import open_house
from bot.domain.messages import Status
from bot.serve import open_doors
from bot.settings import read_settings
from tests.fakes.world import TWELVE
from tests.quality.chat import open_chat

TOY = "eo"
KEPT = "bot"
"""The folder of entries that is taken along, and of the other phrasings the English ones: training on everything takes minutes."""
ANSWERED = "bot.who-are-you"
ANSWER = "Mi estas Wegweiser, programo."
QUESTION = "Kiu vi estas, mia kara?"
LETTERS_OF_WORDS = re.compile(r"\{[^}]*\}|\[[^]]*\]\([^)]*\)|[A-Za-z]+")


def in_toy(text: str) -> str:
    """English with an "o" behind every word; placeholders and links stay.

    >>> in_toy("Write to {office}: [here](/report)")
    'Writeo too {office}: [here](/report)'
    """
    return LETTERS_OF_WORDS.sub(lambda found: found.group() + ("" if found.group()[0] in "{[" else "o"), text)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Copies of our data with the toy language in them; of the entries only those about the bot."""
    place, others = tmp_path_factory.mktemp("thirteen"), set(TWELVE) - {"en"}
    made = Folders(knowledge=place / "knowledge", nlu_data=place / "nlu_data", responses=place / "responses")
    shutil.copytree(OURS.responses, made.responses)
    shutil.copytree(OURS.nlu_data, made.nlu_data, ignore=shutil.ignore_patterns(".venv", "models", "__pycache__", *others))
    (made.nlu_data / ".venv").symlink_to(OURS.nlu_data / ".venv")
    shutil.copytree(OURS.knowledge, made.knowledge, ignore=shutil.ignore_patterns("entries"))
    shutil.copytree(OURS.knowledge / "entries" / KEPT, made.knowledge / "entries" / KEPT)
    add_words(made.responses)
    add_phrasings_of_the_conversation(made.nlu_data)
    for file in (made.knowledge / "entries").rglob("*.yml"):
        add_to_entry(file)
    return made


def add_words(responses: Path) -> None:
    with (responses / "en/LC_MESSAGES/bot.po").open("rb") as file:
        catalogue = read_po(file, locale=TOY)
    for message in filter(lambda message: message.id, catalogue):
        message.string = "Esperanto" if message.id == "language.name" else translated(message)
    (responses / TOY / "LC_MESSAGES").mkdir(parents=True)
    with (responses / TOY / "LC_MESSAGES/bot.po").open("wb") as file:
        write_po(file, catalogue)


def translated(message: Message) -> str | tuple[str, ...]:
    return tuple(map(in_toy, message.string)) if isinstance(message.string, tuple) else in_toy(message.string)


def add_phrasings_of_the_conversation(nlu_data: Path) -> None:
    blocks = yaml.safe_load((nlu_data / "en/conversation.yml").read_text(encoding="utf-8"))["nlu"]
    toy = [{"intent": block["intent"], "examples": in_toy(block["examples"])} for block in blocks]
    (nlu_data / TOY).mkdir()
    (nlu_data / TOY / "conversation.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": toy}, allow_unicode=True), encoding="utf-8")


def add_to_entry(file: Path) -> None:
    """A title and phrasings for every entry, an answer for one; and no way to entries that were left behind."""
    entry: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    entry["title"][TOY] = in_toy(entry["title"]["en"])[:40]
    entry["questions"][TOY] = [in_toy(question) for question in entry["questions"]["en"][:6]]
    entry["related"] = [other for other in entry.get("related", ()) if other.startswith(f"{KEPT}.")]
    if entry["id"] == ANSWERED:
        entry["questions"][TOY].append(QUESTION)
        entry["answers"][TOY] = ANSWER
    file.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
async def thirteen(folders: Folders, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """The bot, opened on those folders, with a Rasa server of its own."""
    settings = read_settings(_env_file=None, data=tmp_path_factory.mktemp("data"), port=0, messages_per_minute=0)
    async with open_house(settings, print, folders) as house:
        yield house


async def test_the_language_is_offered_in_the_chat_and_on_the_page(thirteen: House) -> None:
    async with open_chat(thirteen.ports, "en") as chat:
        offered = {button.value: button.label for button in (await chat.presses("languages")).replies[0].choices}
    assert offered[f"language:{TOY}"] == "Esperanto"
    assert {f"language:{language}" for language in TWELVE} < set(offered)
    async with open_doors(thirteen) as address, aiohttp.ClientSession() as session, session.get(f"{address}?language={TOY}") as page:
        html = await page.text()
    assert f'lang="{TOY}"' in html
    assert "Esperanto" in html


async def test_a_question_in_the_language_is_answered_in_it(thirteen: House) -> None:
    async with open_chat(thirteen.ports, TOY) as chat:
        answer = await chat.says(QUESTION)
    assert (answer.status, answer.entry, answer.language) == (Status.ANSWERED, ANSWERED, TOY)
    assert ANSWER in answer.replies[0].text


async def test_what_is_not_translated_yet_is_shown_in_english_with_a_word_in_the_language(thirteen: House) -> None:
    async with open_chat(thirteen.ports, TOY) as chat:
        answer = await chat.presses("entry:bot.covered-cities")
    knowledge = thirteen.ports.published.knowledge
    assert answer.status is Status.ANSWERED
    assert answer.replies[0].text.startswith(thirteen.ports.wording.say("answer.other-language", TOY))
    assert knowledge.entries["bot.covered-cities"].answers["en"].strip() in answer.replies[0].text


async def test_the_report_form_asks_in_the_language(thirteen: House) -> None:
    async with open_chat(thirteen.ports, TOY) as chat:
        consent = await chat.presses("report")
        first = await chat.presses("form:consent:yes")
    assert consent.replies[0].text == thirteen.ports.wording.say("report.consent", TOY)
    assert first.replies[0].text.endswith(thirteen.ports.wording.say("report.ask.story", TOY))


async def test_the_language_of_a_first_message_is_recognised_without_being_chosen(thirteen: House) -> None:
    guess = thirteen.ports.language_identifier.identify(QUESTION)
    assert guess is not None
    assert guess.language == TOY
    assert guess.is_sure()
