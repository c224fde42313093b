"""The Rasa NLU server: its training data, its HTTP API, and the child process on an embedded start."""
