"""Where a reply goes in Telegram: a chat, or one topic of a group."""


def to_address(chat_id: int, topic_id: int | None) -> str:
    """Write an address as "chat" or "chat:topic".

    >>> to_address(-100123, 7)
    '-100123:7'
    """
    return f"{chat_id}:{topic_id}" if topic_id else str(chat_id)


def read_address(address: str) -> tuple[int, int | None]:
    """The chat id and topic id of an address. Raises ValueError for anything else.

    >>> read_address("42"), read_address("-100123:7")
    ((42, None), (-100123, 7))
    """
    chat_id, _, topic_id = address.partition(":")
    return int(chat_id), int(topic_id) if topic_id else None
