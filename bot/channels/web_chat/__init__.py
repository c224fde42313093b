"""The web chat: one accessible page and the HTTP API that it and partners use."""
