"""What the Telegram door counts for the operator. Numbers only, nothing about people."""

from prometheus_client import Counter

UPDATES = Counter("wegweiser_telegram_updates", "Telegram updates taken in, by what became of them.", ["outcome"])
"""Outcomes: recorded, repeated, ignored (not for us), malformed."""

TROUBLES = Counter("wegweiser_telegram_troubles", "Calls to Telegram or the database that had to be tried again, by error.", ["error"])
