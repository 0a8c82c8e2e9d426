"""What the comparison of a corpus finds: all claims about its groups, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.claims.corpus.copies import copy_findings
from analysis.claims.corpus.events import event_findings
from analysis.claims.corpus.opening import opening_findings, scope_findings
from analysis.claims.corpus.reading import reading_findings
from analysis.claims.corpus.terms import term_findings
from analysis.claims.corpus.voices import voice_findings

_FOUND = (
    opening_findings, copy_findings, event_findings, term_findings, reading_findings, voice_findings, scope_findings,
)  # fmt: skip


def find_group_claims(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State everything that the tables of groups let the report say, in the order in which it is read.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `compare_groups` gives.
    parameters : mapping
        The run's settings, of `corpus_settings`.

    Returns
    -------
    list of Claim
    """
    return [claim for find in _FOUND for claim in find(tables, parameters)]
