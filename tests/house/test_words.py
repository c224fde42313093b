"""Everything the bot can say has words, in every language, and no words lie about unused."""

import re
from string import Formatter
from typing import get_args, get_type_hints

import pytest

from bot.channels.telegram import commands as telegram_commands
from bot.channels.web_chat.pages import SCRIPT_WORDS
from bot.domain import decisions
from bot.domain.case_codes import AREAS, FORMS, GROUNDS, NOT_STATED, OTHER, WISHES
from bot.domain.case_messages import TEMPLATES
from bot.domain.cases import CaseStatus
from bot.domain.knowledge import Topic
from bot.domain.languages import ENGLISH
from bot.domain.messages import Unsupported
from bot.domain.report_form import CONTACT_VALUES, WHEN_VALUES, Step
from tests.fakes.world import TWELVE, real_words
from tests.house.source import KEY, keys_in_templates, known_keys, literals, said_patterns, said_with_values
from tests.house.test_desk_words import desk_keys, desk_words

COUNTED = {"report.deadline-general", "case.too-many-codes"}
"""Plural forms, which may leave the number out."""
WITH_OR_WITHOUT = {"suggest.{}", "page.{}"}
"""Said in two ways, with values and without."""


def choices_of(decision: type, name: str) -> tuple[str, ...]:
    """What a field of a decision may be."""
    return get_args(get_type_hints(decision)[name])


def of_lists(*lists: tuple[str, tuple[str, ...]]) -> set[str]:
    return {f"{name}.{value}" for name, values in lists for value in values if value not in (OTHER, NOT_STATED)}


CODE_LISTS = of_lists(
    ("when", WHEN_VALUES), ("area", tuple(AREAS)), ("ground", GROUNDS), ("form", FORMS), ("wish", WISHES), ("contact", CONTACT_VALUES)
)
SUMMARY = ("story", "when", "place", "area", "grounds", "form", "wish", "contact")
EXPANSIONS: dict[str, set[str]] = {
    "case.status.{}": set(CaseStatus),
    "code.area-detail.{}.{}": of_lists(*AREAS.items()),
    "code.{}": {OTHER, NOT_STATED},
    "code.{}.{}": CODE_LISTS,
    "command.{}": set(telegram_commands.COMMANDS),
    "contact.{}": {"address", "phone", "email", "website"},
    "day.{}": {"mo", "tu", "we", "th", "fr", "sa", "su"},
    "page.{}": {*choices_of(decisions.Show, "page"), "city", "language-set"},
    "programme.{}": {"who-may-apply", "conditions", "needed"},
    "report.ask.{}": set(Step) - {Step.CONSENT},
    "report.summary.{}": set(SUMMARY),
    "smalltalk.{}": set(choices_of(decisions.SaySmalltalk, "intent")),
    "suggest.{}": set(choices_of(decisions.Suggest, "reason")),
    "topic.{}": set(Topic),
    "unsupported.{}": {*choices_of(Unsupported, "what"), "empty"},
    "web.{}": set(SCRIPT_WORDS),
}
"""What the holes of the keys that are put together can be, from the enums and code lists themselves."""
SPOKEN = real_words().languages
"""The twelve and their varieties."""
PRIVACY_PARTS = {"what", "report", "human", "news", "how-long", "telegram", "cookies", "rights"}
IN_NO_CALL = {f"privacy.{part}{title}" for part in PRIVACY_PARTS for title in ("", "-title")} | {"bot.short-description"}
IN_NO_CALL |= {f"office.template.{name}" for name in TEMPLATES}
"""Put together in the page of the privacy notice; the description for BotFather; the ready texts that staff sends."""


def expanded_from(pattern: str) -> set[str]:
    """Every key that one pattern stands for; where it has several holes, its values fill all of them."""
    return {re.sub(r"\{\}(\.\{\})*", value, pattern) for value in EXPANSIONS[pattern]}


def expanded() -> set[str]:
    """Every key that is put together from a pattern."""
    return {key for pattern in EXPANSIONS for key in expanded_from(pattern)}


def test_all_twelve_languages_are_spoken() -> None:
    assert set(TWELVE) <= set(real_words().languages)


def test_every_key_that_is_put_together_is_accounted_for() -> None:
    assert said_patterns() == set(EXPANSIONS)


def test_every_key_that_is_said_has_words() -> None:
    families = {key.partition(".")[0] for key in known_keys()}
    written = {
        text for text in literals("bot/services") | literals("bot/channels") if KEY.fullmatch(text) and text.partition(".")[0] in families
    }
    said = {key for key in written if not key.endswith((".html", ".js", ".css", ".svg", ".contact"))} | keys_in_templates() | expanded()
    assert sorted(said - known_keys()) == []


def test_every_key_is_said_with_the_values_that_its_words_need() -> None:
    words = {**{key: real_words() for key in known_keys() - COUNTED}, **{key: desk_words() for key in desk_keys()}}
    needed = {key: {name for _, name, _, _ in Formatter().parse(own.say(key, ENGLISH)) if name} for key, own in words.items()}
    said = list(said_with_values())
    assert len(said) > 100
    for place, key, names in said:
        for each in matching(key) - COUNTED:
            assert needed[each] in (names, names - {"count"}) or key in WITH_OR_WITHOUT, (
                f"{place}: “{each}” needs {needed[each]}, and is given {names}"
            )


def matching(key: str) -> set[str]:
    """The keys that a pattern may become; a plain key itself."""
    return {key} if "{}" not in key else expanded_from(key)


def test_no_words_are_left_that_nobody_says() -> None:
    said = literals("bot/services") | literals("bot/channels") | keys_in_templates() | expanded() | IN_NO_CALL
    assert sorted(known_keys() - said) == []


@pytest.mark.parametrize("language", SPOKEN)
def test_no_button_is_empty_or_too_long_to_read(language: str) -> None:
    labels = [key for key in known_keys() if key.startswith(("menu.", "code.", "report.consent-")) or key in BUTTONS]
    assert len(labels) > 100
    for key in labels:
        words = real_words().say(key, language)
        assert words.strip()
        assert len(words) <= 64 or key == "report.consent-first", (key, words)


BUTTONS = {
    "city.other", "suggest.none", "report.next", "report.skip", "report.back", "report.cancel", "report.cancel-yes", "report.cancel-no",
    "report.send", "report.saved", "report.continue", "report.open-web-chat", "case.add", "case.withdraw", "case.withdraw-yes",
    "case.delete", "case.delete-yes", "case.keep", "case.close", "forget.button", "forget.yes", "forget.no", "privacy.open",
    "answer.helped", "answer.unhelpful", "news.stop-all", "news.undo", "news.others", "news.stop",
    "language.stay", "office.answer", "handover.begin", "handover.stop",
}  # fmt: skip


@pytest.mark.parametrize("language", SPOKEN)
def test_typed_labels_of_one_step_are_told_apart(language: str) -> None:
    ways = ("report.next", "report.skip", "report.back", "report.cancel", "report.cancel-yes", "report.cancel-no")
    for values in ("ground", "form", "wish", "area", "when", "contact"):
        keys = [f"code.{each}" for each in CODE_LISTS if each.startswith(f"{values}.")]
        words = [real_words().say(key, language).casefold() for key in (*keys, *ways, "code.other", "code.not-stated")]
        assert len(set(words)) == len(words), values


@pytest.mark.parametrize("language", SPOKEN)
def test_the_emergency_text_names_the_numbers(language: str) -> None:
    text = real_words().say("emergency", language)
    assert all(number in text for number in ("110", "112", "116 016"))
