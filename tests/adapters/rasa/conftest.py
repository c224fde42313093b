"""What pytest leaves alone here."""

collect_ignore = ["check_classifier.py", "check_lines.py"]
"""They run in the NLU server's environment (test_classifier.py, test_lines.py)."""
