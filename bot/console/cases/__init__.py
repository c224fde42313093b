"""Cases: the list, a case, and the work on it."""
