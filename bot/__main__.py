"""The command line: run the bot, ask a question, look after the knowledge, the case log and the keys."""

import asyncio
import dataclasses
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from bot import commands
from bot.adapters.encryption import keys
from bot.assemble.folders import KNOWLEDGE
from bot.assemble.knowledge_files import find_knowledge_faults, phrasings_of_files
from bot.assemble.open_house import open_house
from bot.demo.run_demo import run_demo
from bot.domain.errors import SettingError, WegweiserError
from bot.logs import set_up_logs, show_progress
from bot.serve import serve
from bot.settings import Settings, read_settings

WRONG, WRONG_SETTING = 1, 2
FIRST_LINK = "Set up the case desk with this link (once, within 24 hours; each start makes a new one): "
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
knowledge = typer.Typer(no_args_is_help=True, help="Check the curated facts, and move them between files and database.")
app.add_typer(knowledge, name="knowledge")


@app.command()
def run() -> None:
    """Start everything and answer until stopped."""
    with _plain_errors():
        settings = _start(quiet=False)
        uvloop.run(_run(settings))


async def _run(settings: Settings) -> None:
    with show_progress() as progress:
        async with open_house(settings, progress.tell) as house:
            where = "" if settings.telegram_token else " (web chat only: WEGWEISER_TELEGRAM_TOKEN is not set)"
            await serve(
                house,
                lambda address: progress.done(f"Wegweiser answers on {address}{where}"),
                lambda link: progress.done(FIRST_LINK + link),
            )


@app.command()
def ask(question: Annotated[str, typer.Argument(help="What you want to know.")], language: str = "") -> None:
    """Answer one question in the terminal."""
    with _plain_errors():
        settings = _start(quiet=True)
        asyncio.run(commands.ask(settings, question, language))


@app.command()
def demo() -> None:
    """Open a training desk with 300 invented cases on a scratch database in data/demo."""
    with _plain_errors(), show_progress() as progress:
        set_up_logs("text", quiet=True)
        tell_code = (lambda code: print(f"\rOne-time code now: {code} ", end="", flush=True)) if sys.stdout.isatty() else None  # noqa: T201
        uvloop.run(run_demo(progress.tell, progress.done, tell_code))


@app.command()
def verify_log() -> None:
    """Check the hash chain of the case log, and name the position of the first break."""
    with _plain_errors():
        check = asyncio.run(commands.check_log(_start(quiet=True)))
        where = f" at position {check.broken.position}: {check.broken.fault}" if check.broken else ": its end is not noted any more"
        print("The case log is whole." if check.is_whole else f"The case log is broken{where}.")  # noqa: T201
        sys.exit(0 if check.is_whole else WRONG)


@app.command()
def desk_link(email: Annotated[str, typer.Option(help="Address of an account that lost its password or second factor.")] = "") -> None:
    """Print a one-time link into the case desk: for the first admin, or for an account that cannot get in any more."""
    with _plain_errors():
        print(asyncio.run(commands.make_desk_link(_start(quiet=True), email)))  # noqa: T201


@app.command()
def erasures() -> None:
    """Print the erasure journal: which cases were erased, and when. Keep it beside the backups."""
    with _plain_errors():
        print(asyncio.run(commands.list_erasures(_start(quiet=True))), end="")  # noqa: T201


@app.command("replay-erasures")
def replay_erasures(journal: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file of the erasure journal.")]) -> None:
    """After a restore: erase again whatever the journal names. Can be done twice."""
    with _plain_errors():
        print(asyncio.run(commands.replay_journal(_start(quiet=True), journal)))  # noqa: T201


@app.command()
def make_key() -> None:
    """Print a new encryption key for WEGWEISER_KEYS."""
    print(keys.make_key())  # noqa: T201


@app.command()
def rotate_keys() -> None:
    """Seal everything with the newest key. Can be stopped and started again; afterwards the old key may go."""
    with _plain_errors():
        moved = asyncio.run(commands.rotate_keys(_start(quiet=True)))
        print(f"{moved} values are sealed with the newest key now.")  # noqa: T201


@knowledge.command("check")
def check_knowledge(folder: Path = KNOWLEDGE) -> None:
    """Report every fault in the knowledge with file and line; overdue reviews are reported, too."""
    with _plain_errors():
        faults = find_knowledge_faults(folder)
        for fault in faults:
            print(fault)  # noqa: T201
        wrong = [fault for fault in faults if not fault.overdue]
        print(f"{len(wrong)} faults, {len(faults) - len(wrong)} overdue reviews.")  # noqa: T201
        sys.exit(WRONG if wrong else 0)


@knowledge.command("import")
def import_knowledge(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)] = KNOWLEDGE,
    take: Annotated[list[str] | None, typer.Option(help="KIND/ID of an edited item that the file wins over. Can be given again.")] = None,
) -> None:
    """Bring the files into the database; what was edited there is kept, and reported when its file changed, too."""
    with _plain_errors():
        print(asyncio.run(commands.import_files(_start(quiet=True), folder, take or [])))  # noqa: T201


@knowledge.command("diff")
def compare_knowledge(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)] = KNOWLEDGE) -> None:
    """List the items that differ between files and database, with their fields. Exits with 1 when there are any."""
    with _plain_errors():
        lines = asyncio.run(commands.compare_folder(_start(quiet=True), folder))
        print("\n".join([*lines, f"{len(lines)} items differ."]))  # noqa: T201
        sys.exit(WRONG if lines else 0)


@knowledge.command("export")
def export_knowledge(
    folder: Annotated[Path, typer.Argument(file_okay=False)],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Also over files with edits that were never imported.")] = False,  # noqa: FBT002
) -> None:
    """Make a folder equal to the database's knowledge. Comments are kept at the top of a file only."""
    with _plain_errors():
        print(asyncio.run(commands.export_files(_start(quiet=True), folder, overwrite=overwrite)))  # noqa: T201


@knowledge.command("phrasings")
def print_phrasings() -> None:
    """Print every training example as JSON lines, for the calibration of the thresholds."""
    with _plain_errors():
        for phrasing in phrasings_of_files():
            print(json.dumps(dataclasses.asdict(phrasing), ensure_ascii=False))  # noqa: T201


def _start(*, quiet: bool) -> Settings:
    settings = read_settings()
    set_up_logs(settings.log_format, quiet=quiet)
    return settings


@contextmanager
def _plain_errors() -> Iterator[None]:
    """An error we foresaw is one sentence, not a traceback; a wrong setting exits with 2."""
    try:
        yield
    except WegweiserError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(WRONG_SETTING if isinstance(error, SettingError) else WRONG)


if __name__ == "__main__":
    app()
