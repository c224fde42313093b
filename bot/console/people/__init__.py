"""People and entry: signing in, invitations, accounts."""
