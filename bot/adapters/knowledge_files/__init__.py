"""The curated facts as YAML files in knowledge/: reading, checking, writing, and building the knowledge base from them."""
