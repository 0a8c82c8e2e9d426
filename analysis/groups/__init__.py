"""Compare groups of articles in a corpus of any size, with the article as the unit."""
