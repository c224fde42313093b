"""Which language a person is answered in: their choice, else their message, else the chat's, else their app's, else German."""

import pytest

from bot.domain.messages import Channel, Status
from bot.domain.understanding import Thresholds
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


async def test_a_message_in_german_leaves_the_chat_in_simple_german(person) -> None:
    alex = person(hint="de-simple")
    assert (await alex.says("Wie kann ich eine Diskriminierung melden?")).language == "de-simple"
    assert (await alex.says("Und wer liest dann meine Meldung?")).language == "de-simple"
    assert (await alex.says(UKRAINIAN)).language == "uk"


async def test_every_language_is_offered_in_its_own_name(world: World, alex: Person) -> None:
    await alex.presses("languages")
    offered = {button.value: button.label for button in alex.buttons}
    assert offered["language:ar"] == "العربية"
    assert offered["language:uk"].casefold() == "українська"
    assert list(offered)[:3] == ["language:de", "language:de-simple", "language:en"]
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


TURKISH = "bu konuda kime başvurmam gerekiyor acaba"


async def test_when_a_message_changes_the_language_one_button_leads_back_for_good(world: World, person) -> None:
    olena = person(hint="de")
    await olena.commands("start")
    changed = await olena.says(UKRAINIAN)
    assert changed.language == "uk"
    assert olena.buttons[-1].label == world.words("language.stay", "de", language="Deutsch")
    assert olena.offered.count("language:de") == 1
    assert (await olena.sees_and_presses("language:de")).language == "de"
    assert (await olena.says(UKRAINIAN)).language == "de"
    assert "language:uk" not in olena.offered


async def test_the_answer_is_given_again_in_the_language_that_is_kept(world: World, person) -> None:
    olena = person(hint="de")
    world.understander.learn(UKRAINIAN, ("city.contact", 0.9), cities=("halle",))
    await olena.commands("start")
    await olena.says(UKRAINIAN)
    await olena.sees_and_presses("language:de")
    assert olena.read.startswith(world.ports.published.knowledge.entries["halle.contact"].answers["de"].strip()[:40])


async def test_the_first_message_the_same_language_and_an_explicit_choice_offer_no_way_back(person) -> None:
    olena = person(hint="de")
    first = await olena.says(UKRAINIAN)
    assert not [value for value in olena.offered if value.startswith("language:")], first
    await olena.says("дякую вам, а де це знаходиться")
    assert not [value for value in olena.offered if value.startswith("language:")]
    await olena.says(TURKISH, choosing="tr")
    assert not [value for value in olena.offered if value.startswith("language:")]


async def test_the_way_back_is_offered_beside_the_emergency_numbers_and_the_form(world: World, person) -> None:
    for text, status in ((f"110 polizei {TURKISH} imdat", Status.EMERGENCY), (TURKISH, Status.FORM)):
        mehmet = person(text, hint="de")
        world.understander.learn(text, ("report", 0.9))
        await mehmet.commands("start")
        answer = await mehmet.says(text)
        assert (answer.language, answer.status) == ("tr", status)
        assert mehmet.offered[-1] == "language:de"


async def test_plain_german_is_as_sure_of_itself_as_german(world: World, person) -> None:
    text = "wer hilft mir hier eigentlich weiter"
    world.ports.published.thresholds["de"] = Thresholds(answer=0.5, suggest=0.2)
    world.understander.learn(text, ("discrimination.counselling", 0.55))
    for language in ("de", "de-simple"):
        someone = person(hint="de")
        await someone.presses(f"language:{language}")
        answer = await someone.says(text)
        assert (answer.language, answer.entry) == (language, "discrimination.counselling")
