"""Find how one item differs between the shipped files and the database."""

from bot.services.compare_files import ItemDifference
from bot.services.desk.knowledge.find_differences import find_differences
from bot.services.desk.ports import DeskPorts


async def find_difference(kind: str, id_: str, ports: DeskPorts) -> ItemDifference:
    """The difference. Raises LookupError where there is none, KnowledgeError where the files cannot be read."""
    found = [each for each in await find_differences(ports) if (each.kind, each.id) == (kind, id_)]
    if not found:
        raise LookupError(id_)
    return found[0]
