"""Send files as a browser does, and press the button of a preview."""

import warnings
from html.parser import HTMLParser
from io import BytesIO

from aiohttp import ClientResponse, FormData

from bot.console.entrance import COOKIE
from tests.console.conftest import Browser


async def send(browser: Browser, path: str, content: bytes, name: str = "file.xlsx") -> ClientResponse:
    """Choose a file and press the button."""
    form = FormData({"csrf": browser.csrf}, quote_fields=False)
    form.add_field("file", BytesIO(content), filename=name, content_type="application/octet-stream")
    return await post_form(browser, path, form)


async def post_form(browser: Browser, path: str, form: FormData) -> ClientResponse:
    headers = {"Cookie": f"{COOKIE}={browser.token}", "Sec-Fetch-Site": "same-origin"}
    return await browser.client.post(f"/console{path}", data=form, allow_redirects=False, headers=headers)


async def confirm(browser: Browser, page: str, **changes: str) -> ClientResponse:
    """Press the button of a preview as it stands there."""
    found = Preview()
    found.feed(page)
    form = FormData({**found.fields, "submits": "yes", **changes}, default_to_multipart=True)
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):  # a large field, as browsers send it
        return await post_form(browser, found.action.removeprefix("/console"), form)


class Preview(HTMLParser):
    """The form of a preview with its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self._is_inside = (values.get("action") or "").endswith("/save")
            self.action = values.get("action") or "" if self._is_inside else self.action
        if tag == "input" and self._is_inside and values.get("type") == "hidden":
            self.fields[values.get("name") or ""] = values.get("value") or ""
