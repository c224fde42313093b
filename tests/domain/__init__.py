"""What Wegweiser decides."""
