"""What staff is told at once: a bell, a list, live on open pages, and in a linked Telegram chat."""
