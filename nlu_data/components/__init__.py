"""Wegweiser's own Rasa components."""
