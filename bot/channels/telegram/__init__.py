"""The Telegram door: takes updates in, carries replies out."""

import os

# The client's new way of giving spans of time; with the old one every "wait a little" raises a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")
