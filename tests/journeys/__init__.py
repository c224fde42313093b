"""Whole ways through the real house, as people go them."""
