"""The web chat over HTTP, with a real SQLite database and readings by script."""
