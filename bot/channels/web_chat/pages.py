"""The pages: the chat, the privacy notice and the imprint, in every language, with a strict content security policy."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.channels.web_chat.api import preferred_language
from bot.channels.web_chat.plain_text import to_plain_text
from bot.channels.web_chat.problems import Handler
from bot.domain.languages import GERMAN, Language, is_right_to_left, match_language
from bot.services.ports import Wording
from bot.services.show_page import MENU

HERE = Path(__file__).parent
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
SCRIPT_WORDS = ("offline", "retry", "wait", "you", "bot", "choices-label", "delete-chat-ask")
EMERGENCY_NUMBER = re.compile(r"\b(11[02])\b")


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Who runs this service; shown in imprint and privacy notice. Empty fields are left out."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Pages:
    """The public pages."""

    wording: Wording
    operator: Operator

    def add_to(self, app: web.Application) -> None:
        """Register the routes, templates and static files."""
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined)
        app.router.add_get("/", self.show_chat)
        app.router.add_get("/privacy", self.show_privacy)
        app.router.add_get("/imprint", self.show_imprint)
        app.router.add_static("/static/", HERE / "static")

    async def show_chat(self, request: web.Request) -> web.Response:
        """The chat."""
        language = self._language(request)
        menu = [(value, self.wording.say(key, language)) for value, key in MENU if value != "languages"]
        welcome = to_plain_text(self.wording.say("page.welcome", language))
        words = {key: self.wording.say(f"web.{key}", language) for key in SCRIPT_WORDS}
        return self._render("chat.html", request, language, {"menu": menu, "welcome": welcome, "words": words})

    async def show_privacy(self, request: web.Request) -> web.Response:
        """The privacy notice."""
        return self._render("privacy.html", request, self._language(request), {})

    async def show_imprint(self, request: web.Request) -> web.Response:
        """The imprint."""
        return self._render("imprint.html", request, self._language(request), {})

    def _language(self, request: web.Request) -> Language:
        spoken = frozenset(self.wording.languages)
        return match_language(request.query.get("language"), spoken) or preferred_language(request, spoken) or GERMAN

    def _render(self, template: str, request: web.Request, language: Language, values: dict[str, Any]) -> web.Response:
        common = {
            "language": language,
            "direction": "rtl" if is_right_to_left(language) else "ltr",
            "languages": [(code, self.wording.say("language.name", code)) for code in self.wording.languages],
            "say": lambda key, **parts: to_plain_text(self.wording.say(key, language, **parts)),
            "emergency": split_phones(self.wording.say("web.emergency", language)),
            "operator": self.operator,
        }
        response = aiohttp_jinja2.render_template(template, request, {**common, **values})
        response.headers.update(PAGE_HEADERS)
        return response


def split_phones(text: str) -> list[tuple[str, str]]:
    """The text in parts, each emergency number apart, so that a page can make it a link.

    >>> split_phones("Police: 110!")
    [('Police: ', ''), ('', '110'), ('!', '')]
    """
    parts = EMERGENCY_NUMBER.split(text)
    return [("", part) if number % 2 else (part, "") for number, part in enumerate(parts)]


@web.middleware
async def protect(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Security headers on every response, where it has none of its own; files are asked for again after an update."""
    response = await handler(request)
    for name, value in {**SECURITY_HEADERS, "Cache-Control": "no-cache"}.items():
        response.headers.setdefault(name, value)
    return response
