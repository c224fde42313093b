"""Counts for a period, fit to be shown."""
