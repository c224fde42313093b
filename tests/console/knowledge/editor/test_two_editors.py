"""Two editors on one entry: both texts are shown, and none is lost."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

from bot.domain.staff import Role
from tests.console.conftest import Browser, Desk
from tests.console.knowledge.editor.test_editor import CONTENT, ID, PATH, draft_of, htmx, marks, save, shown_version, stored


async def two(desk: Desk) -> tuple[Browser, Browser]:
    return await desk.meet(Role.EDITOR), await desk.meet(Role.EDITOR)


async def test_a_stale_page_gets_both_texts_and_nothing_is_overwritten(knowledge_desk: Desk) -> None:
    first, second = await two(knowledge_desk)
    seen = marks(await second.read(PATH))
    await save(first, **{"title.de": "Von der Ersten", "title.en": CONTENT["title"]["en"]})
    response = await save(second, before=seen, **{"title.de": "Vom Zweiten", "title.en": "From the second"})
    page = unescape(await response.text())
    assert response.status == 409
    assert "Von der Ersten" in page
    assert "Vom Zweiten" in page
    assert first.member
    assert f"{first.member.name} hat" in page
    assert (await draft_of(knowledge_desk)).content["title"]["de"] == "Von der Ersten"


async def test_the_page_of_both_texts_saves_what_was_chosen(knowledge_desk: Desk) -> None:
    first, second = await two(knowledge_desk)
    seen = marks(await second.read(PATH))
    await save(first, **{"title.de": "Von der Ersten"})
    response = await save(second, before=seen, **{"title.de": "Vom Zweiten", "title.en": "From the second"})
    page = await response.text()
    assert f'name="version" value="{await shown_version(second)}"' in page
    chosen = {"choice.title.de": "theirs", "choice.title.en": "mine"}
    number = await shown_version(second)
    response = await save(second, number, before=marks(page), **{"title.de": "Vom Zweiten", "title.en": "From the second"}, **chosen)
    assert response.status == 303
    title = (await draft_of(knowledge_desk)).content["title"]
    assert (title["de"], title["en"]) == ("Von der Ersten", "From the second")


async def test_what_only_the_others_changed_is_taken_over_by_default(knowledge_desk: Desk) -> None:
    first, second = await two(knowledge_desk)
    seen = marks(await second.read(PATH))
    await save(first, **{"title.de": "Von der Ersten"})
    mine = {"title.de": CONTENT["title"]["de"], "title.en": "From the second"}
    page = await (await save(second, before=seen, **mine)).text()
    assert re.search(r'name="choice.title.de" value="theirs" checked', page)
    assert re.search(r'name="choice.title.en" value="mine" checked', page)


async def test_saving_by_itself_tells_of_the_other_one_and_offers_to_compare(knowledge_desk: Desk) -> None:
    first, second = await two(knowledge_desk)
    await save(first, **{"title.de": "Von der Ersten"})
    response = await htmx(second, "draft", **{"title.de": "Vom Zweiten"}, version="0", language="en")
    text = await response.text()
    assert response.status == 409
    assert "<html" not in text
    assert "Beide Texte ansehen" in text


async def test_a_page_made_before_another_version_was_accepted_does_not_take_it_back(knowledge_desk: Desk) -> None:
    _, second = await two(knowledge_desk)
    seen = marks(await second.read(PATH))
    async with knowledge_desk.database.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", ID)
        assert item
        content: dict[str, Any] = {**item.content, "title": {**CONTENT["title"], "de": "Inzwischen angenommen"}}
        await work.knowledge_items.put(replace(item, content=content, content_hash=knowledge_desk.ports.knowledge.hash_content(content)))
        await work.commit()
    response = await save(second, before=seen, **{"title.de": CONTENT["title"]["de"], "title.en": "Mine"})
    assert response.status == 409
    assert await stored(knowledge_desk) is None


async def test_a_new_draft_with_the_old_number_is_no_old_draft(knowledge_desk: Desk) -> None:
    first, second = await two(knowledge_desk)
    await save(first, **{"title.de": "Von der Ersten"})
    seen = marks(await second.read(PATH))
    number = await shown_version(second)
    await first.post(f"{PATH}/discard", version=number)
    await save(first, **{"title.de": "Noch einmal"})
    assert (await save(second, number, before=seen, **{"title.de": "Von der Ersten", "title.en": "Mine"})).status == 409


async def test_saving_what_the_other_saved_already_is_no_quarrel(knowledge_desk: Desk) -> None:
    first, second = await two(knowledge_desk)
    await save(first, **{"title.de": "Dasselbe"})
    number = await shown_version(first)
    assert (await save(second, 0, **{"title.de": "Dasselbe"})).status == 303
    assert (await draft_of(knowledge_desk)).version == number


async def test_a_source_and_its_section_stay_together(knowledge_desk: Desk) -> None:
    first, second = await two(knowledge_desk)
    await save(first, source=["halle-1-11120"], section=["Seite 1"])
    mine = {"source": ["dresden-v1332-21"], "section": ["Seite 2"]}
    page = await (await save(second, **mine)).text()
    assert "choice.section" not in page
    assert unescape(page).count("halle-1-11120, Seite 1") == 1
    number = await shown_version(second)
    await save(second, number, before=marks(page), **mine, **{"choice.source": "theirs"}, **{"title.de": "Und ein Titel"})
    assert (await draft_of(knowledge_desk)).content["source"] == [{"id": "halle-1-11120", "section": "Seite 1"}]
