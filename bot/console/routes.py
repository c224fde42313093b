"""Every address of the desk names who may use it; there is no other way to register one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

from bot.console.visit import Visit
from bot.domain.staff import Permission

Handler = Callable[[Visit], Awaitable[web.StreamResponse]]
FORM_BYTES = 256 * 1024
"""Largest form; an address that takes files says how much more it takes."""


class Access(StrEnum):
    """Who may use an address that no role is needed for."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address under /console. A permission opens the page; whether the case on it may be seen is asked again there."""

    method: str
    path: str
    handler: Handler
    access: Access | Permission
    form_bytes: int = FORM_BYTES


def get(path: str, handler: Handler, access: Access | Permission) -> Route:
    """A page."""
    return Route(method="GET", path=path, handler=handler, access=access)


def post(path: str, handler: Handler, access: Access | Permission, *, form_bytes: int = FORM_BYTES) -> Route:
    """Something that changes."""
    return Route(method="POST", path=path, handler=handler, access=access, form_bytes=form_bytes)
