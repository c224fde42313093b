"""Wegweiser: a multilingual signpost that answers from curated knowledge and takes discrimination reports."""
