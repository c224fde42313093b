"""Make the ports of the bot: what it reaches the outside through."""

from datetime import UTC, datetime

from bot.adapters.database.database import Database
from bot.adapters.dates.day_reader import DateparserDayReader
from bot.adapters.encryption.keyring import Keyring
from bot.adapters.knowledge_files.published import PublishedKnowledge
from bot.adapters.language_id.identifier import Py3LangidIdentifier
from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.offline_reader import LexicalReader
from bot.adapters.wording.catalogues import Catalogues
from bot.services.ports import Ports
from bot.settings import Settings


def make_ports(
    settings: Settings,
    *,
    wording: Catalogues,
    database: Database,
    cipher: Keyring,
    client: RasaClient,
    published: PublishedKnowledge,
    reader: LexicalReader,
) -> Ports:
    """What the bot reaches the outside through."""
    return Ports(
        unit_of_work=database.unit_of_work,
        understander=client,
        offline_reader=reader,
        language_identifier=Py3LangidIdentifier(wording.languages, reader.phrasings()),
        wording=wording,
        day_reader=DateparserDayReader(),
        cipher=cipher,
        published=published,
        now=lambda: datetime.now(UTC),
        public_url=settings.public_url,
        reports_in_telegram=settings.reports_in_telegram,
        operator=settings.operator_name,
    )
