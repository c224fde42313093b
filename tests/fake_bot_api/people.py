"""People with phones, as the Bot API shows them to a bot."""

import asyncio
import copy
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fake_bot_api.server import FakeBotApi

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a chat as it appears on the screen."""

    speaker: str
    """"person" or "bot"."""
    text: str
    buttons: tuple[tuple[Json, ...], ...] = ()
    entities: tuple[Json, ...] = ()
    message_id: int = 0
    edited: bool = False

    @property
    def labels(self) -> list[str]:
        """The buttons' labels, row by row."""
        return [button["text"] for row in self.buttons for button in row]

    @property
    def values(self) -> list[str]:
        """The buttons' callback data, row by row; url buttons have none."""
        return [button["callback_data"] for row in self.buttons for button in row if "callback_data" in button]


@dataclass(kw_only=True)
class Chat:
    """A private chat or a group."""

    json: Json
    lines: list[Line] = field(default_factory=list)
    heard: asyncio.Queue[Line] = field(default_factory=asyncio.Queue)
    blocked: bool = False
    last_message_id: int = 0


class Person:
    """Somebody in one chat with the bot. What they do arrives at the bot as an update."""

    def __init__(self, api: "FakeBotApi", user: Json, chat: Chat, topic: int | None = None) -> None:
        """Be in a chat, and within a group perhaps in a topic."""
        self.api, self.user, self.chat, self.topic = api, user, chat, topic

    @property
    def transcript(self) -> list[Line]:
        """Everything that was said in the chat, in order; an edited message once more."""
        return self.chat.lines

    def in_group(self, group_id: int = -1001, topic: int | None = None) -> "Person":
        """The same person in a group of which the bot is a member."""
        return Person(self.api, self.user, self.api.group(group_id), topic)

    def says(self, text: str, **fields: Any) -> Json:
        """Type a text. Returns the message."""
        if text.startswith("/"):
            fields.setdefault("entities", [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}])
        return self.sends(text=text, **fields)

    def replies(self, line: Line, text: str) -> Json:
        """Answer a message of the bot's."""
        return self.says(text, reply_to_message=self.api.messages[self.chat.json["id"], line.message_id])

    def sends_photo(self, caption: str | None = None) -> Json:
        """Send a picture, perhaps with words."""
        size = {"file_id": "photo", "file_unique_id": "photo", "width": 90, "height": 90}
        return self.sends(photo=[size], **({"caption": caption} if caption else {}))

    def sends_voice(self) -> Json:
        """Speak instead of typing."""
        return self.sends(voice={"file_id": "voice", "file_unique_id": "voice", "duration": 3})

    def sends(self, **fields: Any) -> Json:
        """Send a message with any content. Returns the message."""
        message = self.api.new_message(self.chat, self.user, self.topic, **fields)
        self.chat.lines.append(Line(speaker="person", text=fields.get("text") or fields.get("caption") or "[media]"))
        self.api.put_update({"message": message})
        return message

    def edits(self, message: Json, text: str) -> None:
        """Change the words of an earlier message."""
        self.api.put_update({"edited_message": {**message, "text": text, "edit_date": int(time.time())}})

    def presses(self, button: str) -> str:
        """Press the newest button with this label or data. Returns the query's id."""
        for line in reversed(self.chat.lines):
            for option in (option for row in line.buttons for option in row):
                if button in (option["text"], option.get("callback_data")):
                    self.chat.lines.append(Line(speaker="person", text=f"[{option['text']}]"))
                    return self.forges(option["callback_data"], line.message_id)
        offered = [line.labels for line in self.chat.lines if line.buttons]
        raise AssertionError(f"There is no button {button!r}; offered were {offered}.")

    def forges(self, data: str, message_id: int | None = None) -> str:
        """Send any callback data, as a manipulated app could. Returns the query's id."""
        chat_id = self.chat.json["id"]
        gone = {"chat": self.chat.json, "message_id": message_id or 1, "date": 0}
        message = copy.deepcopy(self.api.messages.get((chat_id, message_id or 0), gone))
        query_id = self.api.new_query()
        query = {"id": query_id, "from": self.user, "message": message, "chat_instance": "1", "data": data}
        self.api.put_update({"callback_query": query})
        return query_id

    def blocks(self, blocked: bool = True) -> None:
        """Block the bot, or take it back."""
        self.chat.blocked = blocked
        status = "kicked" if blocked else "member"
        change = {"chat": self.chat.json, "from": self.user, "date": int(time.time())}
        members = {"old_chat_member": self.api.as_member("left"), "new_chat_member": self.api.as_member(status)}
        self.api.put_update({"my_chat_member": {**change, **members}})

    async def hears(self, timeout: float = 5) -> Line:
        """The next thing the bot says (or edits) in this chat. Raises TimeoutError when it stays silent."""
        async with asyncio.timeout(timeout):
            return await self.chat.heard.get()

    def heard_nothing_more(self) -> bool:
        """Whether everything that the bot has said was heard."""
        return self.chat.heard.empty()
