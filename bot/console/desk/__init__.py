"""The desk's own pages: where one arrives, and the language."""
