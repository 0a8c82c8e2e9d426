"""Copies: the same text in several articles of a corpus, whole, cut, or with other text around it."""

from analysis.copies.find import find_copies

__all__ = ["find_copies"]
