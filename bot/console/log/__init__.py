"""The case log for the auditor: pages of it, a check of its chain, and a file."""
