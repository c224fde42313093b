"""What Telegram shows about the bot."""

from dataclasses import dataclass

from structlog.testing import capture_logs

from bot.channels.telegram.bot_client import BotClient
from bot.channels.telegram.commands import COMMANDS, announce_bot
from bot.channels.telegram.persistence import Patience
from bot.domain.decisions import COMMANDS as UNDERSTOOD
from bot.domain.languages import Language
from tests.fake_bot_api.server import FakeBotApi

QUICK = Patience(first_seconds=0.01)


@dataclass
class Words:
    """A Wording that says its keys."""

    languages: tuple[Language, ...] = (Language("de"), Language("ar"), Language("ckb"))
    tail: str = ""

    def say(self, key: str, language: Language, **_: object) -> str:
        return f"{key} in {language}{self.tail}"


def test_every_command_that_is_offered_is_understood() -> None:
    assert set(COMMANDS) - {"start"} <= set(UNDERSTOOD)


async def test_commands_and_descriptions_in_every_language_telegram_knows(api: FakeBotApi, bot: BotClient) -> None:
    api.fail("setMyCommands", 429, retry_after=0)
    await announce_bot(bot, Words(), QUICK)
    assert {code for _, code in api.settings} == {"", "de", "ar"}
    assert [command["command"] for command in api.settings["commands", "ar"]] == list(COMMANDS)
    assert api.settings["commands", "ar"][0]["description"] == "command.start in ar"
    assert api.settings["commands", ""] == api.settings["commands", "de"]
    assert api.settings["description", "ar"] == api.settings["short_description", "ar"] == "bot.description in ar"


async def test_what_is_set_already_is_not_set_again(api: FakeBotApi, bot: BotClient) -> None:
    await announce_bot(bot, Words(), QUICK)
    setters = ("setMyCommands", "setMyDescription", "setMyShortDescription")
    before = [api.count(method) for method in setters]
    assert before == [3, 3, 3]
    await announce_bot(bot, Words(), QUICK)
    assert [api.count(method) for method in setters] == before
    await announce_bot(bot, Words(tail="!"), QUICK)
    assert [api.count(method) for method in setters] == [6, 6, 6]


async def test_long_words_are_shortened_to_what_telegram_takes(api: FakeBotApi, bot: BotClient) -> None:
    await announce_bot(bot, Words(tail=" and on" * 200), QUICK)
    assert 100 < len(api.settings["short_description", "ar"]) <= 120
    assert 400 < len(api.settings["description", "ar"]) <= 512
    assert api.settings["commands", "ar"][0]["description"].endswith(" …")


async def test_a_language_that_telegram_refuses_does_not_stop_the_others(api: FakeBotApi, bot: BotClient) -> None:
    api.fail("setMyCommands", 400, "Bad Request: something is wrong")
    with capture_logs() as logs:
        await announce_bot(bot, Words(), QUICK)
    assert {code for name, code in api.settings if name == "commands"} == {"de", "ar"}
    assert [entry["language"] for entry in logs] == ["de"]
