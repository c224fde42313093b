"""A Bot API server for tests, with people in it."""
