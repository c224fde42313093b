"""What staff does, verb by verb."""
