"""Has files cleaned by a short-lived process that knows no keys and may use only so much memory and time."""

import asyncio
import sys
from pathlib import Path

from bot.domain.errors import NotAvailableError
from bot.services.desk.cases.stored_case_file import FileNotAcceptedError

WORKER = Path(__file__).with_name("worker.py")
TYPES = (b"image/png", b"image/jpeg", b"image/webp", b"application/pdf")
REASONS = {b"type", b"broken", b"encrypted", b"too-large"}
SECONDS = 30


class AttachmentCleaner:
    """Implements desk.stored_case_file.FileCleaner."""

    def __init__(self) -> None:
        """One file at a time: a large picture takes a lot of memory."""
        self._turn = asyncio.Lock()

    async def clean(self, content: bytes) -> tuple[str, bytes]:
        """The media type and the file without metadata and active content. Raises FileNotAcceptedError, NotAvailableError."""
        if not content:
            raise FileNotAcceptedError("empty")
        async with self._turn:
            said = await run_worker(content)
        verdict, _, cleaned = said.partition(b"\n")
        if verdict in TYPES:
            return verdict.decode(), cleaned
        raise FileNotAcceptedError(verdict.decode() if verdict in REASONS else "broken")


async def run_worker(content: bytes) -> bytes:
    """What the worker says: a media type or a reason, a line feed, the cleaned file. Nothing when it died of the file."""
    pipe = asyncio.subprocess.PIPE
    try:
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(WORKER), stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env={}
        )
    except OSError as error:
        message = "The process that checks files cannot be started."
        raise NotAvailableError(message) from error
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await worker.communicate(content)
    except TimeoutError:
        return b""
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    return said if worker.returncode == 0 else b""
