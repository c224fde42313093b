"""The usage of the bot at the desk."""
