"""The pages: every language, its direction, the operator, and nothing from elsewhere."""

import re
from html import escape

import pytest

from bot.domain.languages import is_right_to_left
from tests.channels.web_chat.conftest import OpenSite, Site
from tests.fakes.world import real_words

OPERATOR = {
    "operator_name": "Stadt Musterstadt <Amt>",
    "operator_address": "Musterweg 1, 00000 Musterstadt",
    "operator_email": "amt@example.org",
    "operator_phone": "+49 000 0000",
}


@pytest.mark.parametrize("language", real_words().languages)
@pytest.mark.parametrize("path", ["/", "/privacy", "/imprint"])
async def test_every_page_in_every_language(site: Site, path: str, language: str):
    async with site.client.get(f"{path}?language={language}") as response:
        page = await response.text()
    direction = "rtl" if is_right_to_left(language) else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert 'href="tel:110"' in page
    assert 'href="tel:112"' in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert not re.search(r"\sstyle=|\son\w+=|\{\{|\{[a-z_]+\}", page)


async def test_the_browser_s_language_is_taken(site: Site):
    async with site.client.get("/", headers={"Accept-Language": "fa-IR,en;q=0.5"}) as response:
        assert 'lang="fa" dir="rtl"' in await response.text()
        assert response.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("wish", ["tlh", "", "de<script>", "../../etc"])
async def test_an_unknown_language_falls_back_to_german(site: Site, wish: str):
    async with site.client.get("/", params={"language": wish}) as response:
        assert '<html lang="de"' in await response.text()


async def test_the_operator_is_named(open_site: OpenSite):
    async with open_site(**OPERATOR) as site:
        for path in ("/privacy", "/imprint"):
            page = await (await site.client.get(path)).text()
            assert all(escape(value) in page for value in OPERATOR.values())


async def test_a_missing_operator_is_admitted(site: Site):
    page = await (await site.client.get("/imprint?language=en")).text()
    assert escape(site.world.words("imprint.missing")) in page
