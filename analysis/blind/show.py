"""The texts as they are read blind, what is asked of them, and answers beside figures once they are recorded."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from analysis.blind.beside import figures_beside, with_interval
from analysis.blind.judgement import has_judged, judgements_of
from analysis.blind.masks import blind_names, mask_articles, masked_stretches
from analysis.blind.passages import first_passages
from analysis.blind.questions import QUESTIONS
from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.names import FIELD_NAMES, article_names
from analysis.nouns import how_many
from analysis.show.contexts import column, side_by_side
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.show.texts import show_articles

_FOREIGN = "Dates and loaded words are looked for in English only, and not all of this text is English."
_IN_DOUBT = (
    "Masks are set by rule, and it errs on the side of hiding: a number that may be a year, a word that may be an "
    "address, and a word with a capital that is a name of an outlet or author too are masked."
)
_STAND_BESIDE = (
    "Answers and figures stand side by side, and neither decides the other. A figure counts; it knows nothing of sense."
)
#: The section of the summary that speaks of what a question asks.
_SECTIONS = {"reading": "Reading level", "voices": "Voices", "wording": "Words they choose"}


def show_blind(tables: Tables) -> Shown:
    """Show the texts side by side with names, dates and loaded words masked, in an order that says nothing.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.

    Raises
    ------
    InputError
        There are fewer than two texts, or groups are compared.
    """
    notes = tables["notes"]
    foreign = set(notes.loc[notes["subject"] == "language", "article_id"])
    columns, told = [], []
    for own, masked in zip(blind_names(tables), mask_articles(tables), strict=True):
        body = Markup("").join(_paragraph(kind, pieces) for kind, pieces in masked.paragraphs)
        body += Markup('<p class="none">{}</p>').format(_FOREIGN) if own in foreign else Markup("")
        columns.append(column(masked.name, body, level=3))
        told.append("\n\n".join([masked.name, masked.text, *([_FOREIGN] if own in foreign else [])]))
    notice = remark(_IN_DOUBT)
    return Shown(f"{side_by_side(columns)}{notice.html}", "\n\n\n".join([*told, notice.text]))


def _paragraph(kind: str, pieces: Sequence[tuple[str, bool]]) -> Markup:
    inner = Markup("").join(
        Markup('<span class="withheld">{}</span>').format(piece) if is_block else Markup.escape(piece)
        for piece, is_block in pieces
    )
    return Markup("<p><b>{}</b></p>" if kind in ("title", "heading") else "<p>{}</p>").format(inner)


def show_questions(tables: Tables) -> Shown:
    """Show what is asked of the texts, and which answers are accepted.

    Raises
    ------
    InputError
        As `show_blind`.
    """
    names = list(blind_names(tables).values())
    rows = [(one.name, one.question, ", ".join(one.accepted(names)) or "anything, or nothing") for one in QUESTIONS]
    frame = pd.DataFrame(rows, columns=["name", "question", "accepted"])
    return show_table(
        frame, {"name": "Name", "question": "Question", "accepted": "Accepted answers"}, "What is asked of the texts"
    )


def show_judgement(tables: Tables, claims: Sequence[Claim], judgements: pd.DataFrame, reader: str = "") -> Shown:
    """Show which text is which, each answer beside the figures for its question, what the masks hid, and the texts.

    A figure that counts sentences or uses leads to the first of them in its text.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    claims : sequence of Claim
        The summary, of which the sentences on the same subject are shown; may be empty.
    judgements : DataFrame
        JUDGEMENTS, of `read_judgements`.
    reader : str
        Who reads, by the name that stands with the judgement. Nothing is unmasked before this one has judged, whoever
        else has. One who gives no name, "", is a reader of that name: what others recorded lifts no mask, what somebody
        else recorded without a name does. So where several share a file, each gives a name.

    Returns
    -------
    Shown
        Until this reader has judged these texts, a sentence that says so, and nothing of what is masked. After that,
        the answers of all readers.

    Raises
    ------
    InputError
        As `show_blind`; or a judgement of these texts has an answer that they do not accept.
    """
    own = judgements_of(judgements, tables)
    if not own.empty and not has_judged(own, tables, reader):
        whose = f"by {reader}" if reader.strip() else "without a name"
        return remark(
            f"No judgement of these texts {whose} is recorded in the file: nothing is unmasked before. It holds "
            f"judgements by {how_many(own['reader'].nunique(), 'other reader')}; whoever has judged gives the name "
            "that stands with the judgement."
        )
    if own.empty:
        others = judgements["texts"].nunique()
        held = f", but of {how_many(others, 'other comparison')}" if others else ""
        return remark(
            f"When the file was read here, it held no judgement of these texts{held}: nothing is unmasked. Read the "
            "texts, answer the questions, and record the answers; when all is run again, names, dates and figures "
            "stand here."
        )
    figures = figures_beside(tables)
    parts = [_which_is_which(tables)]
    for question in QUESTIONS:
        told = own[own["question"] == question.name]
        parts.append(Shown(str(Markup("<h3>{}</h3>").format(question.question)), question.question))
        parts.append(_answers(told, tables))
        if question.kind != "free":
            parts.append(_figures(figures[figures["question"] == question.name], tables))
            parts += _sentences(claims, _SECTIONS.get(question.name))
    columns = {"text": "Text", "kind": "Mask", "stretch": "What it hid", "n": "Times"}
    hidden = show_table(masked_stretches(tables), columns, "What the masks hid; in doubt they hide")
    heading = Shown("<h3>The texts, with nothing masked</h3>", "The texts, with nothing masked")
    return joined([*parts, remark(_STAND_BESIDE), hidden, heading, show_articles(tables)])


def _which_is_which(tables: Tables) -> Shown:
    names = article_names(tables["articles"])
    articles = tables["articles"].set_index("article_id")
    rows = [
        {"text": text, "name": names[own].value, **dict(articles.loc[own, list(FIELD_NAMES)])}
        for own, text in blind_names(tables).items()
    ]
    columns = {"text": "Text", "name": "Article"} | {field: name.capitalize() for field, name in FIELD_NAMES.items()}
    return show_table(pd.DataFrame(rows, dtype="str"), columns, "Which text is which; a dash is not stated")


def _answers(told: pd.DataFrame, tables: Tables) -> Shown:
    names = article_names(tables["articles"])
    lifted = {text.lower(): names[own].value for own, text in blind_names(tables).items()}
    rows = told.assign(
        reader=[reader or "not stated" for reader in told["reader"]],
        answer=[f"{answer}: {lifted[answer]}" if answer in lifted else answer for answer in told["answer"]],
    )
    return show_table(rows, {"reader": "Reader", "answer": "Answer", "recorded": "Recorded"}, "Answers")


def _figures(rows: pd.DataFrame, tables: Tables) -> Shown:
    """A line for each figure and a column for each text; what concerns two texts has a line for each two of them."""
    rows = rows.assign(written=with_interval(rows), anchor=pd.Series(first_passages(rows, tables), rows.index, object))
    if (rows["other_id"] != "").any():
        columns = {
            "text": "Texts",
            "says": "The event check says",
            "written": "Aligned sentences",
            "n": "Evidence against",
        }
        caption, links = "Figures: what each two texts have in common", {"written": rows["anchor"].tolist()}
        return show_table(rows, columns, caption, {"n": ".0f"}, links)
    names = article_names(tables["articles"])
    wide = rows.drop_duplicates("figure")[["figure", "of"]].reset_index(drop=True)
    columns, links = {"figure": "Figure"}, {}
    for own, text in blind_names(tables).items():
        of_text = rows[rows["article_id"] == own]
        wide[text] = [f"{told}, n = {n:,.0f}" for told, n in zip(of_text["written"], of_text["n"], strict=True)]
        columns[text], links[text] = f"{text}: {names[own].value}", of_text["anchor"].tolist()
    return show_table(wide, columns | {"of": "n counts"}, "Figures", links=links)


def _sentences(claims: Sequence[Claim], section: str | None) -> list[Shown]:
    """What the summary says on a subject, each sentence with its number there."""
    numbered = [(number, claim) for number, claim in enumerate(claims, start=1) if claim.section == section]
    if not numbered:
        return []
    items = Markup("").join(Markup("<li>{} ({})</li>").format(claim.text, number) for number, claim in numbered)
    html = Markup("<p>In the summary, with the number of each sentence:</p><ul>{}</ul>").format(items)
    return [Shown(str(html), "\n".join(f"{claim.text} ({number})" for number, claim in numbered))]
