"""What the tables let a report say, one subject a module."""
