"""What becomes of an update."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs
from telegram import Update

from bot.channels.telegram.read_update import read_update
from bot.domain.messages import MESSAGE_CHARACTERS, Choice, Command, IncomingMessage, Text, Unsupported
from tests.channels.telegram.memory import NOW, MemoryDatabase, make_intake, make_reader
from tests.fake_bot_api.server import FakeBotApi

AMIRA = {"id": 7, "is_bot": False, "first_name": "Secretname", "username": "secretuser", "language_code": "ar-EG"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Secretname", "username": "secretuser"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Secrettitle"}
BOT = {"id": 123456, "is_bot": True, "first_name": "Wegweiser", "username": "wegweiser_test_bot"}
PHOTO = {"photo": [{"file_id": "secretphoto", "file_unique_id": "u", "width": 1, "height": 1}]}
VOICE = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}}


def read(kind: str = "message", *, chat: Any = PRIVATE, sender: Any = AMIRA, **fields: Any) -> IncomingMessage | None:
    message = {"message_id": 5, "date": 1_795_000_000, "chat": chat, "from": sender, **fields}
    return read_update(Update.de_json({"update_id": 77, kind: message}, None), make_reader(), NOW)


def content_of(*args: Any, **fields: Any) -> Any:
    message = read(*args, **fields)
    return message and message.content


def press(data: str | None, message: dict[str, Any]) -> IncomingMessage | None:
    query = {"id": "q1", "from": AMIRA, "chat_instance": "1", "message": message, **({"data": data} if data else {})}
    return read_update(Update.de_json({"update_id": 78, "callback_query": query}, None), make_reader(), NOW)


def test_a_text_arrives_with_everything_needed_to_answer_it() -> None:
    message = read(text="مرحبا")
    assert message is not None
    assert message.content == Text(text="مرحبا")
    assert (message.source, message.message_id) == ("telegram:123456", "77")
    assert (message.conversation, message.address) == ("hash of 7", "7")
    assert (message.language_hint, message.in_group, message.received_at) == ("ar", False, NOW)


@pytest.mark.parametrize("fields", [{"text": "Hallo"}, PHOTO, {**PHOTO, "caption": "Hallo"}])
def test_names_and_photos_are_left_behind(fields: dict[str, Any]) -> None:
    message = read(**fields)
    assert message is not None
    assert "secret" not in repr(asdict(message)).lower()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("/start", Command(name="start")),
        ("/start report", Command(name="start", argument="report")),
        ("/Help@Wegweiser_Test_Bot  me", Command(name="help", argument="me")),
        ("/start\nreport", Command(name="start", argument="report")),
        ("/", Text(text="/")),
        ("/ help", Text(text="/ help")),
        ("/сотрудник", Text(text="/сотрудник")),
        ("and/or", Text(text="and/or")),
        ("a\x00b\ud83d\x1bc\u200d", Text(text="abc\u200d")),
        ("x" * MESSAGE_CHARACTERS, Text(text="x" * MESSAGE_CHARACTERS)),
        ("x" * (MESSAGE_CHARACTERS + 1), Unsupported(what="too-long")),
        ("/start " + "x" * MESSAGE_CHARACTERS, Unsupported(what="too-long")),
    ],
)
def test_private_texts(text: str, content: object) -> None:
    assert content_of(text=text) == content


@pytest.mark.parametrize(
    "fields",
    [
        PHOTO,
        VOICE,
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"document": {"file_id": "d", "file_unique_id": "d"}},
        {"location": {"longitude": 11.9, "latitude": 51.5}},
        {"contact": {"phone_number": "+491", "first_name": "x"}},
        {"something_newer_than_the_library": {"x": 1}},
    ],
)
def test_what_has_no_words_is_unsupported(fields: dict[str, Any]) -> None:
    assert content_of(**fields) == Unsupported(what="media")


def test_a_caption_is_a_text() -> None:
    assert content_of(**PHOTO, caption="Was ist das für ein Brief?") == Text(text="Was ist das für ein Brief?")


@pytest.mark.parametrize(
    "fields",
    [
        {"new_chat_members": [AMIRA]},
        {"left_chat_member": AMIRA},
        {"group_chat_created": True},
        {"migrate_to_chat_id": -1002},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": PRIVATE}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}},
    ],
)
@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
def test_service_messages_are_nothing_said(fields: dict[str, Any], chat: dict[str, Any]) -> None:
    assert read(chat=chat, **fields) is None


def test_edits() -> None:
    assert content_of("edited_message", text="neu", edit_date=1_795_000_001) == Unsupported(what="edited")
    assert content_of("edited_message", **PHOTO, caption="neu") == Unsupported(what="edited")


def test_a_moving_location_is_not_answered_at_every_step() -> None:
    assert read("edited_message", location={"longitude": 1, "latitude": 1, "live_period": 60}) is None


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "business_message"])
def test_updates_of_other_kinds_are_not_for_us(kind: str) -> None:
    assert read(kind, text="Hallo") is None


def test_blocking_is_not_a_message() -> None:
    member = {"user": BOT, "status": "member"}
    kicked = {"user": BOT, "status": "kicked", "until_date": 0}
    change = {"chat": PRIVATE, "from": AMIRA, "date": 0, "old_chat_member": member, "new_chat_member": kicked}
    assert read_update(Update.de_json({"update_id": 1, "my_chat_member": change}, None), make_reader(), NOW) is None


def test_bots_are_not_answered_but_anonymous_admins_are() -> None:
    other = {"id": 99, "is_bot": True, "first_name": "Other"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    assert read(text="Hallo", sender=BOT) is None
    assert read(text="Hallo", sender=other) is None
    assert content_of(chat=GROUP, text="/help", sender=anonymous) == Command(name="help")


def test_what_telegram_forwards_from_a_channel_by_itself_is_not_answered() -> None:
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    assert content_of(chat=GROUP, text="/help", sender=telegram) == Command(name="help")
    assert read(chat=GROUP, text="/help", sender=telegram, is_automatic_forward=True) is None


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"text": "Wo ist das Amt?"}, None),
        ({"text": "/help"}, Command(name="help")),
        ({"text": "/help@wegweiser_test_bot"}, Command(name="help")),
        ({"text": "/help@another_bot"}, None),
        ({"text": "@Wegweiser_Test_Bot Wo ist das Amt?"}, Text(text="Wo ist das Amt?")),
        ({"text": "Wo ist das Amt, @wegweiser_test_bot?"}, Text(text="Wo ist das Amt, ?")),
        ({"text": "@wegweiser_test_bot2 hallo"}, None),
        ({"text": "mail@wegweiser_test_bot"}, None),
        ({"text": "@wegweiser_test_bot"}, Command(name="help")),
        (PHOTO, None),
        ({**PHOTO, "caption": "@wegweiser_test_bot was ist das?"}, Text(text="was ist das?")),
    ],
)
def test_in_groups_only_what_is_said_to_us(fields: dict[str, Any], content: object) -> None:
    assert content_of(chat=GROUP, **fields) == content
    edited = content_of("edited_message", chat=GROUP, **fields)
    assert edited == (Unsupported(what="edited") if isinstance(content, Text) or ("/help" in str(fields) and content) else None)


def test_in_groups_a_reply_to_the_bot_is_said_to_us() -> None:
    ours = {"message_id": 4, "date": 0, "chat": GROUP, "from": BOT, "text": "?"}
    theirs = {**ours, "from": {**AMIRA, "id": 8}}
    message = read(chat=GROUP, text="Halle", reply_to_message=ours)
    assert message is not None
    assert (message.content, message.in_group) == (Text(text="Halle"), True)
    assert content_of(chat=GROUP, reply_to_message=ours, **VOICE) == Unsupported(what="media")
    assert read(chat=GROUP, text="Halle", reply_to_message=theirs) is None


def test_answers_go_to_the_topic() -> None:
    forum = {**GROUP, "is_forum": True}
    in_topic = read(chat=forum, text="/help", message_thread_id=12, is_topic_message=True)
    in_thread = read(chat=forum, text="/help", message_thread_id=12)
    assert in_topic is not None
    assert in_thread is not None
    assert (in_topic.address, in_thread.address) == ("-1001:12", "-1001")
    assert in_topic.conversation == in_thread.conversation


def test_a_pressed_button() -> None:
    shown = {
        "message_id": 41,
        "date": 1_795_000_000,
        "chat": GROUP,
        "from": BOT,
        "text": "?",
        "message_thread_id": 3,
        "is_topic_message": True,
    }
    message = press("topic:contacts", shown)
    assert message is not None
    assert message.content == Choice(value="topic:contacts")
    assert (message.callback, message.address, message.in_group, message.language_hint) == ("q1:41", "-1001:3", True, "ar")


def test_a_button_of_a_message_too_old_to_be_shown() -> None:
    message = press("menu", {"message_id": 3, "date": 0, "chat": PRIVATE})
    assert message is not None
    assert (message.callback, message.address) == ("q1:3", "7")


def test_a_button_without_data_still_gets_an_answer() -> None:
    message = press(None, {"message_id": 3, "date": 0, "chat": PRIVATE})
    assert message is not None
    assert message.content == Choice(value="")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300).map(str.rstrip))
def test_whatever_is_typed_is_kept_as_it_is(text: str) -> None:
    assert content_of(text=f"x{text}") == Text(text=f"x{text}")


WORDS = [
    "message",
    "edited_message",
    "callback_query",
    "chat",
    "from",
    "id",
    "text",
    "type",
    "date",
    "photo",
    "location",
    "data",
    "entities",
    "caption",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["private", "supergroup", "SECRET"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | st.text(), inner, max_size=6),
    max_leaves=25,
)
WHOLE = {"message_id": 5, "date": 1_795_000_000, "chat": PRIVATE, "from": AMIRA, "text": "SECRET"}
DAMAGED = st.dictionaries(st.sampled_from(sorted(WHOLE)), JSON, max_size=3).map(lambda damage: {**WHOLE, **damage})
UPDATES = JSON | st.fixed_dictionaries({"update_id": st.integers() | JSON, "message": DAMAGED | JSON})


@given(UPDATES)
@settings(max_examples=200, deadline=None)
def test_no_update_however_broken_stops_the_intake_or_reaches_the_log(update: object) -> None:
    intake = make_intake(MemoryDatabase(), FakeBotApi())
    with capture_logs() as logs:
        message = intake.read(update)
    assert message is None or isinstance(message, IncomingMessage)
    assert "SECRET" not in repr(logs)
    assert all(set(entry) == {"event", "error", "log_level"} for entry in logs)
