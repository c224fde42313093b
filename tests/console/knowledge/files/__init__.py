"""Files: differences, archives, and lists for translators."""
