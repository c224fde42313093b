"""The knowledge desk: overview, editor, review and publication, questions, links, usage, news."""
