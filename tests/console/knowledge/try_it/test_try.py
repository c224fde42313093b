"""The box: what the bot would do and why, in words; and the questions that are always checked."""

import re

import pytest

from bot.domain.staff import Role
from bot.services.desk.knowledge.save_draft import save_draft
from tests.console.conftest import Browser, Desk

QUESTION = "wie viel geld gibt es für ein vielfaltszentrum"
ENTRY = "wiesbaden.wir-amounts"
ASKED = {"text": QUESTION, "language": "", "city": ""}


@pytest.fixture
async def vera(knowledge_desk: Desk) -> Browser:
    """An editor."""
    return await knowledge_desk.meet(Role.EDITOR)


def learn(desk: Desk, text: str, *meanings: tuple[str, float], **named: tuple[str, ...]) -> None:
    """What the NLU server reads in a text."""
    desk.world.understander.learn(text, *meanings, **named)


def intent_of(desk: Desk, entry: str) -> str:
    return desk.world.ports.published.knowledge.entries[entry].intent


async def ask(browser: Browser, **fields: str) -> str:
    """The page with the result."""
    response = await browser.post("/knowledge/try", **{**ASKED, **fields})
    assert response.status == 200
    return await response.text()


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


async def test_a_sure_reading_is_answered_and_every_reason_is_shown(knowledge_desk: Desk, vera: Browser) -> None:
    desk = knowledge_desk
    learn(desk, QUESTION, (intent_of(desk, ENTRY), 0.83), ("report", 0.06), ("out-of-scope.far", 0.03), cities=("wiesbaden",))
    page = await ask(vera)
    entry = desk.world.ports.published.knowledge.entries[ENTRY]
    words = plain(page)
    assert f"Der Bot antwortet mit: {entry.title['de']}" in words
    assert "Deutsch erkannt, zu" in words
    assert "Städte Wiesbaden" in words
    assert "antwortet ab 70 % schlägt vor ab 40 %" in words
    assert "83 %" in words
    assert "Wunsch: Diskriminierung melden" in words
    assert "gehört gar nicht dazu" in words
    assert f'href="/console/knowledge/entry/{ENTRY}"' in page
    assert plain(entry.answers["de"].replace("**", ""))[:40] in words
    assert "So steht es im Entwurf" not in words


async def test_the_draft_is_shown_beside_what_is_published(knowledge_desk: Desk, vera: Browser) -> None:
    desk = knowledge_desk
    async with desk.database.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", ENTRY)
    changed = {**item.content, "answers": {**item.content["answers"], "de": "Das ist die neue Antwort.\n"}}
    await save_draft("entry", ENTRY, changed, 0, vera.member, desk.ports)
    learn(desk, QUESTION, (intent_of(desk, ENTRY), 0.9), cities=("wiesbaden",))
    words = plain(await ask(vera))
    assert words.index("Das lesen Menschen jetzt") < words.index("So steht es im Entwurf") < words.index("Das ist die neue Antwort.")


async def test_trying_stores_nothing_and_counts_nothing(knowledge_desk: Desk, vera: Browser) -> None:
    desk = knowledge_desk
    before = dict(desk.world.ports.usage)
    await ask(vera, text="was weiß niemand")
    async with desk.database.unit_of_work() as work:
        assert await work.unanswered_questions.all() == []
        assert await work.check_questions.all() == []
        assert await work.inbox.waiting() == 0
    assert dict(desk.world.ports.usage) == before


@pytest.mark.parametrize(
    ("meanings", "named", "said"),
    [
        ((("paper.decision", 0.9),), {}, "fragt zuerst nach der Stadt"),
        ((("paper.decision", 0.5),), {}, "ist unsicher und schlägt Einträge vor"),
        ((("paper.decision", 0.1),), {}, "sagt, dass er das nicht weiß"),
        ((("paper.decision", 0.9),), {"others": ("Berlin",)}, "Zu Berlin weiß der Bot nichts"),
        ((("out-of-scope.near", 0.9),), {}, "verweist an Menschen"),
        ((("emergency", 0.9),), {}, "zeigt sofort die Notrufnummern"),
        ((("report", 0.9),), {}, "beginnt eine Meldung"),
        ((("human", 0.9),), {}, "Gespräch mit einem Menschen"),
        ((("help", 0.9),), {}, "zeigt eine seiner Seiten"),
        ((("case-status", 0.9),), {}, "fragt nach dem Empfangscode"),
        ((("greeting", 0.9),), {}, "grüßt freundlich zurück"),
        ((("contacts", 0.9),), {}, "zeigt die Kontakte"),
    ],
)
async def test_every_decision_is_told_in_words(
    knowledge_desk: Desk, vera: Browser, meanings: tuple[tuple[str, float], ...], named: dict[str, tuple[str, ...]], said: str
) -> None:
    learn(knowledge_desk, QUESTION, *meanings, **named)
    assert said in plain(await ask(vera))


async def test_arabic_is_read_from_the_right(knowledge_desk: Desk, vera: Browser) -> None:
    text = "كم يبلغ التمويل لمركز التنوع"
    learn(knowledge_desk, text, (intent_of(knowledge_desk, ENTRY), 0.9), cities=("wiesbaden",))
    page = await ask(vera, text=text)
    assert '<div class="said" lang="ar" dir="rtl">' in page
    assert "Arabisch" in plain(page)


async def test_when_the_nlu_server_is_down_that_is_said(knowledge_desk: Desk, vera: Browser) -> None:
    knowledge_desk.world.understander.is_down = True
    words = plain(await ask(vera, text="wie viel geld gibts bei wir"))
    assert "antwortet gerade nicht" in words
    assert "schlägt ähnliche Einträge vor" in words
    assert "Ähnlichkeit" in words


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": " \n "}])
async def test_an_empty_question_is_refused(knowledge_desk: Desk, vera: Browser, fields: dict[str, str]) -> None:
    response = await vera.post("/knowledge/try", **{**ASKED, **fields})
    assert response.status == 422


async def test_odd_choices_count_as_none(knowledge_desk: Desk, vera: Browser) -> None:
    await ask(vera, language="xx", city="paris")
    await ask(vera, text="<script>alert(1)</script>" * 100)


async def test_a_question_is_checked_for_ever_until_it_is_deleted(knowledge_desk: Desk, vera: Browser) -> None:
    desk = knowledge_desk
    learn(desk, QUESTION, (intent_of(desk, ENTRY), 0.9), cities=("wiesbaden",))
    page = await ask(vera)
    form = page[page.index('action="/console/knowledge/try/check"') :]
    fields = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form[: form.index("</form>")]))
    assert fields.pop("csrf")
    assert fields == {**ASKED, "answered_in": "de", "entry": ENTRY}
    assert (await vera.post("/knowledge/try/check", **fields)).headers["Location"] == "/console/knowledge/try?done=check-kept"
    assert (await vera.post("/knowledge/try/check", **{**fields, "text": QUESTION.upper()})).status == 303
    async with desk.database.unit_of_work() as work:
        (check,) = await work.check_questions.all()
    assert (check.text, check.language, check.municipality, check.entry) == (QUESTION.upper(), "de", None, ENTRY)
    assert (check.added_by, check.added_on) == (vera.member.id, desk.world.clock().date())
    listed = await vera.read("/knowledge/try")
    assert QUESTION.upper() in listed
    assert vera.member.name in listed
    assert (await vera.post(f"/knowledge/try/check/{check.reference}/delete")).status == 303
    assert (await vera.post(f"/knowledge/try/check/{check.reference}/delete")).status == 404
    async with desk.database.unit_of_work() as work:
        assert await work.check_questions.all() == []


async def test_a_question_that_tells_who_somebody_is_is_not_kept(knowledge_desk: Desk, vera: Browser) -> None:
    personal = "Ich heiße Anna Müller, wie viel Geld gibt es?"
    response = await vera.post("/knowledge/try/check", text=personal, language="", city="", answered_in="de", entry=ENTRY)
    assert response.status == 422
    assert "Angaben zu einer Person" in await response.text()
    for odd in ({"entry": "no.such"}, {"answered_in": "xx"}, {"text": ""}):
        fields = {**ASKED, "answered_in": "de", "entry": ENTRY, **odd}
        assert (await vera.post("/knowledge/try/check", **fields)).status in (404, 422)
    async with knowledge_desk.database.unit_of_work() as work:
        assert await work.check_questions.all() == []


async def test_the_city_that_was_chosen_is_kept_with_the_question(knowledge_desk: Desk, vera: Browser) -> None:
    fields = {**ASKED, "city": "wiesbaden", "answered_in": "de", "entry": ENTRY}
    await vera.post("/knowledge/try/check", **fields)
    await vera.post("/knowledge/try/check", **{**fields, "city": ""})
    async with knowledge_desk.database.unit_of_work() as work:
        assert {check.municipality for check in await work.check_questions.all()} == {"wiesbaden", None}
