"""Field encryption: what a person wrote is unreadable without the keys."""
