"""What the bot must do, shown on the real parts."""
