"""Measure a corpus of any size: part by part, in several processes, going on where a run was stopped."""
