"""The small parts of the web chat on their own."""

import string

from hypothesis import given
from hypothesis import strategies as some

from bot.channels.web_chat.conversation_token import conversation_of, is_ours, make_token
from bot.channels.web_chat.plain_text import to_plain_text
from bot.channels.web_chat.rate_limit import KEPT, RateLimit
from tests.fakes.world import CIPHER

WORDS = some.text(string.ascii_letters + "äßعربي日本 ", min_size=1, max_size=30).map(str.strip).filter(bool)


class Clock:
    """Seconds, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_fine_and_then_one_waits():
    clock = Clock()
    limit = RateLimit(3, clock)
    assert [limit.seconds_to_wait("a") for _ in range(4)] == [0, 0, 0, 21]
    clock.now = 19.9
    assert limit.seconds_to_wait("a") == 1
    clock.now = 20.1
    assert [limit.seconds_to_wait("a"), limit.seconds_to_wait("a")] == [0, 20]


def test_nobody_saves_up_more_than_a_minute():
    clock = Clock()
    limit = RateLimit(2, clock)
    limit.seconds_to_wait("a")
    clock.now = 1e6
    assert [bool(limit.seconds_to_wait("a")) for _ in range(3)] == [False, False, True]


def test_one_person_s_haste_is_not_another_s():
    limit = RateLimit(1, Clock())
    assert [limit.seconds_to_wait(name) for name in "ab"] == [0, 0]
    assert limit.seconds_to_wait("a") > 0


def test_zero_means_no_limit():
    limit = RateLimit(0, Clock())
    assert not any(limit.seconds_to_wait("a") for _ in range(1000))


def test_the_memory_of_addresses_is_bounded():
    limit = RateLimit(1, Clock())
    for number in range(KEPT + 10):
        limit.seconds_to_wait(str(number))
    assert len(limit._buckets) == KEPT


@given(some.floats(0, 1e5), some.integers(1, 1000))
def test_after_waiting_as_told_one_may_write(start: float, per_minute: int):
    clock = Clock()
    clock.now = start
    limit = RateLimit(per_minute, clock)
    while not (seconds := limit.seconds_to_wait("a")):
        pass
    clock.now += seconds
    assert limit.seconds_to_wait("a") == 0


@given(some.text(max_size=500))
def test_any_text_becomes_plain_text(markdown: str):
    assert isinstance(to_plain_text(markdown), str)


@given(some.text(string.ascii_letters + "äعñ \n*_-#>+", max_size=200))
def test_no_letter_is_lost(markdown: str):
    kept, given_letters = (list(filter(str.isalpha, each)) for each in (to_plain_text(markdown), markdown))
    assert kept == given_letters


@given(some.lists(WORDS, min_size=1, max_size=5))
def test_every_word_of_a_list_is_kept(items: list[str]):
    assert to_plain_text("\n".join(f"- {item}" for item in items)) == "\n".join(f"• {' '.join(item.split(' '))}" for item in items)


@given(WORDS)
def test_emphasis_leaves_the_words(words: str):
    assert to_plain_text(f"**{words}** and *{words}*") == f"{words} and {words}"


def test_links_show_their_address_once():
    assert to_plain_text("[the office](https://example.org/a)") == "the office (https://example.org/a)"
    assert to_plain_text("[example.org](https://www.example.org/)") == "https://www.example.org/"
    assert to_plain_text("<https://example.org/>") == "https://example.org/"
    assert to_plain_text("[me@example.org](mailto:me@example.org)") == "me@example.org"


def test_html_is_only_text():
    assert to_plain_text("<b onclick=x>hi</b>") == "<b onclick=x>hi</b>"


def test_tokens_are_ours_or_not():
    token = make_token(CIPHER)
    secret, _, signature = token.partition(".")
    assert is_ours(token, CIPHER)
    assert token != make_token(CIPHER)
    for forged in (
        "",
        ".",
        secret,
        f"{secret}.",
        f".{signature}",
        f"{secret[::-1]}.{signature}",
        f"{secret}.{signature}x",
        "ü" * 32 + ".ü",
    ):
        assert not is_ours(forged, CIPHER)
    assert secret not in conversation_of(token, CIPHER)
