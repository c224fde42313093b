"""How well each language is understood: measured on questions that nobody trained on."""
