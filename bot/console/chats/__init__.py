"""Chats in which a person speaks to a human."""
