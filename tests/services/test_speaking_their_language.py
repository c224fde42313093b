"""Which language a person is answered in: their choice, else their message, else the chat's, else their app's, else German."""

import pytest

from bot.domain.messages import Channel, Status
from tests.fakes.person import Person
from tests.fakes.world import World

UKRAINIAN = "де я можу отримати допомогу з документами"


async def test_a_message_decides(person) -> None:
    olena = person(hint="de")
    assert (await olena.says(UKRAINIAN)).language == "uk"


async def test_one_word_does_not_change_the_language(person) -> None:
    olena = person(hint="de")
    await olena.says(UKRAINIAN)
    assert (await olena.says("ok")).language == "uk"
    assert (await olena.says("Stop")).language == "uk"


async def test_the_app_decides_where_no_message_does(person) -> None:
    assert (await person("a", hint="fa").commands("start")).language == "fa"
    assert (await person("b", hint=None).commands("start")).language == "de"


async def test_a_choice_outlives_messages_in_other_languages(world: World, person) -> None:
    olena = person(hint="de")
    await olena.commands("language")
    assert olena.read == world.words("page.languages", "de")
    chosen = await olena.sees_and_presses("language:tr")
    assert (chosen.language, olena.read) == ("tr", world.words("page.language-set", "tr"))
    assert (await olena.says(UKRAINIAN)).language == "tr"


async def test_the_switch_of_the_web_page_counts_as_a_choice(person) -> None:
    olena = person(hint="de")
    assert (await olena.says("ok", choosing="ar")).language == "ar"
    assert (await olena.says(UKRAINIAN)).language == "ar"


@pytest.mark.parametrize("code", ["7kab 3czy wfsz pr2h", "przy jest czas dwa1", "czyj estn aste krap"])
async def test_a_receipt_code_is_no_word_of_any_language(alex: Person, code: str) -> None:
    await alex.commands("status")
    assert (await alex.says(code)).language == "en"


async def test_every_language_is_offered_in_its_own_name(world: World, alex: Person) -> None:
    await alex.presses("languages")
    offered = {button.value: button.label for button in alex.buttons}
    assert offered["language:ar"] == "العربية"
    assert offered["language:uk"].casefold() == "українська"
    assert list(offered)[:2] == ["language:de", "language:en"]
    assert len(offered) == len(world.ports.wording.languages)


async def test_a_story_in_another_language_changes_nothing_in_the_form(world: World, alex: Person) -> None:
    await alex.presses("report", "form:consent:yes")
    answer = await alex.says("мені відмовили в оренді квартири через моє прізвище")
    assert (answer.language, answer.status) == ("en", Status.FORM)


async def test_the_form_goes_on_in_a_newly_chosen_language(world: World, alex: Person) -> None:
    await alex.presses("report", "form:consent:yes")
    await alex.says("They refused me the flat.")
    answer = await alex.presses("language:ar")
    assert (answer.language, answer.status) == ("ar", Status.FORM)
    assert world.words("report.ask.story", "ar") in alex.read
    assert "They refused me the flat" in alex.read
    assert "form:story:next" in alex.offered


async def test_a_link_from_telegram_brings_its_language_along(world: World, person) -> None:
    tele, web = person("tele", channel=Channel.TELEGRAM, hint="tr"), person("web", hint="de")
    await tele.presses("report")
    link = next(button.url for button in tele.buttons if button.url)
    token = link.partition("link=")[2].partition("&")[0]
    assert (await web.presses(f"link:{token}")).language == "tr"
    assert web.read.startswith(world.words("report.consent", "tr")[:20])
