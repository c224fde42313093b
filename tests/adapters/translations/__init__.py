"""What translators get and send back, and files that mean harm."""
