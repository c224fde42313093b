"""The whole way of a change: written, read by somebody else, published, and heard in the web chat and in Telegram."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

import pytest
from playwright.async_api import Browser, expect

from bot.assemble.house import House
from bot.serve import open_doors
from tests.fake_bot_api.server import FakeBotApi
from tests.journeys.browser.conftest import Meet
from tests.journeys.browser.knowledge_team import TEAM, Editor, hire_team, open_token
from tests.journeys.browser.staff import open_office
from tests.journeys.browser.violations import find_violations
from tests.journeys.browser.visitor import Visitor

Employ = Callable[..., Awaitable[Editor]]
PATIENCE = 30
LANGUAGES, CITIES, SOURCES, PRIVACY = "bot.languages", "bot.covered-cities", "bot.sources-and-age", "bot.privacy"
NEW_PHRASING = "in welchen zungen darf man hier plaudern"
NEW_WORDS = "Reden Sie, wie Ihnen der Schnabel gewachsen ist."
CITY_QUESTION = "für welche städte weißt du was?"
SOURCE_QUESTION = "Woher hast du diese Infos?"
ARABIC = "يتحدث الموظفون هنا عن الأطفال والشباب."


@dataclass(frozen=True, kw_only=True)
class Doors:
    """Where the small house answers: the web, and Telegram."""

    address: str
    api: FakeBotApi


@pytest.fixture(scope="module")
async def doors(small: House) -> AsyncIterator[Doors]:
    """All doors of the small house, and a team at its desk."""
    await hire_team(small.desk)
    async with FakeBotApi("77:test-token") as api:
        settings = small.settings.model_copy(update={"telegram_token": api.token, "telegram_api": api.url})
        async with open_doors(replace(small, settings=settings)) as address:
            yield Doors(address=address, api=api)


@pytest.fixture(scope="module")
def web(doors: Doors) -> str:
    """Who meets the bot in these journeys meets that of the small house."""
    return doors.address


@pytest.fixture
async def employ(browser: Browser, doors: Doors, small: House) -> AsyncIterator[Employ]:
    """Somebody of the team, signed in."""
    async with open_office(browser, doors.address, Editor, lambda who: open_token(who, small.desk)) as employ_one:
        yield employ_one


async def is_taken_up(house: House) -> None:
    """Wait until the bot answers from what was published last."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with house.ports.unit_of_work() as work:
                newest = await work.publications.current_number()
            if house.published.publication.number == newest:
                return
            await asyncio.sleep(0.1)


async def ask(meet: Meet, question: str) -> Visitor:
    """A new visitor with one question."""
    visitor = await meet("?language=de")
    await visitor.type(question)
    return visitor


async def test_new_words_and_a_new_phrasing_are_written_read_published_and_heard(
    employ: Employ, meet: Meet, doors: Doors, small: House
) -> None:
    author, reviewer, publisher = [await employ(who) for who in TEAM]
    await write_wording(author)
    await author.add_phrasing("de", NEW_PHRASING)
    await author.field("meaning_unchanged").check()
    await author.submit()
    await expect(author.page.locator("aside")).to_contain_text("Annehmen muss sie jemand anderes")
    await expect(author.page.get_by_role("button", name="Annehmen")).to_have_count(0)
    await see_differences(reviewer)
    await reviewer.accept("Welche Sprachen gibt es?")
    await publisher.publish("Veröffentlicht", trains=True)
    await is_taken_up(small)
    visitor = await ask(meet, NEW_PHRASING)
    await expect(visitor.last).to_contain_text(NEW_WORDS)
    person = doors.api.person(1, language_code="de")
    person.says(NEW_PHRASING)
    assert NEW_WORDS in (await person.hears(timeout=PATIENCE)).text


async def write_wording(author: Editor) -> None:
    """Write new words, see them in both looks, lose a fact, be warned, and mend it."""
    await author.edit(LANGUAGES)
    former = await author.field("answer.de").input_value()
    fact = author.page.locator("section[aria-labelledby=facts-title] li", has_text="/language")
    await expect(fact.locator(".tag.bad")).to_have_count(0)
    await author.write("answer.de", f"{NEW_WORDS}\n\n{former.replace('/language', '/sprache')}")
    for look in ("telegram", "web-chat"):
        await expect(author.page.locator(f".phone.{look} .bubble").first).to_contain_text(NEW_WORDS)
    await expect(fact.locator(".tag.bad")).to_have_text("Deutsch: fehlt")
    await expect(author.page.locator(".faults")).to_contain_text("In der Antwort auf Deutsch fehlt der Fakt „/language“.")
    await author.press_button("Zur Prüfung geben")
    await expect(author.page.get_by_role("alert")).to_contain_text("noch nicht zur Prüfung gegeben")
    await author.write("answer.de", f"{NEW_WORDS}\n\n{former}")
    await expect(fact.locator(".tag.bad")).to_have_count(0)
    await expect(author.page.locator("#faults-title")).to_have_text("Alles in Ordnung")


async def see_differences(reviewer: Editor) -> None:
    """What was written stands out from what stays."""
    await reviewer.open(f"/knowledge/review/entry/{LANGUAGES}")
    for words in (NEW_WORDS, NEW_PHRASING):
        await expect(reviewer.page.locator("ins", has_text=words)).to_be_visible()
    await expect(reviewer.page.locator("main del").filter(visible=True)).to_have_count(1)  # the one in the legend
    assert await find_violations(reviewer.page, 1280) == []


async def test_what_fails_its_check_is_held_back_until_the_publisher_says_why(employ: Employ, meet: Meet, small: House) -> None:
    author, reviewer, publisher = [await employ(who) for who in TEAM]
    await keep_check(reviewer, CITY_QUESTION)
    await author.open(f"/knowledge/entry/{CITIES}/history")
    await author.press_button("Zurückziehen")
    await author.press_button("Zur Prüfung geben")
    await author.is_told("Der Entwurf ist jetzt in Prüfung.")
    await reviewer.accept("Welche Städte kennt Wegweiser?")
    await publisher.publish("Zurückgehalten", trains=True)
    last = publisher.page.locator("section[aria-labelledby=last]")
    await expect(last.locator(".notice.bad")).to_contain_text("Eine Frage, die Sie immer prüfen lassen, wird nicht richtig")
    await expect(last.locator("table", has_text="Fragen, die richtig beantwortet werden müssen")).to_contain_text(CITY_QUESTION)
    assert await find_violations(publisher.page, 1280) == []
    visitor = await ask(meet, CITY_QUESTION)
    await expect(visitor.last).to_contain_text("fünf Städte")
    await publisher.field("reason").fill("Der Eintrag wird ersetzt.")
    await publisher.confirm("Mit dieser Begründung veröffentlichen")
    await publisher.is_told("Veröffentlicht.")
    await expect(publisher.page.locator("aside li").first).to_contain_text("Der Eintrag wird ersetzt.")
    await is_taken_up(small)
    await visitor.type(CITY_QUESTION)
    await expect(visitor.last).not_to_contain_text("fünf Städte")
    await forget_checks(reviewer)


async def keep_check(reviewer: Editor, question: str) -> None:
    """Try a question, and have it checked from now on."""
    await reviewer.open("/knowledge/try")
    await reviewer.field("text").fill(question)
    await reviewer.press_button("Ausprobieren")
    await reviewer.press_button("Das ist die richtige Antwort: diese Frage immer prüfen")
    await reviewer.is_told("Diese Frage wird ab jetzt vor jeder Veröffentlichung geprüft.")


async def forget_checks(reviewer: Editor) -> None:
    """The entry is gone for good: its question is not checked any more."""
    await reviewer.open("/knowledge/try")
    await reviewer.press_button("Nicht mehr prüfen")
    await reviewer.is_told("Diese Frage wird nicht mehr geprüft.")


async def test_one_click_brings_the_former_answer_back(employ: Employ, meet: Meet, small: House) -> None:
    reviewer, publisher = await employ("reviewer"), await employ("publisher")
    former = small.published.publication.number
    await reviewer.edit(SOURCES)
    await reviewer.write("answer.de", "Ganz neu. " + await reviewer.field("answer.de").input_value())
    await reviewer.submit()
    await publisher.accept("Woher kommen die Antworten?")
    await publisher.publish("Veröffentlicht")
    await is_taken_up(small)
    visitor = await ask(meet, SOURCE_QUESTION)
    await expect(visitor.last).to_contain_text("Ganz neu.")
    await publisher.confirm(f"Hierhin zurück Nummer {former}")
    await publisher.is_told("Zurückgesetzt.")
    await expect(publisher.page.locator("aside li").first).to_contain_text(f"Zurück auf Nummer {former}")
    await is_taken_up(small)
    await visitor.type(SOURCE_QUESTION)
    await expect(visitor.last).to_contain_text("Papier einer Stadt")
    await expect(visitor.last).not_to_contain_text("Ganz neu.")


async def test_two_people_write_at_once_and_nothing_is_lost(employ: Employ) -> None:
    author, reviewer = await employ("author"), await employ("reviewer")
    await author.edit(PRIVACY)
    await reviewer.edit(PRIVACY)
    answer = await reviewer.field("answer.de").input_value()
    await author.write("answer.de", f"Elifs Satz.\n\n{answer}")
    await author.write("title.de", "Datenschutz bei uns")
    await reviewer.field("title.en").fill("Privacy with us")
    await reviewer.field("answer.de").fill(f"Noors Satz.\n\n{answer}")
    await expect(reviewer.page.locator("#saved")).to_contain_text("Elif Probe hat inzwischen gespeichert")
    await reviewer.press_button("Beide Texte ansehen")
    mine, theirs = reviewer.page.locator(".words.mine"), reviewer.page.locator(".words:not(.mine)")
    await expect(mine.filter(has_text="Noors Satz.")).to_be_visible()
    await expect(theirs.filter(has_text="Elifs Satz.")).to_be_visible()
    await expect(reviewer.page.locator("[name='choice.title.de'][value=theirs]")).to_be_checked()
    await expect(reviewer.page.locator("[name='choice.title.en'][value=mine]")).to_be_checked()
    assert await find_violations(reviewer.page, 1280) == []
    await reviewer.page.locator("[name='choice.answer.de'][value=mine]").check()
    await reviewer.press_button("So speichern")
    await reviewer.is_told("Gespeichert.")
    await author.edit(PRIVACY)
    for name, words in (("answer.de", f"Noors Satz.\n\n{answer}"), ("title.de", "Datenschutz bei uns"), ("title.en", "Privacy with us")):
        await expect(author.field(name)).to_have_value(words)


async def test_a_question_for_which_nothing_fitted_becomes_a_phrasing(employ: Employ, meet: Meet) -> None:
    visitor = await ask(meet, "Ich heiße Amina Beispiel (0176 1234567). Gibt es in Halle einen Zoo?")
    await visitor.press("menu")  # "none of these"
    reviewer = await employ("reviewer")
    await reviewer.open("/knowledge/questions")
    group = reviewer.page.locator(".question-group", has_text="Gibt es in Halle einen Zoo?")
    await expect(group.locator("h2 .mark")).to_have_text(["[Name]", "[Telefon]"])
    for words in ("Amina", "Beispiel", "1234567"):
        await expect(group).not_to_contain_text(words)
    button = group.locator("button[name=entry]").last
    entry = await button.get_attribute("value")
    await button.click()
    await reviewer.is_told("Die Formulierungen stehen jetzt im Entwurf des Eintrags.")
    await expect(group).to_have_count(0)
    await reviewer.edit(entry or "")
    phrasings = (await reviewer.field("phrasings.de").input_value()).splitlines()
    assert "Ich heiße. Gibt es in Halle einen Zoo?" in phrasings


async def test_an_arabic_translation_is_typed_on_a_phone(employ: Employ) -> None:
    reviewer = await employ("reviewer", width=360, height=640, has_touch=True)
    await reviewer.edit("halle.youth", "ar")
    answer = reviewer.field("answer.ar")
    written = f"{ARABIC}\n\n{await answer.input_value()}"
    await reviewer.write("answer.ar", written)
    assert await answer.evaluate("field => getComputedStyle(field).direction") == "rtl"
    bubble = reviewer.page.locator(".phone.web-chat .bubble[lang=ar]")
    await expect(bubble).to_contain_text(ARABIC)
    assert await bubble.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert await reviewer.page.evaluate("document.documentElement.scrollWidth") == 360
    await reviewer.page.reload()
    await expect(answer).to_have_value(written)
    assert await find_violations(reviewer.page) == []
