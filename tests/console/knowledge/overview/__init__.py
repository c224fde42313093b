"""The overview of the knowledge."""
