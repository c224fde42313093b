"""The curated facts as files."""
