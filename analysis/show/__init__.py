"""What the notebooks show, made inert for a page."""
