"""What coordinators do with the knowledge: edit, review, publish, learn from questions, tell the news."""
