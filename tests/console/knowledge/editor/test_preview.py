"""The preview is what people get: the bot's own service, Telegram's own entities, the web chat's own text."""

import re
from html import unescape

import pytest

from bot.channels.telegram.message_parts import to_parts
from bot.channels.telegram.preview import preview_reply as preview_in_telegram
from bot.channels.web_chat.plain_text import to_plain_text
from bot.channels.web_chat.preview import preview_reply as preview_in_web_chat
from bot.domain.languages import Language
from bot.domain.messages import Reply
from bot.domain.staff import Role
from bot.services.desk.knowledge.preview_entry import preview_entry
from tests.console.conftest import Browser, Desk
from tests.console.knowledge.editor.test_bad_input import preview
from tests.console.knowledge.editor.test_editor import CONTENT, PATH
from tests.fakes.world import TWELVE, real_items

TEXT = "**WIR** مرحبا\n\n- eins [hier](https://example.org/a_b)\n- zwei 😀 **fett**\n\nRuf 0800 546 546 5 an, nicht 60.000 Euro oder § 112"


@pytest.fixture
async def editor(knowledge_desk: Desk) -> Browser:
    return await knowledge_desk.meet(Role.EDITOR)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_telegram_shows_the_texts_and_entities_that_are_sent(language: str) -> None:
    reply = Reply(text=TEXT, source="Papier, S. 1")
    lines = preview_in_telegram(reply, Language(language))
    sent = "".join(text for text, _ in to_parts(reply, Language(language)))
    assert ["".join(run.text for run in line.runs) for line in lines] == [line for line in sent.split("\n") if line]
    runs = [run for line in lines for run in line.runs]
    assert [run.text for run in runs if run.is_bold] == ["WIR", "fett"]
    assert [(run.text, run.address) for run in runs if run.address] == [("hier", "https://example.org/a_b")]
    assert [run.text for run in runs if run.is_italic] == ["Papier, S. 1"]


def test_the_web_chat_shows_its_plain_text_with_links_and_directions() -> None:
    lines = preview_in_web_chat(Reply(text=TEXT, source="Papier"), Language("ar"))
    shown = ["".join(run.text for run in line.runs) for line in lines]
    assert shown == [*(line for line in to_plain_text(TEXT).split("\n") if line), "Papier"]
    assert [line.direction for line in lines] == ["rtl", "ltr", "ltr", "ltr", "ltr"]
    assert [line.is_item for line in lines] == [False, True, True, False, False]
    links = [run.address for line in lines for run in line.runs if run.address]
    assert links == ["https://example.org/a_b", "tel:08005465465"]


@pytest.mark.parametrize("item", [item for item in real_items() if item.kind == "entry"][::16], ids=lambda item: item.id)
async def test_every_language_of_real_entries_can_be_shown(knowledge_desk: Desk, item: object) -> None:
    shown = await preview_entry(item.content, TWELVE, knowledge_desk.ports)  # type: ignore[attr-defined]
    assert all(each.telegram and each.web_chat and each.choices for each in shown)


async def test_cards_source_and_buttons_belong_to_it(editor: Browser) -> None:
    page = await preview(editor)
    assert page.count("Stadt Wiesbaden, Amt für Zuwanderung und Integration") >= 4
    assert "Quelle: Wiesbaden, Sitzungsvorlage 20-V-33-0003" in page
    assert "Hat geholfen" in page


async def test_what_is_typed_is_shown_at_once(editor: Browser) -> None:
    page = await preview(editor, **{"answer.de": "Ganz **neu** hier"})
    assert "Ganz <strong>neu</strong> hier" in page
    assert "Ganz neu hier" in page


async def test_a_missing_translation_shows_what_people_would_get(knowledge_desk: Desk, editor: Browser) -> None:
    page = await preview(editor, **{"answer.ar": ""})
    sentence = knowledge_desk.world.ports.wording.say_plain("answer.other-language", Language("ar"))
    assert sentence in page
    assert str(CONTENT["answers"]["en"]).split("\n", maxsplit=1)[0] in page


async def test_chosen_contacts_and_sources_come_along(editor: Browser) -> None:
    page = await preview(
        editor, contacts=["halle.democracy-and-integration"], source=["halle-1-11120"], section=["Kopf"], as_of="2021-02-03"
    )
    assert "Dienstleistungszentrum 802 Demokratie und Integration" in page
    assert "3. Februar 2021" in page


async def test_facts_are_ticked_off_per_language(editor: Browser) -> None:
    page = re.sub(r"\s+", " ", await preview(editor, facts="60000\nMondbasis"))
    assert re.search(r'60000</bdi> <span class="tag good">Deutsch: da</span>\s*<span class="tag good">Arabisch: da</span>', page)
    assert re.search(r'Mondbasis</bdi> <span class="tag bad">Deutsch: fehlt</span>\s*<span class="tag bad">Arabisch: fehlt</span>', page)
    assert "fehlt auch auf" in page


async def test_a_phrasing_of_another_entry_is_a_fault_and_one_too_near_a_hint(editor: Browser) -> None:
    other = next(item for item in real_items() if item.kind == "entry" and item.id == "halle.ombuds-tasks")
    taken = str(other.content["questions"]["de"][0])
    page = await preview(editor, **{"phrasings.de": "\n".join([*CONTENT["questions"]["de"], taken])})
    assert f"„{taken}“ (Deutsch) steht auch bei „halle.ombuds-tasks“" in page
    near = "welche aufgaben hat die ombudsstellen"
    page = await preview(editor, **{"phrasings.de": "\n".join([*CONTENT["questions"]["de"], near])})
    assert f"„{near}“ (Deutsch) klingt fast wie" in page
    page = await preview(editor, **{"phrasings.de": "\n".join([*CONTENT["questions"]["de"], "Zebras fressen Bananen im Mondlicht"])})
    assert "klingt fast wie" not in page


async def test_the_page_itself_carries_the_preview(editor: Browser) -> None:
    page = unescape(await editor.read(f"{PATH}?translation=ar"))
    assert page.count('class="phone ') == 4
