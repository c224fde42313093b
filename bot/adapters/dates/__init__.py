"""Reads days out of typed text with dateparser."""
