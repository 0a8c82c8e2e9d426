"""What a row is: every table of the package, declared once.

Declared by subject in the modules beside this one; `TABLES` lists them in the order of the codebook.
"""

from __future__ import annotations

from analysis.tables.comparisons import ATTRIBUTION_COUNTS, COVERAGE, DETECTABLE, KEYNESS, READABILITY_BY_GROUP, SOURCES
from analysis.tables.measures import (
    ATTRIBUTIONS,
    CONCORDANCE,
    METRICS,
    READABILITY,
    SENTENCE_TERMS,
    SPANS,
    SURFACE_FORMS,
    TERM_COUNTS,
)
from analysis.tables.texts import (
    ARTICLES,
    BODY_KINDS,
    LEDGER,
    NOTES,
    REGIONS,
    SENTENCE_COUNTS,
    SENTENCES,
    VOICES,
)

TABLES = (
    ARTICLES, REGIONS, SENTENCES, VOICES, SENTENCE_TERMS, TERM_COUNTS, READABILITY, ATTRIBUTIONS, SPANS, NOTES,
    SURFACE_FORMS, KEYNESS, DETECTABLE, READABILITY_BY_GROUP, ATTRIBUTION_COUNTS, SOURCES, COVERAGE, CONCORDANCE, LEDGER,
)  # fmt: skip

__all__ = [
    "ARTICLES", "ATTRIBUTIONS", "ATTRIBUTION_COUNTS", "BODY_KINDS", "CONCORDANCE", "COVERAGE", "DETECTABLE", "KEYNESS",
    "LEDGER", "METRICS", "NOTES", "READABILITY", "READABILITY_BY_GROUP", "REGIONS", "SENTENCES", "SENTENCE_COUNTS",
    "SENTENCE_TERMS", "SOURCES", "SPANS", "SURFACE_FORMS", "TABLES", "TERM_COUNTS", "VOICES",
]  # fmt: skip
