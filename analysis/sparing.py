"""Imported for what it does, before papermill or nbconvert is: it spares the longest of all that they import."""

import sys

# On import, jsonschema builds 38 grammars of web addresses, for a format that no notebook is checked for; that takes
# longer than all else that is imported here. A module that is None counts as one that is not installed.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
