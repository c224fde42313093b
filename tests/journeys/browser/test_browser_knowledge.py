"""The whole way of a change: written, read by somebody else, published, and heard in the web chat and in Telegram."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

import pytest
from playwright.async_api import Browser, expect

from bot.assemble import House
from bot.serve import open_doors
from tests.fake_bot_api.server import FakeBotApi
from tests.journeys.browser.conftest import Meet
from tests.journeys.browser.knowledge_desk import Editor, hire_team, open_token
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


async def test_a_new_wording_and_phrasing_are_written_read_published_and_heard(employ: Employ, meet: Meet, doors: Doors, small: House) -> None:
    elif_, noor, pavel = [await employ(who) for who in ("elif", "noor", "pavel")]
    await write_wording(elif_)
    await elif_.add_phrasing("de", NEW_PHRASING)
    await elif_.field("meaning_unchanged").check()
    await elif_.submit()
    await expect(elif_.page.locator("aside")).to_contain_text("Annehmen muss sie jemand anderes")
    await expect(elif_.page.get_by_role("button", name="Annehmen")).to_have_count(0)
    await see_differences(noor)
    await noor.accept("Welche Sprachen gibt es?")
    await pavel.publish("Veröffentlicht")
    await is_taken_up(small)
    visitor = await ask(meet, NEW_PHRASING)
    await expect(visitor.last).to_contain_text(NEW_WORDS)
    person = doors.api.person(1, language_code="de")
    person.says(NEW_PHRASING)
    assert NEW_WORDS in (await person.hears(timeout=PATIENCE)).text


async def write_wording(elif_: Editor) -> None:
    """Write new words, see them in both looks, lose a fact, be warned, and mend it."""
    await elif_.edit(LANGUAGES)
    former = await elif_.field("answer.de").input_value()
    fact = elif_.page.locator("section[aria-labelledby=facts-title] li", has_text="/language")
    await expect(fact.locator(".tag.bad")).to_have_count(0)
    await elif_.write("answer.de", f"{NEW_WORDS}\n\n{former.replace('/language', '/sprache')}")
    for look in ("telegram", "web-chat"):
        await expect(elif_.page.locator(f".phone.{look} .bubble").first).to_contain_text(NEW_WORDS)
    await expect(fact.locator(".tag.bad")).to_have_text("Deutsch: fehlt")
    await expect(elif_.page.locator(".faults")).to_contain_text("In der Antwort auf Deutsch fehlt der Fakt „/language“.")
    await elif_.press_button("Zur Prüfung geben")
    await expect(elif_.page.get_by_role("alert")).to_contain_text("noch nicht zur Prüfung gegeben")
    await elif_.write("answer.de", f"{NEW_WORDS}\n\n{former}")
    await expect(fact.locator(".tag.bad")).to_have_count(0)
    await expect(elif_.page.locator("#faults-title")).to_have_text("Alles in Ordnung")


async def see_differences(noor: Editor) -> None:
    """What was written stands out from what stays."""
    await noor.open(f"/knowledge/review/entry/{LANGUAGES}")
    for words in (NEW_WORDS, NEW_PHRASING):
        await expect(noor.page.locator("ins", has_text=words)).to_be_visible()
    await expect(noor.page.locator("main del").filter(visible=True)).to_have_count(1)  # the one in the legend
    assert await find_violations(noor.page, 1280) == []


async def test_what_fails_its_check_is_held_back_until_the_publisher_says_why(employ: Employ, meet: Meet, small: House) -> None:
    elif_, noor, pavel = [await employ(who) for who in ("elif", "noor", "pavel")]
    await keep_check(noor, CITY_QUESTION)
    await elif_.open(f"/knowledge/entry/{CITIES}/history")
    await elif_.press_button("Antwort zurückziehen")
    await elif_.press_button("Zur Prüfung geben")
    await elif_.is_told("Der Entwurf ist jetzt in Prüfung.")
    await noor.accept("Welche Städte kennt Wegweiser?")
    await pavel.publish("Zurückgehalten")
    last = pavel.page.locator("section[aria-labelledby=last]")
    await expect(last.locator(".notice.bad")).to_contain_text("Eine Frage, die Sie zur Prüfung festgehalten haben, wird nicht richtig beantwortet.")
    await expect(last.locator("table", has_text="Fragen, die richtig beantwortet werden müssen")).to_contain_text(CITY_QUESTION)
    assert await find_violations(pavel.page, 1280) == []
    visitor = await ask(meet, CITY_QUESTION)
    await expect(visitor.last).to_contain_text("fünf Städte")
    await pavel.field("reason").fill("Der Eintrag wird ersetzt.")
    await pavel.confirm("Mit dieser Begründung veröffentlichen")
    await pavel.is_told("Veröffentlicht.")
    await expect(pavel.page.locator("aside li").first).to_contain_text("Der Eintrag wird ersetzt.")
    await is_taken_up(small)
    await visitor.type(CITY_QUESTION)
    await expect(visitor.last).not_to_contain_text("fünf Städte")
    await forget_checks(noor)


async def keep_check(noor: Editor, question: str) -> None:
    """Try a question, and have it checked from now on."""
    await noor.open("/knowledge/try")
    await noor.field("text").fill(question)
    await noor.press_button("Ausprobieren")
    await noor.press_button("Das ist die richtige Antwort: diese Frage immer prüfen")
    await noor.is_told("Diese Frage wird ab jetzt vor jeder Veröffentlichung geprüft.")


async def forget_checks(noor: Editor) -> None:
    """The entry is gone for good: its question is not checked any more."""
    await noor.open("/knowledge/try")
    await noor.press_button("Nicht mehr prüfen")
    await noor.is_told("Diese Frage wird nicht mehr geprüft.")


async def test_one_click_brings_the_former_answer_back(employ: Employ, meet: Meet, small: House) -> None:
    noor, pavel = await employ("noor"), await employ("pavel")
    former = small.published.publication.number
    await noor.edit(SOURCES)
    await noor.write("answer.de", "Ganz neu. " + await noor.field("answer.de").input_value())
    await noor.submit()
    await pavel.accept("Woher kommen die Antworten?")
    await pavel.publish("Veröffentlicht")
    await is_taken_up(small)
    visitor = await ask(meet, SOURCE_QUESTION)
    await expect(visitor.last).to_contain_text("Ganz neu.")
    await pavel.confirm(f"Hierhin zurück Nummer {former}")
    await pavel.is_told("Zurückgestellt.")
    await expect(pavel.page.locator("aside li").first).to_contain_text(f"Zurück auf Nummer {former}")
    await is_taken_up(small)
    await visitor.type(SOURCE_QUESTION)
    await expect(visitor.last).to_contain_text("Papier einer Stadt")
    await expect(visitor.last).not_to_contain_text("Ganz neu.")


async def test_two_people_write_at_once_and_nothing_is_lost(employ: Employ) -> None:
    elif_, noor = await employ("elif"), await employ("noor")
    await elif_.edit(PRIVACY)
    await noor.edit(PRIVACY)
    answer = await noor.field("answer.de").input_value()
    await elif_.write("answer.de", f"Elifs Satz.\n\n{answer}")
    await elif_.write("title.de", "Datenschutz bei uns")
    await noor.field("title.en").fill("Privacy with us")
    await noor.field("answer.de").fill(f"Noors Satz.\n\n{answer}")
    await expect(noor.page.locator("#saved")).to_contain_text("Elif Probe hat inzwischen gespeichert")
    await noor.press_button("Beide Texte ansehen")
    mine, theirs = noor.page.locator(".words.mine"), noor.page.locator(".words:not(.mine)")
    await expect(mine.filter(has_text="Noors Satz.")).to_be_visible()
    await expect(theirs.filter(has_text="Elifs Satz.")).to_be_visible()
    await expect(noor.page.locator("[name='choice.title.de'][value=theirs]")).to_be_checked()
    await expect(noor.page.locator("[name='choice.title.en'][value=mine]")).to_be_checked()
    assert await find_violations(noor.page, 1280) == []
    await noor.page.locator("[name='choice.answer.de'][value=mine]").check()
    await noor.press_button("So speichern")
    await noor.is_told("Gespeichert.")
    await elif_.edit(PRIVACY)
    for name, words in (("answer.de", f"Noors Satz.\n\n{answer}"), ("title.de", "Datenschutz bei uns"), ("title.en", "Privacy with us")):
        await expect(elif_.field(name)).to_have_value(words)


async def test_a_question_without_an_answer_becomes_a_phrasing(employ: Employ, meet: Meet) -> None:
    await ask(meet, "Ich heiße Amina Beispiel, meine Nummer ist 0176 1234567. Gibt es in Halle einen Zoo?")
    noor = await employ("noor")
    await noor.open("/knowledge/questions")
    group = noor.page.locator(".question-group", has_text="Gibt es in Halle einen Zoo?")
    await expect(group.locator("h2 .mark")).to_have_text(["[Name]", "[Telefon]"])
    for words in ("Amina", "Beispiel", "1234567"):
        await expect(noor.page.locator("main")).not_to_contain_text(words)
    button = group.locator("button[name=entry]").last
    entry = await button.get_attribute("value")
    await button.click()
    await noor.is_told("Die Formulierungen stehen jetzt im Entwurf des Eintrags.")
    await expect(group).to_have_count(0)
    await noor.edit(str(entry))
    phrasings = (await noor.field("phrasings.de").input_value()).splitlines()
    assert [phrasing for phrasing in phrasings if "Zoo" in phrasing and "Amina" not in phrasing]


async def test_an_arabic_translation_is_typed_on_a_phone(employ: Employ) -> None:
    noor = await employ("noor", width=360, height=640, has_touch=True)
    await noor.edit("halle.youth", "ar")
    answer = noor.field("answer.ar")
    written = f"{ARABIC}\n\n{await answer.input_value()}"
    await noor.write("answer.ar", written)
    assert await answer.evaluate("field => getComputedStyle(field).direction") == "rtl"
    bubble = noor.page.locator(".phone.web-chat .bubble[lang=ar]")
    await expect(bubble).to_contain_text(ARABIC)
    assert await bubble.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert await noor.page.evaluate("document.documentElement.scrollWidth") == 360
    await noor.page.reload()
    await expect(answer).to_have_value(written)
    assert await find_violations(noor.page) == []
