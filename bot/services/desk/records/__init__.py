"""The case log, retention, and the data of one person."""
