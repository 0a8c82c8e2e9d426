"""What is counted under the present choices: how many words are searched, and how many attributions are statements."""

from __future__ import annotations

from collections import Counter

from analysis.attribution.counts import STATEMENTS, asserted_statements, counted_as
from analysis.chosen import listing
from analysis.live.exploration import Exploration
from analysis.names import group_names
from analysis.nouns import how_many
from analysis.show.shown import Shown, joined, remark
from analysis.voices import chosen_voices


def show_chosen(exploration: Exploration) -> Shown:
    """Say how many words each text has in the voices chosen, and how many of its attributions count as statements.

    Raises
    ------
    InputError
        There is nothing to compare.
    """
    tables, choices = exploration.tables, exploration.choices
    words = dict(zip(tables["detectable"]["group"], tables["detectable"]["n_words"], strict=True))
    names = group_names(tables["articles"])
    places = [f"{name} {how_many(int(words[group]), 'word')}" for group, name in names.items() if group in words]
    voices = ", ".join(chosen_voices(choices.voices))
    said = [remark(f"Searched for terms, in the voices chosen ({voices}): {listing(places)}.")]
    if choices.attribution == "none":
        return joined([*said, remark("No attributions are looked for.")])
    counted = asserted_statements(counted_as(tables["attributions"], choices.statements))
    groups = dict(zip(tables["articles"]["article_id"], tables["articles"]["group"], strict=True))
    n = Counter(counted["article_id"].map(groups))
    statements = listing([f"{name} {n[group]:,}" for group, name in names.items()])
    of = how_many(len(tables["attributions"]), "attribution")
    return joined([*said, remark(f"Counted as statements ({STATEMENTS[choices.statements]}), of {of}: {statements}.")])
