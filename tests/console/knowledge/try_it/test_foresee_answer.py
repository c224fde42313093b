"""What the bot would say is foreseen by the bot's own rules, for any ports, without touching anything."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from bot.domain.decisions import AdmitNotKnowing, AskMunicipality, GiveAnswer, SetMunicipality, ShowEmergency, StartReport, Suggest
from bot.domain.knowledge import EntryId, MunicipalityId
from bot.domain.languages import Language
from bot.services.desk.knowledge.foresee_answer import foresee_answer
from bot.services.ports import Ports, UnitOfWork
from tests.fakes.world import FakePublished, FakeUnderstander, World, real_knowledge

INTENT = "paper.decision"
QUESTION = "wer hat das beschlossen und wann"


def no_database() -> AbstractAsyncContextManager[UnitOfWork]:
    """A database that nobody may touch."""
    raise AssertionError


@pytest.fixture
def world() -> World:
    return World().with_ports(unit_of_work=no_database)


@pytest.mark.parametrize(
    ("confidence", "city", "decision"),
    [
        (0.9, None, AskMunicipality),
        (0.9, "dresden", GiveAnswer),
        (0.5, "dresden", Suggest),
        (0.2, "dresden", AdmitNotKnowing),
    ],
)
async def test_confidence_and_city_decide(world: World, confidence: float, city: str | None, decision: type) -> None:
    world.understander.learn(QUESTION, (INTENT, confidence))
    foreseen = await foresee_answer(QUESTION, Language("de"), MunicipalityId(city) if city else None, world.ports)
    assert isinstance(foreseen.decision, decision)
    assert (foreseen.language, foreseen.offline, foreseen.thresholds.answer) == ("de", False, 0.7)
    assert foreseen.reading.ranking[0].confidence == confidence


async def test_a_city_in_the_text_goes_before_the_chosen_one(world: World) -> None:
    world.understander.learn(QUESTION, (INTENT, 0.9), cities=("dresden",))
    foreseen = await foresee_answer(QUESTION, Language("de"), MunicipalityId("halle"), world.ports)
    assert isinstance(foreseen.decision, GiveAnswer)
    assert real_knowledge().entries[foreseen.decision.entry].municipality == "dresden"


async def test_the_language_is_recognised_as_in_a_new_chat(world: World) -> None:
    for text, spoken in (("كم يبلغ التمويل في السنة", "ar"), ("qui peut recevoir de l'argent", "fr"), ("12345", "de")):
        assert (await foresee_answer(text, None, None, world.ports)).language == spoken
    assert (await foresee_answer("qui peut recevoir de l'argent", Language("de-simple"), None, world.ports)).language == "de-simple"


async def test_emergencies_wishes_and_a_city_alone_are_foreseen_too(world: World) -> None:
    assert isinstance((await foresee_answer("er schlägt mich", None, None, world.ports)).decision, ShowEmergency)
    world.understander.learn("ich will etwas melden", ("report", 0.9))
    assert isinstance((await foresee_answer("ich will etwas melden", None, None, world.ports)).decision, StartReport)
    world.understander.learn("Halle", cities=("halle",))
    assert (await foresee_answer("Halle", None, None, world.ports)).decision == SetMunicipality(municipality=MunicipalityId("halle"))


async def test_without_the_nlu_server_the_understudy_reads(world: World) -> None:
    world.understander.is_down = True
    foreseen = await foresee_answer("wie viel geld gibts bei wir", Language("de"), None, world.ports)
    assert foreseen.offline
    assert isinstance(foreseen.decision, Suggest)
    assert foreseen.decision.reason == "offline"


async def test_a_candidate_is_asked_through_ports_of_its_own(world: World) -> None:
    candidate = FakeUnderstander()
    candidate.learn(QUESTION, ("candidate.intent", 0.95))
    entry = replace(next(iter(real_knowledge().entries.values())), id="candidate.entry", intent="candidate.intent", municipality=None)
    knowledge = replace(real_knowledge(), entries={entry.id: entry})
    ports: Ports = replace(world.ports, understander=candidate, published=FakePublished(knowledge, world.ports.published.thresholds))
    foreseen = await foresee_answer(QUESTION, Language("de"), None, ports)
    assert foreseen.decision == GiveAnswer(entry=EntryId("candidate.entry"), confidence=0.95)
    assert isinstance((await foresee_answer(QUESTION, Language("de"), None, world.ports)).decision, AdmitNotKnowing)
