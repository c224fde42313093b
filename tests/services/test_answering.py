"""A question becomes the curated answer, in the person's language."""

from dataclasses import replace

import pytest

from bot.domain.knowledge import EntryId
from bot.domain.messages import Answer, Status
from tests.fakes.person import Person
from tests.fakes.world import World, real_knowledge

GREETINGS = {
    "de": "hallo, guten Tag zusammen",
    "en": "hello there, good morning",
    "ar": "مرحبا كيف حالك اليوم",
    "tr": "merhaba, günaydın nasılsınız",
    "uk": "добрий день, як ваші справи",
    "ru": "здравствуйте, добрый день всем",
    "fa": "سلام حال شما چطور است",
    "pl": "dzień dobry, jak się pan miewa",
    "ro": "bună ziua, ce mai faceți",
}
WHO = "who is responsible for integration"


@pytest.mark.parametrize(("language", "text"), GREETINGS.items())
async def test_a_greeting_is_returned_in_its_language_with_the_menu(world: World, person, language: str, text: str) -> None:
    anna = person()
    world.understander.learn(text, ("greeting", 0.99))
    answer = await anna.says(text)
    assert (answer.language, answer.status) == (language, Status.SMALLTALK)
    assert anna.read == world.words("smalltalk.greeting", language)
    assert {"topic:contacts", "report", "languages"} <= set(anna.offered)
    assert anna.buttons[0].label == world.words("menu.contacts", language)


async def test_an_answer_has_its_source_and_contact_and_ways_on(world: World, alex: Person) -> None:
    text = "who is responsible for integration in halle"
    world.understander.learn(text, ("city.contact", 0.93), cities=("halle",))
    answer = await alex.says(text)
    entry, office = real_knowledge().entries[EntryId("halle.contact")], real_knowledge().contacts["halle.democracy-and-integration"]
    assert (answer.status, answer.entry, answer.confidence) == (Status.ANSWERED, "halle.contact", 0.93)
    assert answer.replies[0].text.startswith(entry.answers["en"].strip())
    assert f"**{office.office}**" in answer.replies[0].text
    assert office.phone in alex.read
    source = (answer.replies[0].source or "").replace("\\", "")
    assert real_knowledge().sources[entry.source[0].id].title in source
    assert str(entry.as_of.year) in source
    assert f"entry:{entry.related[0]}" in alex.offered
    assert alex.remembered.municipality == "halle"


async def test_an_answer_that_is_not_translated_comes_with_a_sentence_in_ones_language(world: World, person) -> None:
    mehmet, text = person(hint="tr"), "entegrasyon için kime başvurabilirim acaba"
    world.understander.learn(text, ("city.contact", 0.93), cities=("halle",))
    known, id_ = real_knowledge(), EntryId("halle.contact")
    entry = replace(known.entries[id_], answers={code: known.entries[id_].answers[code] for code in ("de", "en")})
    world.ports.published.knowledge = replace(known, entries={**known.entries, id_: entry})
    answer = await mehmet.says(text)
    assert answer.language == "tr"
    assert answer.replies[0].text.startswith(f"{world.words('answer.other-language', 'tr')}\n\n{entry.answers['en'][:30]}")


async def test_a_translated_answer_comes_without_such_a_sentence(world: World, alex: Person) -> None:
    answer = await alex.presses("entry:halle.contact")
    assert world.words("answer.other-language") not in answer.replies[0].text


async def test_an_overdue_answer_says_so(world: World, alex: Person) -> None:
    world.clock.pass_time(days=400)
    answer = await alex.presses("entry:halle.contact")
    entry = real_knowledge().entries[EntryId("halle.contact")]
    assert world.words("answer.overdue", checked_on=entry.checked_on) in answer.replies[0].text


async def test_a_programme_shows_its_amounts_in_ones_own_numbers(world: World, alex: Person) -> None:
    key, programme = next((key, each) for key, each in real_knowledge().programmes.items() if any(a.euros > 9999 for a in each.amounts))
    amount = next(amount.euros for amount in programme.amounts if amount.euros > 9999)
    answer = await alex.presses(f"programme:{key}")
    assert answer.status is Status.ANSWERED
    assert f"{amount:,}" in alex.read
    assert f"{amount:,}".replace(",", ".") not in alex.read


async def test_an_unsure_reading_only_suggests(world: World, alex: Person) -> None:
    world.understander.learn("money for a project", ("wiesbaden.wir-project-money", 0.55), ("wiesbaden.wir-amounts", 0.2), ("report", 0.1))
    answer = await alex.says("money for a project")
    assert (answer.status, answer.entry) == (Status.SUGGESTED, None)
    assert alex.read == world.words("suggest.unsure")
    assert alex.offered[:3] == ["report", "entry:wiesbaden.wir-project-money", "entry:wiesbaden.wir-amounts"]
    assert len(alex.offered) == 5  # the third one was found by the search through the phrasings
    chosen = await alex.sees_and_presses("entry:wiesbaden.wir-project-money")
    assert chosen.entry == "wiesbaden.wir-project-money"


async def test_a_short_question_keeps_the_topic_of_the_last_answer(world: World, alex: Person) -> None:
    world.understander.learn("how much does WIR pay", ("wiesbaden.wir-amounts", 0.9))
    world.understander.learn("and until when?", ("paper.period", 0.6), ("wiesbaden.wir-period", 0.02))
    topic = world.words("menu.wir-funding")
    world.understander.learn(f"{topic}: and until when?", ("wiesbaden.wir-period", 0.9), ("wiesbaden.wir-amounts", 0.1))
    assert (await alex.says("how much does WIR pay")).entry == "wiesbaden.wir-amounts"
    assert (await alex.says("and until when?")).entry == "wiesbaden.wir-period"


async def test_the_topic_alone_does_not_decide(world: World, alex: Person) -> None:
    world.understander.learn("the landlord refused me", ("discrimination.housing", 0.9))
    world.understander.learn("and until when?", ("paper.period", 0.5), ("discrimination.deadline", 0.1))
    topic = world.words("menu.discrimination")
    world.understander.learn(f"{topic}: and until when?", ("discrimination.what-is-it", 0.95), ("discrimination.deadline", 0.3))
    await alex.says("the landlord refused me")
    assert (await alex.says("and until when?")).status is Status.SUGGESTED
    assert "entry:discrimination.deadline" in alex.offered


async def test_the_unknown_is_admitted_and_the_second_time_a_human_is_offered(world: World, alex: Person) -> None:
    first = await alex.says("what will the weather be like")
    assert (first.status, alex.read) == (Status.UNANSWERED, world.words("unknown.far"))
    second = await alex.says("and a recipe for soup")
    assert [reply.text for reply in second.replies] == [world.words("unknown.far"), world.words("unknown.again")]
    handover = await alex.sees_and_presses("human")
    assert handover.status is Status.HANDOVER
    assert world.words("page.human") in alex.read
    await alex.presses("entry:halle.contact")
    assert len((await alex.says("what will the weather be like")).replies) == 1


async def test_the_city_is_asked_for_and_then_the_question_is_answered(world: World, alex: Person) -> None:
    world.understander.learn(WHO, ("city.contact", 0.9))
    asked = await alex.says(WHO)
    assert (asked.status, alex.read) == (Status.SUGGESTED, world.words("city.ask"))
    assert {"city:halle", "city:dresden", "city:wiesbaden", "city:leverkusen", "city:magdeburg"} <= set(alex.offered)
    assert (await alex.sees_and_presses("city:dresden")).entry == "dresden.contact"
    world.understander.learn("and halle?", cities=("halle",))
    assert (await alex.says("and halle?")).entry == "halle.contact"


async def test_the_city_may_be_typed_when_it_was_asked_for(world: World, alex: Person) -> None:
    world.understander.learn(WHO, ("city.contact", 0.9))
    world.understander.learn("in Magdeburg", cities=("magdeburg",))
    await alex.says(WHO)
    assert (await alex.says("in Magdeburg")).entry == "magdeburg.contact"


async def test_another_question_ends_the_wait_for_a_city(world: World, alex: Person) -> None:
    world.understander.learn(WHO, ("city.contact", 0.9))
    await alex.says(WHO)
    await alex.presses("entry:bot.privacy")
    city = await alex.presses("city:dresden")
    assert (city.status, city.entry) == (Status.MENU, None)
    assert alex.remembered.municipality == "dresden"


async def test_a_remembered_city_answers_without_asking(world: World, alex: Person) -> None:
    world.understander.learn(WHO, ("city.contact", 0.9))
    await alex.commands("start", "leverkusen")
    assert (await alex.says(WHO)).entry == "leverkusen.contact"


async def test_a_city_we_do_not_cover_never_gets_another_citys_answer(world: World, alex: Person) -> None:
    text = "who is responsible for integration in berlin"
    world.understander.learn(text, ("city.contact", 0.97), others=("Berlin",))
    await alex.commands("start", "halle")
    answer = await alex.says(text)
    assert (answer.status, answer.entry) == (Status.SUGGESTED, None)
    assert alex.read == world.words("suggest.other-city", city="Berlin")
    assert alex.remembered.municipality == "halle"


async def test_another_city_chosen_by_button_is_admitted(world: World, alex: Person) -> None:
    world.understander.learn("what was decided", ("paper.history", 0.9))
    await alex.says("what was decided")
    answer = await alex.sees_and_presses("city:none")
    assert (answer.status, answer.entry) == (Status.UNANSWERED, None)


async def test_an_emergency_comes_first(world: World, alex: Person) -> None:
    answer = await alex.says("help he has a knife and hits me")
    assert answer.status is Status.EMERGENCY
    assert all(number in alex.read for number in ("110", "112", "116 016"))


async def test_what_is_likelier_than_an_emergency_follows_the_numbers(world: World, alex: Person) -> None:
    world.understander.learn("fired for being gay", ("report", 0.6), ("emergency", 0.3))
    answer = await alex.says("fired for being gay")
    assert answer.status is Status.EMERGENCY
    assert [reply.text for reply in answer.replies][:2] == [world.words("emergency"), world.words("report.consent")]
    assert alex.remembered.report is not None


async def test_of_a_question_after_the_numbers_no_word_is_remembered(world: World, alex: Person) -> None:
    world.understander.learn("which number has the ambulance", ("emergency.numbers", 0.95), ("emergency", 0.3))
    answer = await alex.says("which number has the ambulance")
    assert (answer.status, answer.entry) == (Status.EMERGENCY, "emergency.numbers")
    assert alex.remembered.question is None


@pytest.mark.parametrize(("command", "key"), [("help", "page.help"), ("menu", "page.menu"), ("nonsense", "page.help")])
async def test_commands_open_pages(world: World, alex: Person, command: str, key: str) -> None:
    answer = await alex.commands(command)
    assert (answer.status, alex.read) == (Status.MENU, world.words(key))


@pytest.mark.parametrize(
    "value", ["", "entry:gone", "city:paris", "form:when:today", "case:explode", "language:xx", "forget:maybe", "%s" * 30]
)
async def test_a_forged_button_leads_back_to_the_menu(world: World, alex: Person, value: str) -> None:
    answer = await alex.presses(value)
    assert (answer.status, alex.read) == (Status.MENU, world.words("page.expired"))
    assert "report" in alex.offered
    assert not world.tables.cases


async def test_wordless_messages_are_answered_kindly(world: World, alex: Person) -> None:
    answer: Answer = await alex.says("👍 🎉")
    assert (answer.status, alex.read) == (Status.UNSUPPORTED, world.words("unsupported.empty"))


@pytest.mark.parametrize("topic", ["contacts", "wir-funding", "discrimination", "city-papers", "about-the-bot"])
async def test_every_topic_offers_something(world: World, alex: Person, topic: str) -> None:
    answer = await alex.presses(f"topic:{topic}")
    assert answer.status is Status.MENU
    assert world.words(f"topic.{topic}") in alex.read
    assert len(alex.buttons) >= 3
