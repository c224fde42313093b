"""What staff does with cases."""
