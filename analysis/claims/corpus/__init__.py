"""What the comparison of a corpus finds: sentences over the tables of groups."""
