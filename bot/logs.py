"""Structured logs and progress: what happened and to which row, never what a person wrote, and never a token."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from rich.console import Console


def set_up_logs(log_format: str, *, quiet: bool = False) -> None:
    """Log to standard error as text or JSON; libraries only from WARNING on (some log addresses with tokens at INFO)."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", force=True)
    renderer = structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class Progress:
    """Says what is being done, with the seconds it took; on a terminal with a spinner."""

    def __init__(self, console: Console) -> None:
        """Write to a console."""
        self._console = console
        self._status = console.status("")
        self._step, self._since = "", time.monotonic()

    def tell(self, step: str) -> None:
        """The next step begins."""
        self._finish_step()
        self._step, self._since = step, time.monotonic()
        self._status.update(f"{step} …")
        self._status.start()

    def done(self, result: str) -> None:
        """All steps are done; the result goes to standard output."""
        self._finish_step()
        print(result, flush=True)  # noqa: T201

    def _finish_step(self) -> None:
        self._status.stop()
        if self._step:
            self._console.print(f"{self._step}: {time.monotonic() - self._since:.1f} s", highlight=False)
        self._step = ""


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Progress on standard error; the spinner stops whatever happens."""
    progress = Progress(Console(stderr=True))
    try:
        yield progress
    finally:
        progress._status.stop()  # noqa: SLF001
