"""The accounts of the desk, and how their people get in."""
