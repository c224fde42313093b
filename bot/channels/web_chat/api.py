"""POST /api/v1/messages: one message in, its answer out, stored before it is given."""

import uuid
from dataclasses import dataclass
from typing import TypeVar

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.channels.web_chat.conversation_token import conversation_of, is_ours, make_token
from bot.channels.web_chat.plain_text import to_plain_text
from bot.channels.web_chat.problems import ProblemError
from bot.channels.web_chat.rate_limit import RateLimit
from bot.channels.web_chat.schema import MessageRequest, openapi, to_response
from bot.domain.languages import Language, match_language
from bot.domain.messages import MESSAGE_CHARACTERS, Channel, Choice, Command, Content, IncomingMessage, Text, Unsupported, clean
from bot.domain.networks import find_network
from bot.services.answer_message import answer_message
from bot.services.ports import Cipher, Ports

BODY_BYTES = 64 * 1024
SOURCE = "web"
Asked = TypeVar("Asked", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class MessagesApi:
    """The API's two addresses."""

    ports: Ports
    limit: RateLimit
    trusted_proxies: int = 0

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_post("/api/v1/messages", self.post_message)
        app.router.add_get("/openapi.json", self.describe)

    async def describe(self, _request: web.Request) -> web.Response:
        """The OpenAPI description."""
        return web.json_response(openapi(list(self.ports.wording.languages)))

    async def post_message(self, request: web.Request) -> web.Response:
        """Answer one message."""
        check_rate(request, self.limit, self.trusted_proxies)
        asked = await read_request(request)
        token = self._token(asked)
        message = self._to_message(asked, token, request)
        answer = await answer_message(message, self.ports)
        body = to_response(token, answer, to_plain_text)
        return web.Response(body=orjson.dumps(body), content_type="application/json", headers={"Cache-Control": "no-store"})

    def _token(self, asked: MessageRequest) -> str:
        return make_token(self.ports.cipher) if asked.conversation is None else check_token(asked.conversation, self.ports.cipher)

    def _to_message(self, asked: MessageRequest, token: str, request: web.Request) -> IncomingMessage:
        conversation = conversation_of(token, self.ports.cipher)
        return IncomingMessage(
            channel=Channel.WEB,
            source=SOURCE,
            message_id=f"{conversation[:32]}:{asked.message_id or uuid.uuid4().hex}",
            conversation=conversation,
            content=to_content(asked),
            received_at=self.ports.now(),
            language_hint=preferred_language(request, frozenset(self.ports.wording.languages)),
            language_choice=self._chosen_language(asked),
        )

    def _chosen_language(self, asked: MessageRequest) -> Language | None:
        spoken = self.ports.wording.languages
        chosen = match_language(asked.language, frozenset(spoken))
        if asked.language is not None and chosen is None:
            raise ProblemError(400, f"language: we do not speak this one. Choose one of {', '.join(spoken)}, or leave it out.")
        return chosen


def check_rate(request: web.Request, limit: RateLimit, trusted_proxies: int) -> None:
    """Count one more request of this network. Raises ProblemError (429) when it was one too many."""
    if seconds := limit.seconds_to_wait(find_network(request.headers.getall("X-Forwarded-For", []), request.remote, trusted_proxies)):
        raise ProblemError(429, f"Too many messages at once. Wait {seconds} s.", retry_after_seconds=seconds)


def check_token(token: str, cipher: Cipher) -> str:
    """The conversation's value. Raises ProblemError (400) for one that we did not make."""
    if not is_ours(token, cipher):
        raise ProblemError(400, "conversation: this is not a value that we gave out. Leave it out to start a new conversation.")
    return token


async def read_request(request: web.Request) -> MessageRequest:
    """A message. Raises ProblemError (400, 413, 415) saying which field is wrong."""
    asked = await read_body(request, MessageRequest)
    if (asked.text is None) == (asked.choice is None):
        raise ProblemError(400, "Send either text or choice, not both and not neither.")
    return asked


async def read_body(request: web.Request, model: type[Asked]) -> Asked:
    """The request body. Raises ProblemError (400, 413, 415) saying which field is wrong."""
    if request.content_type != "application/json":
        raise ProblemError(415, "Send the message as application/json.")
    try:
        body = await request.read()
    except web.RequestPayloadError as error:
        raise ProblemError(400, "The body cannot be unpacked as its Content-Encoding says.") from error
    try:
        return model.model_validate(orjson.loads(body))
    except orjson.JSONDecodeError as error:
        raise ProblemError(400, "The body is not valid JSON in UTF-8.") from error
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in fault["loc"]) or "body"
        raise ProblemError(400, f"{field}: {fault['msg']}.") from error


def to_content(asked: MessageRequest) -> Content:
    """What the request means; slash commands work in the web chat, too."""
    if asked.choice is not None:
        return Choice(value=asked.choice)
    text = clean(asked.text or "")
    if len(text) > MESSAGE_CHARACTERS:
        return Unsupported(what="too-long")
    if text.startswith("/") and text[1:2].isalpha():
        name, _, argument = text[1:].partition(" ")
        return Command(name=name.lower(), argument=argument.strip())
    return Text(text=text)


def preferred_language(request: web.Request, spoken: frozenset[Language]) -> Language | None:
    """The first language of the browser's list that we speak."""
    tags = [part.partition(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")]
    return next((found for tag in tags if (found := match_language(tag, spoken))), None)
