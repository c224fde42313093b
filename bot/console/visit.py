"""One request at the desk: who makes it, in which language, and how it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from multidict import MultiMapping

from bot.console.pages import Pages
from bot.domain.languages import Language
from bot.domain.messages import clean
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.people.stored_people import StaffSession
from bot.services.desk.ports import DeskPorts


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a handler works with. `member` is None only where anyone may come; `form` is empty unless something was posted."""

    request: web.Request
    ports: DeskPorts
    pages: Pages
    language: Language
    token: str
    """The cookie's value: of a session, or of a browser that is not signed in."""
    csrf: str
    form: MultiMapping[Any]
    visitor: StaffMember | None = None
    session: StaffSession | None = None

    @property
    def member(self) -> StaffMember:
        """Who is signed in."""
        if self.visitor is None:
            raise web.HTTPForbidden
        return self.visitor

    @cached_property
    def now(self) -> datetime:
        """The moment of this request."""
        return self.ports.bot.now()

    def may(self, permission: str) -> bool:
        """Whether the person may do something; for templates by its name."""
        return self.visitor is not None and self.visitor.may(Permission(permission))

    def part(self, name: str) -> str:
        """A part of the address, for example the number in /cases/{number}."""
        return self.request.match_info[name]

    def said(self, key: str, /, **values: object) -> str:
        """Words of the desk, as plain text."""
        return self.ports.wording.say_plain(key, self.language, **values)

    def told(self, done: str) -> str:
        """The sentence that a page begins with after something was done; empty for what nobody says."""
        key = f"done.{done}"
        words = self.said(key)
        return "" if words == key else words

    def field(self, name: str, *, characters: int = 500) -> str:
        """A posted text field, trimmed, without control characters, and never longer than that. Joiners stay: Persian needs them."""
        value = self.form.get(name, "")
        return clean(value)[:characters] if isinstance(value, str) else ""

    def ticked(self, name: str) -> tuple[str, ...]:
        """All posted values of a name."""
        return tuple(value for value in self.form.getall(name, []) if isinstance(value, str))

    def show(self, template: str, values: Mapping[str, object] | None = None, *, status: int = 200) -> web.Response:
        """A page, or a piece of one for htmx."""
        return self.pages.render(template, self, values or {}, status=status)

    def go(self, path: str, *, done: str = "", **query: str) -> web.Response:
        """Go on to another page of the desk; `done` names the sentence that it begins with: done.<name>."""
        asked = urlencode({**({"done": done} if done else {}), **query})
        target = f"/console{path}" + (f"?{asked}" if asked else "")
        if self.request.headers.get("HX-Request"):
            return web.Response(status=204, headers={"HX-Redirect": target})
        return web.Response(status=303, headers={"Location": target})
