"""Days as people write them."""
