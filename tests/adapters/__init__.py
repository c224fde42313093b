"""The adapters, on the real things."""
