"""Unpack a ZIP file that somebody sent, and never more of it than fits."""

import io
import zipfile
import zlib

from bot.services.desk.knowledge.exchanged_files import UPLOAD_BYTES, FileRefusedError

MOST_FILES = 2_000
MOST_UNPACKED_BYTES = 24 * 1024 * 1024
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files begin that hold a password-protected workbook, and workbooks of before 2007."""
IS_ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def unpack(content: bytes) -> dict[str, bytes]:
    """The files within, by name. Raises FileRefusedError."""
    if not content:
        raise FileRefusedError("empty")
    if len(content) > UPLOAD_BYTES:
        raise FileRefusedError("too-large")
    if content.startswith(OLD_OFFICE):
        raise FileRefusedError("encrypted")
    if not content.startswith(b"PK"):
        raise FileRefusedError("format")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            check(infos)
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise FileRefusedError("broken") from error


def check(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse before anything is unpacked; zipfile itself never unpacks more of a file than its header says."""
    if any(info.flag_bits & IS_ENCRYPTED for info in infos):
        raise FileRefusedError("encrypted")
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
        raise FileRefusedError("too-large")
    if any(info.compress_type not in METHODS for info in infos):
        raise FileRefusedError("broken")
