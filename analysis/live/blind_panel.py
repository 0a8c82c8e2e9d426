"""The questions on texts read blind, as a form: once the answers are recorded, and not before, the masks are lifted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

import ipywidgets as widgets
import pandas as pd
from markupsafe import Markup

from analysis.blind.export import save_blind
from analysis.blind.judgement import record_judgement
from analysis.blind.masks import blind_names
from analysis.blind.questions import QUESTIONS, Question
from analysis.blind.show import show_blind, show_judgement, show_questions
from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.inputs.files import InputError
from analysis.live.form import FormKeeper
from analysis.live.scripts import rules
from analysis.live.writer import PANEL
from analysis.show.shown import Shown, remark
from analysis.show.style import styled

#: Labels are whole questions: they stand above their fields and are not cut.
_LOOK = rules("blind")
_CLASS = "parallax-blind"
_AGAIN = Markup('<details class="again"><summary>The texts, to read again</summary>{}</details>')


class BlindPanel:
    """A form that records what a reader judges of texts read blind, and then shows the answers beside the figures.

    Parameters
    ----------
    tables, judgement, reader, when, folder, claims
        As in `ask_blind`.

    Raises
    ------
    InputError
        There are fewer than two texts, or groups are compared.
    """

    def __init__(
        self,
        tables: Tables,
        judgement: str,
        reader: str = "",
        when: str = "",
        *,
        folder: str = "",
        claims: Sequence[Claim] = (),
    ) -> None:
        self._tables, self._claims = tables, claims
        self._judged: tuple[pd.DataFrame, str] | None = None  # what the file holds, and who has judged
        names = list(blind_names(tables).values())
        self.texts = widgets.HTML(styled(str(_AGAIN.format(Markup(show_blind(tables).html)))))
        self.answers = {one.name: _field(one, names) for one in QUESTIONS}
        self.reader = widgets.Text(description="Who answers", value=reader)
        self.when = widgets.Text(description="When", value=when, placeholder="as it is to be recorded, or nothing")
        self.file = widgets.Text(description="File of the judgement", value=judgement)
        self.record = widgets.Button(description="Record the judgement", button_style="primary")
        self.state, self.body = widgets.HTML(), widgets.HTML()
        self.folder = widgets.Text(description="Folder of the export", value=folder or _beside(judgement))
        self.export, self.exported = widgets.Button(description="Export"), widgets.HTML()
        entered = [*self.answers.values(), self.reader, self.when, self.file]
        self.keeper = FormKeeper(lambda: self._refusing(self.state, "recorded", self._record), entered)
        self.record.on_click(lambda _: self.keeper.ask())
        self.export.on_click(lambda _: self._refusing(self.exported, "exported", self._export))
        self.outcome = widgets.VBox([self.folder, self.export, self.exported, self.body])
        self.outcome.layout.display = "none"
        look = widgets.HTML(f"<style>{_LOOK}</style>")
        asked = [*self.answers.values(), self.reader, self.when, self.file, self.record, self.state]
        self.widget = widgets.VBox([look, self.texts, *asked, self.outcome, self.keeper])
        for name in (PANEL, _CLASS):
            self.widget.add_class(name)

    def _refusing(self, where: widgets.HTML, done: str, action: Callable[[], Shown]) -> None:
        """Do something and say that it is done; what is refused is a sentence in place, and no field changes."""
        try:
            said = action()
        except (InputError, OSError) as error:
            said = remark(f"Not {done}: {error}. What is entered stands as it was.")
        where.value = styled(str(Markup('<div role="status">{}</div>').format(Markup(said.html))))

    def _record(self) -> Shown:
        if self._judged is not None:
            raise InputError(
                "a judgement is recorded before the masks are lifted; found them lifted, another reader opens the "
                "notebook anew, with a name of their own"
            )
        answers = {name: field.value for name, field in self.answers.items()}
        path, reader = self.file.value.strip(), self.reader.value
        judgements = record_judgement(path, self._tables, answers, reader, self.when.value)
        self.body.value = show_judgement(self._tables, self._claims, judgements, reader)._repr_html_()
        self._judged, self.texts.value = (judgements, reader), ""
        self.outcome.layout.display = ""
        for field in (*self.answers.values(), self.reader, self.when, self.file):
            field.disabled = True
        return remark(f"The judgement is recorded in {path}. The masks are lifted; answers and figures stand below.")

    def _export(self) -> Shown:
        if self._judged is None:
            raise InputError("what is exported is a judgement of these texts; found none, it is recorded first")
        folder = self.folder.value.strip()
        if not folder:
            raise InputError(
                "an export goes to a folder; found no name of one, a path such as 'outputs/mine' is accepted"
            )
        made = save_blind(folder, self._tables, self._claims, *self._judged)
        return remark(f"Exported to the folder {folder}: {', '.join(path.name for path in made)}.")

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Give the form, and for programs that show none what is asked."""
        plain = show_questions(self._tables)
        return {**self.widget._repr_mimebundle_(), "text/html": plain._repr_html_(), "text/plain": plain.text}


def _field(question: Question, names: Sequence[str]) -> Any:
    """The field of a question, with the question itself as its label."""
    accepted = question.accepted(names)
    if not accepted:
        return widgets.Textarea(description=question.question, rows=3, placeholder="anything, or nothing")
    return widgets.Dropdown(
        description=question.question, options=[("choose an answer", ""), *((a, a) for a in accepted)]
    )


def _beside(judgement: str) -> str:
    """The folder beside a file that is called as it is.

    Examples
    --------
    >>> _beside("outputs/judgement.csv")
    'outputs/judgement-export'
    """
    path = PurePosixPath(judgement.strip() or "outputs/judgement.csv")
    return str(path.with_name(f"{path.stem}-export"))
