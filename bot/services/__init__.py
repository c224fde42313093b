"""Verbs: what Wegweiser does, in order. One public function per file; the outside is reached through ports."""
