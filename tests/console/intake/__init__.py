"""Reports taken down by staff."""
