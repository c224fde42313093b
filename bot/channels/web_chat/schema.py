"""What the HTTP API takes and gives, as one set of models; /openapi.json is made from them."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.messages import Answer, Reply, Status
from bot.services.ports import Waiting

Opaque = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[\x21-\x7e]+$")]


class MessageRequest(BaseModel):
    """One message of a person: a text or a choice."""

    model_config = ConfigDict(extra="forbid", strict=True)

    conversation: Opaque | None = Field(None, description="The value of an earlier response. Leave it out to start a conversation.")
    message_id: Opaque | None = Field(None, description="Made by the client. The same id again gives the same answer again.")
    text: str | None = Field(None, description="What the person typed, at most 4,000 characters.")
    choice: Annotated[str, Field(max_length=64)] | None = Field(None, description="The value of a choice that was offered.")
    language: Annotated[str, Field(max_length=16)] | None = Field(None, description="Set when the person chose a language, for example ar.")


class ChoiceModel(BaseModel):
    """One offered choice. With a url it opens an address instead of being sent back."""

    label: str
    value: str
    url: str | None = None


class ReplyModel(BaseModel):
    """One message to show, as plain text."""

    text: str
    choices: list[ChoiceModel]
    source: str | None


class MessageResponse(BaseModel):
    """The answer. Keep the conversation value secret: whoever has it can go on with the conversation."""

    conversation: str
    language: str
    status: Status
    entry: str | None
    confidence: float | None
    replies: list[ReplyModel]


class UpdatesRequest(BaseModel):
    """What came since the page asked last."""

    model_config = ConfigDict(extra="forbid", strict=True)

    conversation: Opaque = Field(description="The value of an earlier response.")
    after: Opaque | None = Field(None, description="The id of the last update that arrived. It and all before it are not sent again.")


class UpdateModel(ReplyModel):
    """One message that somebody at the office wrote."""

    id: str
    language: str


class UpdatesResponse(BaseModel):
    """Everything that waits, oldest first. An update comes again until its id is named in `after`."""

    updates: list[UpdateModel]


class Problem(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


def to_response(conversation: str, answer: Answer, to_plain: Any) -> dict[str, Any]:  # noqa: ANN401
    """The response body for an answer; `to_plain` turns Markdown into plain text."""
    return {
        "conversation": conversation,
        "language": answer.language,
        "status": answer.status.value,
        "entry": answer.entry,
        "confidence": answer.confidence,
        "replies": [_reply(reply, to_plain) for reply in answer.replies],
    }


def to_updates(waiting: list[Waiting], to_plain: Any) -> dict[str, Any]:  # noqa: ANN401
    """The response body for what waits."""
    return {"updates": [{"id": each.name, "language": each.message.language, **_reply(each.message.reply, to_plain)} for each in waiting]}


def _reply(reply: Reply, to_plain: Any) -> dict[str, Any]:  # noqa: ANN401
    choices = [{"label": button.label, "value": button.value} | ({"url": button.url} if button.url else {}) for button in reply.choices]
    return {"text": to_plain(reply.text), "choices": choices, "source": reply.source}


def openapi(languages: list[str]) -> dict[str, Any]:
    """The OpenAPI 3.1 description of the API."""
    parts = {
        model.__name__: model.model_json_schema(ref_template="#/components/schemas/{model}")
        for model in (MessageRequest, MessageResponse, UpdatesRequest, UpdatesResponse, Problem)
    }
    schemas: dict[str, Any] = {}
    for name, schema in parts.items():
        schemas.update(schema.pop("$defs", {}))
        schemas[name] = schema
    schemas["MessageRequest"]["oneOf"] = [{"required": ["text"]}, {"required": ["choice"]}]
    problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    reasons = {
        "400": "The request is wrong",
        "413": "Too large",
        "415": "Not application/json",
        "429": "Too many messages",
        "503": "Try again soon",
    }
    problems = {code: {"description": reason, **problem} for code, reason in reasons.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wegweiser", "version": "1", "description": f"Languages: {', '.join(languages)}."},
        "paths": {
            "/api/v1/messages": {
                "post": {
                    "operationId": "sendMessage",
                    "summary": "Send a message, get the answer",
                    "requestBody": _json("MessageRequest", required=True),
                    "responses": {"200": _json("MessageResponse", description="The answer"), **problems},
                }
            },
            "/api/v1/updates": {
                "post": {
                    "operationId": "fetchUpdates",
                    "summary": "Fetch what the office wrote into this conversation",
                    "requestBody": _json("UpdatesRequest", required=True),
                    "responses": {"200": _json("UpdatesResponse", description="What waits"), **problems},
                }
            },
        },
        "components": {"schemas": schemas},
    }


def _json(model: str, **more: object) -> dict[str, Any]:
    return {**more, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}}
