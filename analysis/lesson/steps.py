"""How a statement is taken apart: its source, its cue and its content, in the sentence and as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.attribution.counts import asserted_statements, is_doubtful
from analysis.claims.cells import Tables
from analysis.lesson.folding import opening
from analysis.schema import each_article, rows_of
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.stretches import Stretches

#: Statements that are taken apart, at most.
STATEMENTS = 6
_ROLES = {"source": "b", "cue": "i", "content": "u"}


def show_attribution_steps(tables: Tables, k: int = STATEMENTS) -> Shown:
    """Show each statement in its sentence, with what is its source, cue and content named there, and then as a table.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    k : int
        Statements shown, at most, from the first.
    """
    made = asserted_statements(tables["attributions"])
    if made.empty:
        return remark("No statement was found: nobody is quoted or cited, or nothing was looked for.")
    items: list[Markup] = []
    told: list[str] = []
    for article, statements, spans, sentences in each_article(
        tables["articles"], made.head(k), tables["spans"], tables["sentences"]
    ):
        touched = Stretches(sentences)
        for row in statements:
            own = sorted((span.start, span.end, span.role) for span in spans if span.attribution == row.attribution)
            html, plain = _in_its_sentences(article.text, own, touched)
            items.append(Markup("<li>{}</li>").format(html))
            told.append(f"{len(told) + 1}. {plain}")
    rows = made.head(k).assign(number=[str(number) for number in range(1, len(told) + 1)])
    columns = {
        "number": "Statement", "kind": "Kind", "source_type": "Source", "cue": "Cue", "cue_class": "Class of the cue",
    }  # fmt: skip
    text = Shown(str(Markup("<ol>{}</ol>").format(Markup("").join(items))), "\n".join(told))
    return joined(
        [text, show_table(pd.DataFrame(rows), columns, f"Statements taken apart: {len(told)} of {len(made)}")]
    )


def _in_its_sentences(text: str, spans: list[tuple[int, int, str]], sentences: Stretches[Any]) -> tuple[Markup, str]:
    """The sentences that a statement touches, its parts marked and named."""
    around = sentences.touching(spans[0][0], max(end for _, end, _ in spans))
    at, stop = min(row.start for row in around), max(row.end for row in around)
    html, plain = Markup(""), ""
    for start, end, role in spans:
        start = max(start, at)  # parts may overlap; each character is shown once
        if end <= start:
            continue
        tag = Markup(_ROLES[role])
        html += Markup("{before}<{tag}>{part}</{tag}> <sub>{role}</sub>").format(
            before=text[at:start], tag=tag, part=text[start:end], role=role
        )
        plain += f"{text[at:start]}[{role}: {text[start:end]}]"
        at = end
    return html + Markup.escape(text[at:stop]), " ".join((plain + text[at:stop]).split())


def statements_listed(tables: Tables) -> list[str]:
    """Write every statement as one line: its source, its cue, how what is said begins, and any doubt."""
    found = asserted_statements(tables["attributions"])
    return [
        f"{_or(row.source, 'nobody named')} – {_or(row.cue, 'no cue')} – {opening(row.content)}"
        + (" (doubtful)" if doubtful else "")
        for row, doubtful in zip(rows_of(found), is_doubtful(found), strict=True)
    ]


def _or(value: Any, absent: str) -> str:
    return " ".join(value.split()) if isinstance(value, str) else absent
