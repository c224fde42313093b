"""How the tables came to be, one step per file; migrate.py runs them."""
