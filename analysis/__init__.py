"""Parallax: compare how articles tell the same story.

The public names, each loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PUBLIC = {
    "corpus": ("read_corpus",),
    "measures": ("measure",),
    "pipeline": ("check", "choose_article", "compare", "run_settings"),
    "corrections": ("read_corrections",),
    "excerpts": ("keep_text",),
    "terms": ("concordance",),
    "attribution.choose": ("choose_attributions",),
    "findings": ("find_claims", "write_summary"),
    "charts": ("chart_keyness", "chart_readability"),
    "charts_placebo": ("chart_placebo",),
    "charts_voices": ("chart_positions", "chart_voices"),
    "clouds": ("chart_word_clouds",),
    "show.shown": ("show_claims", "show_table"),
    "show.contexts": ("contexts", "show_collocates", "show_concordance"),
    "show.checks": ("show_robustness",),
    "show.corrections": ("show_corrections",),
    "show.engine": ("show_engine",),
    "show.event": ("show_event_check",),
    "show.dispersion": ("show_dispersion",),
    "show.evidence": ("show_evidence",),
    "show.labels": ("show_labels", "show_names"),
    "show.overlap": ("show_actors", "show_aligned", "show_shared"),
    "show.paragraphs": ("show_paragraphs",),
    "show.said": ("show_said",),
    "show.wording": ("show_wording",),
    "show.terms": ("show_terms",),
    "show.texts": ("show_articles",),
    "show.views": (
        "show_article_readability", "show_attributions", "show_common_terms", "show_counted", "show_coverage",
        "show_detectable", "show_headlines",
        "show_inputs", "show_notes", "show_phrases", "show_readability", "show_removed", "show_settings",
        "show_sources", "show_statements",
    ),
    "blind.questions": ("QUESTIONS",),
    "blind.judgement": ("open_judgements", "read_judgements", "record_judgement"),
    "blind.show": ("show_blind", "show_judgement", "show_questions"),
    "blind.export": ("judged_tables", "save_blind"),
    "lesson.aligned": ("show_alignment_steps",),
    "lesson.certainty": ("show_certainty_steps",),
    "lesson.collocates": ("show_collocate_steps",),
    "lesson.detectable": ("show_detectable_steps",),
    "lesson.differences": ("show_difference_steps",),
    "lesson.dispersion": ("show_dispersion_steps",),
    "lesson.event": ("show_event_steps",),
    "lesson.example": ("small_example", "small_pair", "small_unsaid"),
    "lesson.exercises": ("show_exercise",),
    "lesson.folding": ("show_lesson",),
    "lesson.formula": ("show_formula",),
    "lesson.intervals": ("show_interval_steps",),
    "lesson.keyness": ("show_keyness_steps",),
    "lesson.labels": ("show_label_steps",),
    "lesson.rates": ("show_rates",),
    "lesson.reading": ("show_reading_steps",),
    "lesson.shared": ("show_run_steps",),
    "lesson.shares": ("show_share_steps",),
    "lesson.shuffles": ("show_shuffles",),
    "lesson.steps": ("show_attribution_steps",),
    "lesson.voices": ("show_voice_steps", "show_voices"),
    "lesson.wording": ("show_wording_steps",),
    "lesson.words": ("show_sentences", "show_words"),
    "parts.corpora": ("corpus_settings", "made_with", "open_corpus"),
    "groups.compare": ("compare_groups",),
    "findings_groups": ("find_group_claims",),
    "charts_events": ("chart_events",),
    "show.copies": ("show_copies", "show_events"),
    "charts_groups": (
        "chart_group_months", "chart_group_readability", "chart_group_sources", "chart_group_terms",
    ),
    "show.groups": (
        "show_group_claims", "show_group_excerpts", "show_group_limits", "show_group_readability",
        "show_group_sources", "show_group_terms", "show_groups", "show_inputs_summed",
    ),
    "store": ("save_run",),
    "live.asking": ("ask_blind",),
    "live.exploration": ("explore",),
    "live.opening": ("open_panel",),
}  # fmt: skip
_MODULES = {name: module for module, names in _PUBLIC.items() for name in names}
__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"analysis has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"analysis.{_MODULES[name]}"), name)
