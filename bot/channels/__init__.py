"""The public doors: Telegram and the web chat."""
