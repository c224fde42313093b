"""Make the ports of the staff door: the case desk, and the knowledge desk with its tools."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.adapters.attachments.cleaner import AttachmentCleaner
from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.item_checker import ItemChecker
from bot.adapters.knowledge_files.read_items import content_hash
from bot.adapters.knowledge_files.read_questions import read_questions
from bot.adapters.knowledge_files.shipped_files import ShippedFiles
from bot.adapters.links.http_links import HttpLinks
from bot.adapters.rasa.workshop import RasaWorkshop
from bot.adapters.reports import WRITERS
from bot.adapters.sign_in.oidc import OidcProvider
from bot.adapters.sign_in.one_time_codes import TotpCodes
from bot.adapters.sign_in.password_hasher import Argon2Passwords
from bot.adapters.translations import FORMATS
from bot.adapters.translations.unpack import unpack
from bot.adapters.wording.catalogues import Catalogues
from bot.assemble.folders import KNOWLEDGE, Folders
from bot.channels.telegram.preview import preview_reply as preview_in_telegram
from bot.channels.web_chat.preview import preview_reply as preview_in_web_chat
from bot.services.desk.knowledge.ports import KnowledgeTools
from bot.services.desk.knowledge.stored_links import LinkAsker
from bot.services.desk.ports import DeskPorts
from bot.services.ports import Ports
from bot.settings import Settings


def make_desk(settings: Settings, ports: Ports, folders: Folders, workshop: RasaWorkshop | None = None) -> DeskPorts:
    """What the staff door needs, beside what the bot has; `workshop` is where candidates are trained, if anywhere."""
    provider = None
    if settings.oidc_issuer:
        provider = OidcProvider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_name)
    tools = make_knowledge_tools(ports, HttpLinks() if settings.link_check == "weekly" else None, folders.knowledge)
    return DeskPorts(
        bot=ports,
        wording=Catalogues(folders.responses, "console*"),
        passwords=Argon2Passwords(),
        codes=TotpCodes(),
        files=AttachmentCleaner(),
        knowledge=replace(tools, workshop=workshop, proof_questions=cache(lambda: read_questions(folders.questions))),
        reports=WRITERS,
        provider=provider,
        trusted_proxies=settings.trusted_proxies,
        erases_automatically=settings.retention == "automatic",
    )


def make_knowledge_tools(ports: Ports, links: LinkAsker | None = None, knowledge: Path = KNOWLEDGE) -> KnowledgeTools:
    """What the knowledge desk needs; without `links` no address is asked. `knowledge` is the shipped folder."""
    return KnowledgeTools(
        build=build_knowledge,
        hash_content=content_hash,
        checker=ItemChecker(lambda: ports.wording.languages, lambda: ports.now().date()),
        to_telegram=preview_in_telegram,
        to_web_chat=preview_in_web_chat,
        links=links,
        files=ShippedFiles(knowledge, unpack),
        translations=FORMATS,
    )
