"""The event check: its verdict on each two texts, its evidence, and its rule."""

from __future__ import annotations

from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.overlap.event import ACTORS, DAYS_APART, FIGURES, PAIRS, VERSIONS_FROM
from analysis.show.pairs import why_withheld, with_names, with_stretches
from analysis.show.shown import Shown, joined, remark, show_table

#: The rule of the event check, as it is printed; its figures are those that decide.
RULE = (
    f"“Same” needs all of this: the first day each text gives agrees to the date, or the weekday agrees and {FIGURES} "
    f"figures are in both; {ACTORS} actors in both, not only states; {PAIRS} pairs of aligned sentences; nothing "
    f"against it. Where {format_value(VERSIONS_FROM, '%')}\u00a0% or more of the prose of one stands in the other, "
    "they are versions of one text, and the same unless something is against it. Against it are: first days that "
    f"differ, publication dates more than {DAYS_APART} days apart, and that the actor each names most, states aside, "
    f"is not found in the other. “Related” needs {ACTORS} actors in both, not only states unless the openings "
    f"share {ACTORS} content words, or {PAIRS} pairs of aligned sentences. All else is “unclear”, and so are "
    "texts that are not both English, since names and days are looked for in English only. A day after “since”, "
    "“after” and the like, or one that names something (“the October 7 attacks”), dates no report."
)
#: How the first days of two texts stand to each other.
ONE_DAY = {
    "agree": "agree", "weekdays agree": "weekdays agree", "differ": "differ", "open": "weekday against date",
    "one side": "given by one only", "none": "given by neither",
}  # fmt: skip


def show_event_check(tables: Tables) -> Shown:
    """Show the verdict on each two texts, its counts, every piece of evidence with links, and the rule."""
    if (reason := why_withheld(tables)) is not None:
        return reason
    checks = with_names(tables, tables["event_check"])
    checks = checks.assign(dates=checks["dates"].map(ONE_DAY))
    columns = {
        "name": "Text", "other_name": "Other text", "verdict": "Verdict", "dates": "First days", "n_people": "Persons",
        "n_states": "States", "n_places": "Places", "n_organisations": "Organisations", "n_events": "Events",
        "n_names": "Other names", "n_numbers": "Figures", "n_topic_words": "Words of the openings",
        "n_aligned": "Aligned sentences", "n_against": "Against", "version_share": "Share of prose, %",
    }  # fmt: skip
    verdicts = show_table(checks, columns, "Event check: what each two texts have in common", {"version_share": "%"})
    evidence = tables["event_evidence"]
    if len(checks) > 1:
        evidence = evidence[evidence["kind"] != "topic word"]
    evidence = with_names(tables, evidence)
    evidence, links = with_stretches(tables, evidence)
    columns = {
        "item": "What",
        "kind": "Kind",
        "bearing": "Bearing",
        "name": "Text",
        "first": "There",
        "other_name": "Other text",
        "second": "There",
    }
    return joined([verdicts, show_table(evidence, columns, "Evidence of the event check", links=links), remark(RULE)])
