"""Asks addresses of the web whether anything is there."""
