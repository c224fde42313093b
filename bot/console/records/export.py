"""Everything about one person as a ZIP archive to hand over: made while it is sent, and stored nowhere."""

import json
import zipfile
from collections.abc import Mapping
from datetime import date

from aiohttp import web

from bot.console.download import begin_download
from bot.console.pages import HERE
from bot.console.records.letter import tell_letter
from bot.console.records.personal_data import name_files, to_personal_data
from bot.console.routes import post
from bot.console.visit import Visit
from bot.domain.staff import Permission
from bot.services.desk.records.export_person import Export, export_person

STYLE = HERE / "static" / "letter.css"


class Outlet:
    """Collects what an archive writes until it is sent. It cannot go back, so the archive does not try to."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """One more piece."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing to do."""

    def take(self) -> bytes:
        """All pieces since the last time."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken


async def export_case(visit: Visit) -> web.StreamResponse:
    """The archive."""
    export = await export_person(visit.part("number"), visit.member, visit.ports)
    names = name_files(export.file.attachments)
    pages = write_pages(visit, export, names)
    response = await begin_download(visit, f"{export.file.case.number}.zip", "application/zip")
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # write and flush are enough
        for name, content in pages.items():
            archive.writestr(name, content)
        async for info, content in export.attachments:
            archive.writestr(names[info.reference], content)
            await response.write(outlet.take())
    await response.write(outlet.take())
    await response.write_eof()
    return response


def write_pages(visit: Visit, export: Export, names: Mapping[str, str]) -> dict[str, bytes]:
    """What is to be read, by people and by machines."""
    letter = visit.show("records/letter.html", tell_letter(visit, export.file, names)).body
    data = json.dumps(to_personal_data(export.file, names), default=write, ensure_ascii=False, indent=2)
    return {
        "index.html": letter if isinstance(letter, bytes) else b"",
        "style.css": STYLE.read_bytes(),
        "data.json": data.encode(errors="replace"),  # half a character, as some phones send it, is none
    }


def write(value: object) -> str:
    """Days and moments as ISO 8601 writes them."""
    return value.isoformat() if isinstance(value, date) else str(value)


ROUTES = (post("/cases/{number}/export", export_case, Permission.KEEP_RECORDS),)
