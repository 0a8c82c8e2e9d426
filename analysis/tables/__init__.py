"""What a row is: every table of the package, declared once.

Declared by subject in the modules beside this one; `TABLES` lists them in the order of the codebook.
"""

from __future__ import annotations

from analysis.tables.batch import BATCH
from analysis.tables.comparisons import (
    ATTRIBUTION_COUNTS,
    COVERAGE,
    DETECTABLE,
    DETECTABLE_AUTHOR,
    KEYNESS,
    KEYNESS_AUTHOR,
    READABILITY_BY_GROUP,
    SOURCES,
)
from analysis.tables.copies import COPIES, COPIES_BY_GROUP, COPY_CLUSTERS, SHARED_COPIES
from analysis.tables.corrections import CORRECTIONS
from analysis.tables.labels import LABEL_LEDGER, LABEL_VOICES, LABELS
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
from analysis.tables.overlap import (
    ACTORS_ONLY,
    ALIGNED,
    EVENT_CHECK,
    EVENT_EVIDENCE,
    FACT_PAIRS,
    FACTS,
    OVERLAP,
    SHARED_RUNS,
)
from analysis.tables.placebo import PLACEBO, PLACEBO_BY_GROUP
from analysis.tables.robustness import ANALYSES, FINDINGS_BY_ANALYSIS, ROBUSTNESS
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
from analysis.tables.wording import COLLOCATES, LOADED_WORDING, WORDING, WORDING_COUNTS

TABLES = (
    ARTICLES, REGIONS, SENTENCES, VOICES, SENTENCE_TERMS, TERM_COUNTS, READABILITY, ATTRIBUTIONS, SPANS, NOTES,
    SURFACE_FORMS, KEYNESS, KEYNESS_AUTHOR, DETECTABLE, DETECTABLE_AUTHOR, PLACEBO, PLACEBO_BY_GROUP,
    READABILITY_BY_GROUP, ATTRIBUTION_COUNTS, SOURCES, COVERAGE, CONCORDANCE, LEDGER,
    LABELS, LABEL_LEDGER, CORRECTIONS,
    ANALYSES, FINDINGS_BY_ANALYSIS, ROBUSTNESS,
    WORDING, LOADED_WORDING, WORDING_COUNTS, COLLOCATES,
    FACTS, ALIGNED, FACT_PAIRS, SHARED_RUNS, OVERLAP, ACTORS_ONLY, EVENT_CHECK, EVENT_EVIDENCE,
    COPIES, COPY_CLUSTERS, COPIES_BY_GROUP, SHARED_COPIES,
    BATCH,
)  # fmt: skip

__all__ = [
    "ACTORS_ONLY",
    "ALIGNED",
    "ANALYSES",
    "ARTICLES",
    "ATTRIBUTIONS",
    "ATTRIBUTION_COUNTS",
    "BATCH",
    "BODY_KINDS",
    "COLLOCATES",
    "CONCORDANCE",
    "COPIES",
    "COPIES_BY_GROUP",
    "COPY_CLUSTERS",
    "CORRECTIONS",
    "COVERAGE",
    "DETECTABLE",
    "DETECTABLE_AUTHOR",
    "EVENT_CHECK",
    "EVENT_EVIDENCE",
    "FACTS",
    "FACT_PAIRS",
    "FINDINGS_BY_ANALYSIS",
    "KEYNESS",
    "KEYNESS_AUTHOR",
    "LABELS",
    "LABEL_LEDGER",
    "LABEL_VOICES",
    "LEDGER",
    "LOADED_WORDING",
    "METRICS",
    "NOTES",
    "OVERLAP",
    "PLACEBO",
    "PLACEBO_BY_GROUP",
    "READABILITY",
    "READABILITY_BY_GROUP",
    "REGIONS",
    "ROBUSTNESS",
    "SENTENCES",
    "SENTENCE_COUNTS",
    "SENTENCE_TERMS",
    "SHARED_COPIES",
    "SHARED_RUNS",
    "SOURCES",
    "SPANS",
    "SURFACE_FORMS",
    "TABLES",
    "TERM_COUNTS",
    "VOICES",
    "WORDING",
    "WORDING_COUNTS",
]  # fmt: skip
