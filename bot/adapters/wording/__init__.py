"""What the bot says, from the Babel catalogues in responses/."""
