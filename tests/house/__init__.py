"""The house kept to its word."""
