"""What Wegweiser does, end to end over fakes, with the real words and the real knowledge."""
