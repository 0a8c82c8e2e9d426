"""The choices of an exploration, as widgets: sources, groups, voices, what counts as a statement."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pandas as pd
from markupsafe import Markup

from analysis.attribution.counts import STATEMENTS
from analysis.corpus import rejection_lines, warning_lines
from analysis.inputs.files import InputError
from analysis.live.calls import TABLES, Call, failed, sentence, write_code
from analysis.live.counted import show_chosen
from analysis.live.exploration import Exploration
from analysis.live.panel import Panel
from analysis.live.turns import in_turn
from analysis.live.uploads import keep_uploads
from analysis.live.writer import LEADS, PANEL, CodeWriter
from analysis.nouns import how_many
from analysis.show.shown import Shown, joined, remark
from analysis.show.views import show_coverage
from analysis.voices import SPOKEN, chosen_voices

#: Columns that are none to compare by.
_NO_GROUPS = ("article_id", "group", "title", "url", "path", "text")
#: Said of all else where something could not be done.
_STANDS = "All stands as before."
#: What the table of what was read counts.
_OF_ALL = "This table counts the words of all voices, and statements that were made, whatever is chosen above."
_ENGINES = (("trained model", "accurate"), ("rules", "rules"), ("none: attributed text is the author's", "none"))


class ChoicesPanel(Panel):
    """What is read and how it is counted; each change makes all other panels anew."""

    def __init__(self, exploration: Exploration) -> None:
        self._exploration = exploration
        self._held = False
        style, wide = {"description_width": "8rem"}, widgets.Layout(width="28rem", max_width="calc(100% - 4px)")
        self.sources = widgets.Textarea(description="Sources", rows=2, style=style, layout=wide)
        self.read = widgets.Button(description="Read", tooltip="Read the files and folders named, one in each line")
        self.upload = widgets.FileUpload(
            description="Upload files", multiple=True, tooltip="Read these in place of the sources that are named"
        )
        self.groups = widgets.Dropdown(description="Groups", style=style, layout=wide)
        self.voices = widgets.SelectMultiple(
            description="Voices", options=SPOKEN, rows=len(SPOKEN), style=style, layout=wide
        )
        statements = [(what, name) for name, what in STATEMENTS.items()]
        self.statements = widgets.Dropdown(description="Statements", options=statements, style=style, layout=wide)
        self.engine = widgets.Dropdown(description="Attribution", options=_ENGINES, style=style, layout=wide)
        self.state = widgets.HTML()
        self.read.on_click(lambda _: self._open(self.sources.value.strip()))
        self.upload.observe(lambda _: self._uploaded(), "value")
        self.groups.observe(lambda change: self._choose(group_by=change["new"]), "value")
        self.voices.observe(lambda change: self._speak(change["new"]), "value")
        self.statements.observe(lambda change: self._choose(statements=change["new"]), "value")
        self.engine.observe(lambda change: self._choose(attribution=change["new"]), "value")
        buttons = widgets.HBox([self.read, self.upload])
        chosen = [self.groups, self.voices, self.statements, self.engine]
        self.writer = CodeWriter()
        self.button = self.writer.button(self._code, "Put the code that opens the same articles into a new cell")
        parts = [self.sources, buttons, *chosen, self.state, self.button, self.writer]
        super().__init__(widgets.VBox(parts), exploration.follow(self.refresh, first=True))
        for name in (PANEL, LEADS):
            self.widget.add_class(name)
        self.refresh()

    @in_turn
    def refresh(self) -> None:
        """Show the choices as they are, and what they give."""
        choices = self._exploration.choices
        self._held = True
        try:
            self.sources.value = choices.sources
            offered = groupings(self._exploration.articles)
            if choices.group_by and choices.group_by not in offered:
                offered.append(choices.group_by)
            self.groups.options = [("each article by itself", ""), *((name, name) for name in offered)]
            self.groups.value = choices.group_by
            self.voices.value = chosen_voices(choices.voices)
            self.statements.value = choices.statements
            engines = dict(_ENGINES).values()
            if choices.attribution not in engines:
                self.engine.options = [*_ENGINES, (choices.attribution, choices.attribution)]
            self.engine.value = choices.attribution
        finally:
            self._held = False
        self._stands = self._state()
        self.state.value = self._stands._repr_html_()

    @in_turn
    def _uploaded(self) -> None:
        if self._held or not self.upload.value:
            return
        try:
            folder = keep_uploads(self.upload.value)
        except Exception as error:
            self._refuse(error)
        else:
            self._open(folder)
        self._held = True
        self.upload.value = ()
        self._held = False

    def _open(self, sources: str) -> None:
        """Read other sources; by what the last ones were grouped, these may not have."""
        same = sources == self._exploration.choices.sources
        self._choose(**{"sources": sources} if same else {"sources": sources, "group_by": ""})

    @in_turn
    def _speak(self, voices: tuple[str, ...]) -> None:
        """Count other voices; where none is chosen, all are, which is said in place."""
        if self._held:
            return
        done = self._choose(voices=_setting(voices))
        if done and not voices:
            all_voices = how_many(len(chosen_voices()), "voice")
            said = remark(f"No voice was chosen: all {all_voices} are searched, without what was set aside.")
            self.state.value = joined([said, self._stands])._repr_html_()

    @in_turn
    def _choose(self, **changes: Any) -> bool:
        """Carry a choice out, and return whether that could be done."""
        if self._held:
            return False
        again = changes.get("sources") == self._exploration.choices.sources and not self._exploration.problem
        with self.writer.working():
            try:
                self._exploration.choose(**changes)
            except (Exception, KeyboardInterrupt) as error:
                self.refresh()
                refusal = error if isinstance(error, Exception) else InputError("it was interrupted")
                self._refuse(refusal, "What was read there before stands." if again else _STANDS)
                return False
        return True

    def _refuse(self, error: Exception, stands: str = _STANDS) -> None:
        """Say what could not be done, above what stands as before."""
        text = f"{sentence(error)} {stands}"
        said = Shown(str(Markup('<p class="none"><b>Not done.</b> {}</p>').format(text)), f"Not done. {text}")
        trace = failed(error)
        unforeseen = [trace] if trace != remark(sentence(error)) else []
        self.state.value = joined([said, *unforeseen, self._stands])._repr_html_()

    def still(self) -> Shown:
        """Return what was read, and what is searched of it."""
        return self._stands

    def _code(self) -> str:
        """The call that opens the same with the same choices, and shows what is searched, if there is anything."""
        compared = not self._exploration.problem and "coverage" in self._exploration.tables
        return write_code([Call("show_coverage", (TABLES,))] if compared else [], self._exploration)

    def _state(self) -> Shown:
        exploration = self._exploration
        if exploration.problem:
            return remark(f"{exploration.problem}. Name other sources, or upload files.")
        said = [f"{how_many(len(exploration.articles), 'article')} read."]
        said += [f"{line}." for line in (*rejection_lines(exploration.ledger), *warning_lines(exploration.ledger))]
        if len(exploration.articles) == 1:
            said.append("To compare it, name another source too, in a line of its own.")
        parts = [remark(line) for line in said]
        try:
            parts += [show_coverage(exploration.tables), remark(_OF_ALL), show_chosen(exploration)]
        except Exception as error:
            parts.append(failed(error))
        return joined(parts)


def groupings(articles: pd.DataFrame) -> list[str]:
    """Name the columns by which these articles can be compared: two values or more, not one for each article.

    Examples
    --------
    >>> rows = {"article_id": ["1", "2", "3"], "outlet": ["A", "B", "B"], "label": [None, None, None]}
    >>> groupings(pd.DataFrame(rows))
    ['outlet']
    """
    named = [name for name in articles if name not in _NO_GROUPS]
    return [str(name) for name in named if articles[name].nunique(dropna=False) > 1 and articles[name].notna().any()]


def _setting(voices: tuple[str, ...]) -> str:
    """The setting that names these voices; all, if none is chosen."""
    return "all" if not voices or tuple(voices) == chosen_voices() else ", ".join(voices)
