"""The inbox of real questions: grouped, masked, and dealt with in one click."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.knowledge import EntryId, MunicipalityId
from bot.domain.knowledge_drafts import DraftState
from bot.domain.languages import Language
from bot.domain.questions import Question, QuestionKind, UnansweredQuestion, to_unanswered
from bot.domain.staff import Role
from tests.console.conftest import Browser, Desk
from tests.fakes.world import MORNING

TODAY = MORNING.date()
ENTRY = "wiesbaden.wir-amounts"
QUESTION = UnansweredQuestion(
    kind=QuestionKind.UNANSWERED,
    text="wie viel geld gibt es für ein vielfaltszentrum pro jahr",
    language=Language("de"),
    municipality=None,
    entries=(),
    asked_on=TODAY,
)


async def put(desk: Desk, *questions: UnansweredQuestion) -> list[str]:
    """Store questions as they are; their references in the same order."""
    async with desk.database.unit_of_work() as work:
        for question in questions:
            await work.unanswered_questions.add(question)
        await work.commit()
    stored = await left(desk)
    return [next(each.reference for each in stored if each.text == question.text) for question in questions]


async def left(desk: Desk) -> list[UnansweredQuestion]:
    """What is in the inbox."""
    async with desk.database.unit_of_work() as work:
        return await work.unanswered_questions.all()


async def draft_of(desk: Desk, kind: str, id_: str):
    async with desk.database.unit_of_work() as work:
        return await work.drafts.find(kind, id_)


@pytest.fixture
async def vera(knowledge_desk: Desk) -> Browser:
    """An editor."""
    return await knowledge_desk.meet(Role.EDITOR)


async def test_nobody_asked_anything(knowledge_desk: Desk, vera: Browser) -> None:
    assert "Keine offenen Fragen" in await vera.read("/knowledge/questions")


async def test_groups_are_shown_with_how_often_since_when_and_what_was_tried(knowledge_desk: Desk, vera: Browser) -> None:
    often = replace(QUESTION, kind=QuestionKind.UNHELPFUL, entries=(EntryId(ENTRY),), municipality=MunicipalityId("wiesbaden"))
    older = replace(often, asked_on=TODAY - timedelta(days=3))
    await put(knowledge_desk, often, older, replace(QUESTION, text="wie wird morgen das wetter"))
    page = await vera.read("/knowledge/questions")
    assert "<strong>3 Fragen</strong> in 2 Gruppen" in page
    assert page.index("vielfaltszentrum") < page.index("wetter")
    assert "2-mal gefragt" in page
    assert "seit 17.11.2026" in page
    assert f'href="/console/knowledge/entry/{ENTRY}"' in page
    assert "Antwort half nicht" in page


async def test_filters_narrow_the_list_and_say_when_nothing_is_left(knowledge_desk: Desk, vera: Browser) -> None:
    arabic = replace(QUESTION, text="كم المال", language=Language("ar"), kind=QuestionKind.NOT_CHOSEN, municipality=MunicipalityId("halle"))
    await put(knowledge_desk, QUESTION, arabic)
    for query in ("language=ar", "city=halle", "kind=not-chosen"):
        page = await vera.read(f"/knowledge/questions?{query}")
        assert "كم المال" in page
        assert QUESTION.text not in page
    assert "gibt es keine offenen Fragen" in await vera.read("/knowledge/questions?language=ar&kind=unanswered")
    for odd in ("page=99999", "page=-1", "page=x", "kind=nothing"):
        await vera.read(f"/knowledge/questions?{odd}")


async def test_what_was_stored_unmasked_is_masked_on_the_page(knowledge_desk: Desk, vera: Browser) -> None:
    await put(knowledge_desk, replace(QUESTION, text="Ich heiße Anna Müller, 0176 12345678, wer hilft mir?"))
    page = await vera.read("/knowledge/questions")
    assert "Anna" not in page
    assert "12345678" not in page
    assert '<bdi class="mark">[Name]</bdi>' in page
    assert '<bdi class="mark">[Telefon]</bdi>' in page


def test_nothing_unmasked_is_kept_from_now_on() -> None:
    asked = Question(text="Ich heiße Anna Müller, wer hilft?", language=Language("de"))
    assert to_unanswered(asked, QuestionKind.UNANSWERED, TODAY).text == "Ich heiße ‹name›, wer hilft?"


async def test_the_nearest_entries_are_proposed_and_one_click_adds_the_words_to_the_draft(knowledge_desk: Desk, vera: Browser) -> None:
    other = replace(QUESTION, text="wie viel geld gibts für ein vielfaltszentrum im jahr")
    first, second = await put(knowledge_desk, QUESTION, other)
    page = await vera.read("/knowledge/questions")
    assert f'name="entry" value="{ENTRY}"' in page
    response = await vera.post("/knowledge/questions/learn", wording=[first, second], entry=ENTRY, back="language=de")
    assert (response.status, response.headers["Location"]) == (303, "/console/knowledge/questions?done=question-learned&language=de")
    draft = await draft_of(knowledge_desk, "entry", ENTRY)
    assert draft.content["questions"]["de"][-2:] == [QUESTION.text, other.text]
    assert (draft.state, draft.authors) == (DraftState.DRAFT, (vera.member.id,))
    assert await left(knowledge_desk) == []


async def test_words_go_into_the_draft_that_is_there_without_what_is_masked(knowledge_desk: Desk, vera: Browser) -> None:
    (first,) = await put(knowledge_desk, QUESTION)
    await vera.post("/knowledge/questions/learn", wording=first, entry="", other=f"{ENTRY} WIR")
    begun = await draft_of(knowledge_desk, "entry", ENTRY)
    (second,) = await put(knowledge_desk, replace(QUESTION, text="Ich heiße Ali Kaya, gibt es WIR Geld?", language=Language("de-simple")))
    await vera.post("/knowledge/questions/learn", wording=second, entry=ENTRY)
    draft = await draft_of(knowledge_desk, "entry", ENTRY)
    assert draft.content["questions"]["de"][-2:] == [QUESTION.text, "Ich heiße, gibt es WIR Geld?"]
    assert draft.version == begun.version + 1


async def test_a_wording_that_is_not_ticked_stays(knowledge_desk: Desk, vera: Browser) -> None:
    other = replace(QUESTION, text="wie viel geld gibts für ein vielfaltszentrum im jahr")
    first, _ = await put(knowledge_desk, QUESTION, other)
    await vera.post("/knowledge/questions/learn", wording=first, entry=ENTRY)
    assert [question.text for question in await left(knowledge_desk)] == [other.text]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"entry": "no.such-entry"}, "Diesen Eintrag gibt es nicht"),
        ({"entry": "", "other": ""}, "Diesen Eintrag gibt es nicht"),
        ({"entry": ENTRY, "wording": ""}, "keine Formulierung angekreuzt"),
    ],
)
async def test_what_cannot_be_added_is_said_and_changes_nothing(
    knowledge_desk: Desk, vera: Browser, fields: dict[str, str], said: str
) -> None:
    (first,) = await put(knowledge_desk, QUESTION)
    response = await vera.post("/knowledge/questions/learn", **{"wording": first, **fields})
    assert response.status == 422
    assert said in await response.text()
    assert len(await left(knowledge_desk)) == 1


@pytest.mark.parametrize("text", ["0176 12345678", "lang " * 80, "?"])
async def test_what_is_too_short_or_too_long_is_not_learned(knowledge_desk: Desk, vera: Browser, text: str) -> None:
    (first,) = await put(knowledge_desk, replace(QUESTION, text=text))
    assert "Zum Lernen zu kurz oder zu lang" in await vera.read("/knowledge/questions")
    for path, fields in (("learn", {"entry": ENTRY}), ("scope", {"scope": "far"})):
        response = await vera.post(f"/knowledge/questions/{path}", wording=first, **fields)
        assert response.status == 422
    assert len(await left(knowledge_desk)) == 1
    assert await draft_of(knowledge_desk, "entry", ENTRY) is None


async def test_out_of_scope_makes_a_phrasing_that_is_reviewed_like_anything_else(knowledge_desk: Desk, vera: Browser) -> None:
    first, second = await put(
        knowledge_desk, replace(QUESTION, text="wie wird das wetter"), replace(QUESTION, text="Wie wird das Wetter??")
    )
    response = await vera.post("/knowledge/questions/scope", wording=f"{first},{second}", scope="far")
    assert response.headers["Location"] == "/console/knowledge/questions?done=question-out-of-scope"
    async with knowledge_desk.database.unit_of_work() as work:
        (draft,) = await work.drafts.all()
    assert (draft.kind, draft.base_hash) == ("phrasing", "")
    assert re.fullmatch(r"out-of-scope\.far\.de\.[0-9a-f]{8}", draft.id)
    assert draft.content == {"id": draft.id, "intent": "out-of-scope.far", "language": "de", "text": draft.content["text"]}
    assert draft.content["text"] in ("wie wird das wetter", "Wie wird das Wetter??")
    assert knowledge_desk.ports.knowledge.checker.find_faults(draft.content, "phrasing", []) == ()
    assert await left(knowledge_desk) == []


async def test_dismissed_questions_are_gone_and_nothing_is_learned(knowledge_desk: Desk, vera: Browser) -> None:
    (first,) = await put(knowledge_desk, QUESTION)
    await vera.post("/knowledge/questions/dismiss", wording=first)
    assert await left(knowledge_desk) == []
    async with knowledge_desk.database.unit_of_work() as work:
        assert await work.drafts.all() == []


async def test_who_comes_second_is_told_so(knowledge_desk: Desk, vera: Browser) -> None:
    (first,) = await put(knowledge_desk, QUESTION)
    yan = await knowledge_desk.meet(Role.EDITOR)
    assert (await vera.post("/knowledge/questions/learn", wording=first, entry=ENTRY)).status == 303
    draft = await draft_of(knowledge_desk, "entry", ENTRY)
    assert (await yan.post("/knowledge/questions/learn", wording=first, entry=ENTRY)).status == 409
    assert await draft_of(knowledge_desk, "entry", ENTRY) == draft


async def test_no_words_of_a_person_stand_in_an_address(knowledge_desk: Desk, vera: Browser) -> None:
    await put(knowledge_desk, replace(QUESTION, text="Kanarienvogel sucht Rat im Amt"))
    page = await vera.read("/knowledge/questions")
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page)
    assert not [address for address in addresses if "kanarien" in address.lower()]
    assert any("/knowledge/new?question=" in address for address in addresses)
    assert re.search(r"<title>[^<]*Kanarien", page) is None


async def test_many_questions_stand_on_several_pages(knowledge_desk: Desk, vera: Browser) -> None:
    words = ["apfel", "birne", "kirsche", "dattel", "feige", "guave", "himbeere", "ingwer", "johannisbeere", "kiwi", "limette", "mango"]
    words += ["nektarine", "orange", "pflaume", "quitte", "rhabarber", "stachelbeere"]
    await put(knowledge_desk, *[replace(QUESTION, text=word) for word in words])
    first, second = await vera.read("/knowledge/questions"), await vera.read("/knowledge/questions?page=2")
    assert "Seite 1 von 2" in first
    assert [len(re.findall("question-group", page)) for page in (first, second)] == [15, 3]


async def test_a_new_entry_begins_with_the_question(knowledge_desk: Desk, vera: Browser) -> None:
    asked = replace(QUESTION, text="Ich heiße Ali Kaya, wo gibt es Schwimmkurse?", municipality=MunicipalityId("halle"))
    first, _, _ = await put(knowledge_desk, asked, asked, replace(asked, text="etwas ganz anderes"))
    page = await vera.read(f"/knowledge/new?question={first}")
    assert "Ali" not in page
    assert '<bdi class="mark">[Name]</bdi>, wo gibt es Schwimmkurse?' in page
    assert '<option value="halle" selected>' in page
    typed = {"title.de": "", "topic": "contacts", "municipality": "halle", "audience": "public", "id": "", "question": first}
    refused = await vera.post("/knowledge/new", **typed)
    assert refused.status == 422
    assert "wo gibt es Schwimmkurse?" in await refused.text()
    assert (await vera.post("/knowledge/new", **{**typed, "title.de": "Schwimmkurse"})).status == 303
    draft = await draft_of(knowledge_desk, "entry", "halle.schwimmkurse")
    assert draft.content["questions"] == {"de": ["Ich heiße, wo gibt es Schwimmkurse?"]}
    assert [question.text for question in await left(knowledge_desk)] == ["etwas ganz anderes"]
    assert '<option value="halle.schwimmkurse">' in await vera.read("/knowledge/questions")


async def test_a_question_that_is_gone_begins_no_entry(knowledge_desk: Desk, vera: Browser) -> None:
    assert (await vera.get("/knowledge/new?question=0123")).status == 404
