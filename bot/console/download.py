"""Files that are sent piece by piece and kept nowhere."""

from aiohttp import web

from bot.console.visit import Visit

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""A response that has begun gets no others on its way out."""


async def begin_download(visit: Visit, name: str, media_type: str) -> web.StreamResponse:
    """A response to write to; the browser saves it under this name, which is ours."""
    headers = {**HEADERS, "Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    response = web.StreamResponse(headers=headers)
    await response.prepare(visit.request)
    return response
