"""Copies: the same text in several articles of a corpus, whole, cut, or with other text around it."""
