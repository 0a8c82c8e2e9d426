"""Each measure worked by hand on a few sentences, then by its function: for whoever learns or teaches what is counted.

Nothing here is linked to the text of a page, since a lesson may stand beside an article that it does not speak of.
"""
