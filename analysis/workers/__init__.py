"""Work in forks of this process."""
