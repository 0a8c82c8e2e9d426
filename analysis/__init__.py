"""Parallax: compare how articles tell the same story."""
