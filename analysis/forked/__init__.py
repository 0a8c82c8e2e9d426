"""Run a notebook, or anything else, in a fork of this process."""

import analysis.sparing  # noqa: F401, I001

# First: papermill looks for its engines when it is imported, and would find the one in here half made.
import papermill  # noqa: F401
