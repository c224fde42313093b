"""What pytest leaves alone here."""

collect_ignore = ["check_classifier.py"]
"""It runs in the NLU server's environment (test_classifier.py)."""
