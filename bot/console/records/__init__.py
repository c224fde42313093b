"""How long cases are kept: preview and run, legal hold, erasures, and the export of one person's data."""
