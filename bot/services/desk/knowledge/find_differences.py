"""Find what differs between the shipped files and the database."""

import asyncio

from bot.services.compare_files import ItemDifference, compare_files
from bot.services.desk.ports import DeskPorts


async def find_differences(ports: DeskPorts) -> list[ItemDifference]:
    """Every item that differs. The files are read beside the loop. Raises KnowledgeError where they cannot be read."""
    files = await asyncio.to_thread(ports.knowledge.files.read)
    return await compare_files(files, ports.bot.unit_of_work)
