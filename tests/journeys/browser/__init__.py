"""The web chat of the real house in a real browser."""
