"""Benchmarks: what we claim, measured against what anyone would use instead."""
