"""What must not get in is refused with its place named, and what was typed comes back."""

import re
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.entry_edits import GENERAL, to_fields, with_fields
from bot.domain.fact_lines import read_fact, write_fact
from bot.domain.staff import Role
from tests.console.conftest import Browser, Desk
from tests.console.knowledge.editor.test_editor import CONTENT, PATH, draft_of, htmx, save, stored

GERMAN = str(CONTENT["answers"]["de"])


@pytest.fixture
async def editor(knowledge_desk: Desk) -> Browser:
    return await knowledge_desk.meet(Role.EDITOR)


async def send(browser: Browser, what: str, **fields: str) -> Any:
    """A form of any size."""
    headers = {
        "Cookie": f"__Host-wegweiser-desk={browser.token}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
        **({"HX-Request": fields.pop("HX-Request")} if "HX-Request" in fields else {}),
    }
    body = BytesIO(urlencode({"csrf": browser.csrf, "version": "0", **fields}).encode())
    return await browser.client.post(f"/console{PATH}/{what}", data=body, headers=headers, allow_redirects=False)


async def preview(browser: Browser, **fields: Any) -> str:
    response = await htmx(browser, "preview", **{"version": "0", "language": "ar", **fields})
    assert response.status == 200
    return unescape(await response.text())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"answer.de": GERMAN + "\n\n<script>alert(1)</script>"}, "Antwort auf Deutsch, Zeile 1"),
        ({"answer.ar": "مرحبا\n\n# عنوان"}, "Antwort auf Arabisch, Zeile 3: „#“ geht hier nicht"),
        ({"answer.de": GERMAN + "**offen"}, "„**“ gehört zu nichts"),
        ({"answer.de": GERMAN + "[Link](javascript:alert(1))"}, "gehört zu nichts"),
        ({"answer.de": GERMAN + "[Link](nirgends)"}, "Der Link führt zu „nirgends“"),
        ({"answer.ar": "بلا حقائق"}, "In der Antwort auf Arabisch fehlt der Fakt „60000“"),
        ({"answer.de": GERMAN + "x" * 1500}, "erlaubt sind 1.500"),
        ({"title.de": "x" * 41}, "1 Zeichen zu viel"),
        ({"contacts": ["halle.gone"]}, "„halle.gone“ gibt es nicht"),
        ({"related": ["<b>"]}, "„<b>“ gibt es nicht"),
        ({"source": ["gone"], "section": [""]}, "Die Quelle „gone“ gibt es nicht"),
        ({"source": [""], "section": [""]}, "Es fehlt eine Quelle"),
        ({"topic": "weather"}, "nicht lesbar"),
        ({"municipality": "paris"}, "„paris“ gibt es hier nicht"),
        ({"state": "public"}, "„public“ ist hier nicht möglich"),
        ({"as_of": "31. Mai"}, "nicht lesbar"),
        ({"phrasings.ar": ""}, "Auf Arabisch stehen 0 Formulierungen, nötig sind mindestens 3"),
        ({"phrasings.de": "Wer ist für Integration in Halle zuständig?\n" + "y" * 301}, "ist länger als 300 Zeichen"),
        ({"title.de": "a\u202eb"}, "Titel (Deutsch): Unsichtbare Zeichen, die niemand tippt, wurden entfernt (U+202E)"),
        ({"answer.ar": "\0"}, "Antwort (Arabisch): Unsichtbare Zeichen"),
    ],
)
async def test_each_fault_is_said_while_typing_with_its_place(editor: Browser, fields: dict[str, Any], said: str) -> None:
    page = await preview(editor, **fields)
    assert said in page.replace("\xa0", " "), re.sub(r"<[^>]+>|\s+", " ", page)
    assert "<script>alert" not in await (await htmx(editor, "preview", version="0", language="ar", **fields)).text()


async def test_a_faultless_entry_has_no_fault(editor: Browser) -> None:
    assert "Alles in Ordnung" in await preview(editor)


async def test_previewing_stores_nothing(knowledge_desk: Desk, editor: Browser) -> None:
    await preview(editor, **{"title.de": "Anders"})
    assert await stored(knowledge_desk) is None


@pytest.mark.parametrize("field", ["answer.de", "answer.ar", "phrasings.ar", "title.de", "facts", "intent"])
async def test_a_megabyte_is_refused_with_a_sentence_and_given_back(knowledge_desk: Desk, editor: Browser, field: str) -> None:
    text = "ab " * 350_000
    response = await send(editor, "draft", **{"language": "ar", field: text})
    page = await response.text()
    assert response.status == 422
    assert re.search(r"1\.05\d\.\d+ Zeichen sind zu viel|1\.049\.999 Zeichen sind zu viel", page)
    assert text.strip() in page
    assert await stored(knowledge_desk) is None
    for what in ("draft", "preview"):
        response = await send(editor, what, **{"language": "ar", field: text, "HX-Request": "true"})
        assert response.status == 422
        assert len(await response.text()) < 2000


async def test_even_more_is_refused_as_a_whole(editor: Browser) -> None:
    assert (await send(editor, "draft", **{"answer.de": "x" * 7_000_000})).status == 413


async def test_odd_characters_are_removed_and_named(knowledge_desk: Desk, editor: Browser) -> None:
    response = await save(editor, language="fa", **{"title.fa": "می\u200cخواهم\0\u202e", "title.de": "Titel"})
    assert response.status == 200
    assert "Titel (Persisch): Unsichtbare Zeichen" in await response.text()
    title = (await draft_of(knowledge_desk)).content["title"]
    assert (title["fa"], title["de"]) == ("می\u200cخواهم", "Titel")


@pytest.mark.parametrize("raw", [b"title.de=%ED%A0%80x&version=0", b"title.de=%FF%FEx&version=0", b"title.de=%00x&version=0"])
async def test_broken_bytes_never_break_the_page(knowledge_desk: Desk, editor: Browser, raw: bytes) -> None:
    headers = {
        "Cookie": f"__Host-wegweiser-desk={editor.token}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for what in ("draft", "preview"):
        body = raw + b"&csrf=" + editor.csrf.encode()
        response = await editor.client.post(f"/console{PATH}/{what}", data=body, headers=headers, allow_redirects=False)
        assert response.status < 500
        assert response.status in (200, 303, 400)
    found = await stored(knowledge_desk)
    assert found is None or found.content["title"]["de"].strip("�") == "x"


async def test_unknown_references_are_saved_shown_and_named(knowledge_desk: Desk, editor: Browser) -> None:
    await save(editor, contacts=["halle.gone"], topic="weather")
    page = await editor.read(PATH)
    assert '<option value="halle.gone" selected>halle.gone</option>' in page
    assert '<option value="weather" selected>weather</option>' in page
    assert (await draft_of(knowledge_desk)).content["contacts"] == ["halle.gone"]


async def test_markup_in_a_text_is_shown_as_text(editor: Browser) -> None:
    await save(editor, **{"answer.de": "</textarea><script>alert(1)</script>", "title.de": "<img src=x>"})
    page = await editor.read(PATH)
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


FIELDS = st.dictionaries(
    st.sampled_from(
        [*(f"{word}.{code}" for word in ("title", "answer", "phrasings") for code in ("de", "ar")), *GENERAL, "version", "before"]
    ),
    st.text(max_size=60) | st.sampled_from(["\0", "\u202e", "<b>", "**", "[a](b", "99999-99-99", "none", "- - -", "|", "\r\n", "\n\n# x"]),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=FIELDS)
async def test_whatever_is_typed_the_page_answers(editor: Browser, fields: dict[str, str]) -> None:
    sent = {"version": "0", **{name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}}
    assert (await htmx(editor, "preview", language="ar", **sent)).status == 200
    assert (await htmx(editor, "draft", language="ar", **sent)).status in (200, 409)
    assert (await editor.get(f"{PATH}?translation=ar")).status == 200


@given(st.one_of(st.integers(0, 10**12), st.text(max_size=30).map(str.strip), st.dates().map(str), st.integers().map(str)))
def test_a_fact_is_read_as_it_was_written(fact: int | str) -> None:
    whole = " ".join(str(fact).split())
    again = read_fact(write_fact(fact))
    assert (again, type(again)) == (fact if isinstance(fact, int) else whole, type(fact))


@given(st.lists(st.one_of(st.integers(0, 10**9), st.text(min_size=1, max_size=20).map(str.strip).filter(bool)), max_size=5))
def test_a_form_that_nobody_touched_changes_nothing(facts: list[Any]) -> None:
    content = {**CONTENT, "facts": facts}
    assert with_fields(content, to_fields(content, ("de", "ar"))) == content
