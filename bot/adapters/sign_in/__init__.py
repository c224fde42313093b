"""Passwords, one-time codes and the organisation's identity provider."""
