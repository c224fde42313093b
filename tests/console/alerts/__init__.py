"""Alerts at the desk, live and in Telegram."""
