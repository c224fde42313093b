"""Reads what a browser posts; files stay in memory, so that nothing of them is ever on a disk in clear."""

from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web
from multidict import MultiDict, MultiMapping

PARTS = 500
"""More fields than any form here has."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that came with a form."""

    filename: str
    content: bytes


async def read_form(request: web.Request, most_bytes: int) -> MultiMapping[Any]:
    """The fields. Raises HTTPUnsupportedMediaType, HTTPRequestEntityTooLarge, HTTPBadRequest."""
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise web.HTTPUnsupportedMediaType
    try:
        if request.content_type == "multipart/form-data":
            return await read_parts(request, most_bytes)
        return await request.clone(client_max_size=most_bytes).post()
    except (ValueError, RuntimeError, AssertionError) as error:
        raise web.HTTPBadRequest from error


async def read_parts(request: web.Request, most_bytes: int) -> MultiMapping[Any]:
    """The parts of a form with files."""
    form: MultiDict[str | Upload] = MultiDict()
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or len(form) >= PARTS:
            raise web.HTTPBadRequest
        content = bytearray()
        while chunk := await part.read_chunk(2**16):
            size += len(chunk)
            if size > most_bytes:
                raise web.HTTPRequestEntityTooLarge(most_bytes, size)
            content += chunk
        name = part.name or ""
        form.add(name, content.decode() if part.filename is None else Upload(filename=part.filename, content=bytes(content)))
    return form
