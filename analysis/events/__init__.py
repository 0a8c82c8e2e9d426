"""Events: which articles of a corpus tell of one thing, and which groups cover it."""
