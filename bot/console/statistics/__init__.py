"""The statistics of the desk: a report per city and period."""
