"""Many reports in one go: which there are, which of them are made already, and what became of each."""
