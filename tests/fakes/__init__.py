"""Hand-written stand-ins at the ports."""
