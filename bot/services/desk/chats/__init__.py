"""Chats that a human answers."""
