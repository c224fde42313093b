"""What staff is told, at the desk and in Telegram."""
