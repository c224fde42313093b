"""Tells the language of a text with py3langid."""
