"""The staff door: the case desk for the Ombuds function, and who may enter it."""
