"""Articles read blind: names, dates and loaded words masked until a reader has recorded a judgement.

Then the masks are lifted, and each answer stands beside the figures for the same question. Neither decides the other.
"""
