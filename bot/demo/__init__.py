"""A training desk: an invented office with two years behind it, on a scratch database."""
