"""Controls only choose arguments: what a panel shows is what its functions give, and what it cannot show it says."""

import datetime
import shlex
import shutil
import subprocess
import sys
import threading
from types import SimpleNamespace

import IPython
import ipywidgets
import pytest
from conftest import put
from two_articles import NORTH, SOUTH

import analysis
from analysis import open_panel
from analysis.inputs.files import InputError
from analysis.live import choices_panel, report_making, view_panel
from analysis.live.calls import show
from analysis.live.choices_panel import ChoicesPanel, groupings
from analysis.live.exploration import explore
from analysis.live.report_panel import ReportPanel
from analysis.live.view_panel import ViewPanel
from analysis.live.views import FEW, VIEWS, find_view
from analysis.live.writer import FOLLOWS, LEADS, PANEL
from analysis.show.terms import find_terms

WHEN = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def alive():
    """The widgets that the page is told of."""
    return set(ipywidgets.widgets.widget._instances)


@pytest.mark.parametrize("name", list(VIEWS))
def test_a_panel_shows_what_the_view_gives(opened, name):
    view = find_view(name)
    shown = show(view.calls(opened, view.defaults(opened)), opened)
    bundle = ViewPanel(opened, view)._repr_mimebundle_()
    assert ViewPanel(opened, view).body.value == shown._repr_html_()
    assert {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"} <= set(bundle)
    assert shown.text in bundle["text/plain"]


@pytest.mark.parametrize("name", ["choices", *VIEWS])
def test_opening_a_panel_makes_each_thing_once(opened, name, monkeypatch):
    made = []

    def counted(function, original):
        return lambda *given, **options: made.append(function) or original(*given, **options)

    for function in (one for one in analysis.__all__ if one.startswith("show_")):
        original = getattr(analysis, function)
        monkeypatch.setattr(analysis, function, counted(function, original), raising=False)
        if function == "show_coverage":
            monkeypatch.setattr(choices_panel, function, counted(function, original))
    open_panel(opened, name)._repr_mimebundle_()
    assert made
    assert len(made) == len(set(made))


def test_what_is_kept_beside_the_controls_is_what_they_show(opened):
    panel = ViewPanel(opened, find_view("terms"))
    panel.controls["term"].value = "council"
    assert "“council”" in panel.still().text
    assert "Terms with the highest z" in panel.still().text
    assert panel.still().html.endswith(show(find_view("terms").calls(opened, {"term": "council"}), opened).html)


def test_a_choice_changes_what_is_shown(opened):
    panel = ViewPanel(opened, find_view("terms"))
    panel.controls["term"].value = "ferry"
    assert panel.body.value == show(find_view("terms").calls(opened, {"term": "ferry"}), opened)._repr_html_()
    panel.controls["term"].value = "zeppelin"
    assert "not found in north" in panel.body.value


def test_what_a_panel_shows_is_an_output_of_its_own_hidden_where_the_controls_are_drawn(opened, monkeypatch):
    shown = []
    monkeypatch.setattr("analysis.live.still.display", lambda bundle, **_: shown.append(bundle))
    panel = ViewPanel(opened, find_view("overlap"))
    panel._ipython_display_()
    controls, still = shown
    assert "application/vnd.jupyter.widget-view+json" in controls
    assert "text/html" not in controls
    assert panel.body.value in still["text/html"]
    [drawn] = [name for name in panel.widget._dom_classes if name not in (PANEL, FOLLOWS)]
    assert f":root:has(.{drawn}) .still-{drawn} {{ display: none; }}" in still["text/html"]
    assert f'class="still-{drawn}"' in still["text/html"]
    assert still["text/html"].count("Run this cell to have its controls.") == 1


def test_the_table_of_terms_says_its_words_and_writes_open_ends_as_the_report_does(opened):
    told, _ = ViewPanel(opened, find_view("terms")).chooser.widget.children
    assert "Every term that is tested, in north (40 words searched), south (37 words searched)." in told.value
    rows = find_view("terms").table(explore("seeds", attribution="none"))
    intervals = rows["95 % interval"]
    assert "open" in " ".join(intervals)
    assert "inf" not in " ".join(intervals)
    lower = [float(one.split(" to ")[0].replace("−", "-").replace("open", "-inf")) for one in intervals.cat.categories]
    assert lower == sorted(lower)


@pytest.mark.parametrize(("column", "decimals"), [("Log ratio", 1), ("z", 2)])
def test_what_is_below_zero_has_one_minus_sign_and_is_sorted_by_size(opened, column, decimals):
    found = find_terms(opened.tables)
    rows = find_view("terms").table(opened)
    shown = rows[column]
    assert not any("-" in one for one in [*shown, *rows["95 % interval"]])
    assert any(one.startswith("−") for one in shown)
    numbers = [float(one.replace("−", "-")) for one in shown.cat.categories]
    assert numbers == sorted(numbers)
    held = found.set_index(["surface", "name"])["log_ratio" if column == "Log ratio" else column]
    for term, name, one in zip(rows["Term"], rows["Text"], shown, strict=True):
        assert float(one.replace("−", "-")) == pytest.approx(held[term, name], abs=0.51 * 10**-decimals)


def test_a_control_without_anything_to_choose_says_that_none_is_found(folder):
    put(folder / "north.txt", "It rains here. It rains there.")
    put(folder / "south.txt", "It snows here. It snows there.")
    panel = ViewPanel(explore(str(folder), attribution="none"), find_view("sources"))
    assert panel.controls["source"].options == (("none found", ""),)


def test_after_a_change_the_table_of_terms_is_as_one_that_is_opened_then(opened):
    panel = ViewPanel(opened, find_view("terms"))
    opened.choose(voices="author")
    changed, fresh = (one.chooser.widget.children[-1] for one in (panel, ViewPanel(opened, find_view("terms"))))
    assert changed._dt_args == fresh._dt_args


def test_a_term_that_is_typed_leaves_the_row_that_was_chosen(opened):
    panel = ViewPanel(opened, find_view("terms"))
    shown, terms = panel.chooser.widget.children[-1], find_view("terms").table(opened).iloc[:, 0].tolist()
    shown.selected_rows = [terms.index("ferry")]
    panel.controls["term"].value = "ferry"
    assert shown.selected_rows == [terms.index("ferry")]
    panel.controls["term"].value = "mill"
    assert shown.selected_rows == []
    assert "mill" in panel.body.value


def test_a_table_that_could_not_be_shown_leaves_no_widgets_behind(opened, folder):
    panel = ViewPanel(opened, find_view("terms"))
    put(folder / "north.txt", NORTH)
    put(folder / "south.txt", SOUTH)
    counts = []
    for _ in range(3):
        opened.choose(sources=str(folder / "north.txt"))
        assert "compare" in panel.chooser.widget.children[0].value
        assert len(panel.chooser.widget.children) == 1
        opened.choose(sources=str(folder))
        assert len(panel.chooser.widget.children) == 2
        counts.append(len(alive()))
    assert len(set(counts)) == 1


def test_a_named_file_that_changed_is_seen_by_every_panel_at_the_next_choice(folder):
    put(folder / "in" / "a.txt", "Mister Alpha came. The council said that it rained.")
    put(folder / "in" / "b.txt", "Mister Beta came. The council said that it snowed.")
    aliases = folder / "aliases.csv"
    line = "actor,kind,expression,form\nthe visitor,person,Mister {},name\n"
    put(aliases, line.format("Alpha"))
    exploration = explore(str(folder / "in"), aliases=str(aliases), attribution="rules")
    panel = ViewPanel(exploration, find_view("labels"))
    assert "Mister Alpha" in panel.body.value
    put(aliases, line.format("Beta"))
    exploration.choose(voices="author")
    assert "Mister Beta" in panel.body.value
    assert "Mister Alpha" not in panel.body.value


def test_a_row_that_is_chosen_sets_the_term(opened):
    panel = ViewPanel(opened, find_view("terms"))
    terms = find_view("terms").table(opened).iloc[:, 0].tolist()
    panel.chooser.widget.children[-1].selected_rows = [terms.index("ferry")]
    assert panel.controls["term"].value == "ferry"
    assert "“ferry”" in panel.body.value


def test_the_button_writes_the_call_of_what_is_shown(opened):
    panel = ViewPanel(opened, find_view("sources"))
    panel.controls["source"].value = "Ada Moor"
    panel.button.click()
    assert panel.writer.asked == 1
    assert "show_said(opened.tables, 'Ada Moor')" in panel.writer.code


def test_a_source_that_is_not_there_any_more_gives_way_to_the_first(opened, folder):
    panel = ViewPanel(opened, find_view("sources"))
    panel.controls["source"].value = "Ada Moor"
    put(folder / "north.txt", NORTH.replace("Ada Moor", "Eve Lane"))
    opened.choose(sources=str(folder))
    assert panel.controls["source"].value == panel.controls["source"].options[0][1]
    assert "Ada Moor" not in panel.body.value


def test_what_takes_long_waits_to_be_asked(folder):
    for number in range(FEW):
        put(folder / f"more-{number}.txt", NORTH)
    panel = ViewPanel(explore(str(folder), attribution="rules"), find_view("claims"))
    assert "when it is asked for." in panel.body.value
    assert "when it is asked for, by show_evidence(" in panel.still().text
    panel.asking.click()
    assert "What was compared" in panel.still().text
    assert "What was compared" in panel.body.value


@pytest.mark.parametrize("failing", ["offer", "table", "view"])
def test_a_panel_that_fails_says_so_and_the_others_go_on(opened, monkeypatch, failing):
    def fails(*_, **__):
        raise KeyError("x")

    first, other = ViewPanel(opened, find_view("terms")), ViewPanel(opened, find_view("sources"))
    if failing == "offer":
        offer = view_panel._offer
        own = [*first.controls.values()]
        monkeypatch.setattr(
            view_panel, "_offer", lambda widget, *given: (fails if widget in own else offer)(widget, *given)
        )
    elif failing == "table":
        monkeypatch.setattr(first.chooser, "_table", fails)
    else:
        monkeypatch.setattr("analysis.show_concordance", fails)
    opened.choose(group_by="outlet")
    said = first.chooser.widget.children[0].value if failing == "table" else first.body.value
    assert "This cannot be shown: KeyError: &#39;x&#39;." in said
    assert "Traceback (most recent call last)" in said
    assert "in fails" in said
    assert "Gazette" in other.body.value


def test_an_error_in_what_can_be_chosen_is_seen(opened, monkeypatch):
    def fails(_):
        raise KeyError("<x>")

    panel = ViewPanel(opened, find_view("sources"))
    monkeypatch.setattr("analysis.live.views.sources_with_doubt", fails)
    panel.refresh()
    assert "This cannot be shown: KeyError: &#39;&lt;x&gt;&#39;." in panel.body.value
    assert "in fails" in panel.body.value


def test_a_link_is_followed_by_every_panel_of_texts_and_first_catches_up_one_that_rests(opened, folder):
    resting, seen = (ViewPanel(opened, VIEWS["texts"]) for _ in range(2))
    resting.writer.seen = 0
    put(folder / "a.txt", "The mill burned. The mayor left.\n")
    put(folder / "b.txt", "The mill stood. The mayor stayed.\n")
    opened.choose(sources=str(folder))
    opened.lead_to("a1-s2")
    first = opened.articles["article_id"].iloc[0]
    assert [panel.controls["article"].value for panel in (resting, seen)] == [first, first]


def test_who_fails_at_a_link_costs_no_other(opened):
    def fail(*_):
        raise KeyError("x")

    reached = []
    opened.follow_links(fail)
    opened.follow_links(lambda *where: reached.append(where))
    with pytest.warns(UserWarning, match="failed: KeyError: 'x'"):
        opened.lead_to("a1-s1")
    assert len(reached) == 1


class TestPlaces:
    """A panel follows the choices as long as it can be seen."""

    @pytest.fixture
    def run(self, monkeypatch):
        """Run a cell that opens a panel: `cell` is its id, empty where nobody says; each run is another."""
        runs = []

        def run(cell, exploration, *names):
            runs.append({"metadata": {"cellId": cell}, "header": {"msg_id": f"run-{len(runs)}"}})
            monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(get_parent=lambda: runs[-1]))
            return [open_panel(exploration, name) for name in names]

        return run

    @pytest.fixture
    def following(self, opened):
        """Which panels are made anew by a change of a choice."""

        def following(*panels):
            before = [panel.body.value for panel in panels]
            opened.choose(voices="author" if opened.choices.voices == "all" else "all")
            return [panel.body.value != old for panel, old in zip(panels, before, strict=True)]

        return following

    @pytest.mark.parametrize("cell", ["a1", ""], ids=["the cell is known", "nobody says which cell runs"])
    def test_a_cell_that_is_run_again_leaves_one_panel(self, run, following, opened, cell):
        [first] = run(cell, opened, "terms")
        [second] = run(cell, opened, "terms")
        [third] = run(cell, opened, "terms")
        assert following(first, second, third) == [False, False, True]
        assert len(opened._followers) == 1

    @pytest.mark.parametrize("name", ["choices", "texts", "report"])
    def test_so_it_is_with_every_panel(self, run, opened, name):
        for _ in range(3):
            run("a1", opened, name)
        assert len(opened._followers) == 1
        assert len(opened._reached) == (name == "texts")

    def test_another_cell_has_a_panel_of_its_own(self, run, following, opened):
        [first], [second] = run("a1", opened, "terms"), run("b2", opened, "terms")
        assert following(first, second) == [True, True]
        first.controls["term"].value = "council"
        assert "“council”" in first.body.value
        assert "“council”" not in second.body.value

    def test_one_run_may_open_several(self, run, following, opened):
        first, other, same = run("a1", opened, "terms", "claims", "terms")
        assert following(first, other, same) == [True, True, True]
        run("a1", opened, "choices")
        assert len(opened._followers) == 1

    def test_other_articles_opened_in_the_same_cells_leave_no_panel_of_the_first(self, run, opened, folder):
        run("a1", opened, "terms")
        run("a1", explore(str(folder), attribution="rules"), "terms")
        assert opened._followers == []

    def test_where_nobody_says_which_cell_runs_another_panel_or_exploration_keeps_its_own(self, run, opened, folder):
        run("", opened, "terms", "claims")
        run("", explore(str(folder), attribution="rules"), "terms")
        assert len(opened._followers) == 2

    def test_a_panel_whose_widget_is_closed_leaves_nothing(self, opened):
        other = ViewPanel(opened, find_view("terms"))
        kept = alive()
        for kind in (ChoicesPanel, ReportPanel, lambda opened: ViewPanel(opened, find_view("texts"))):
            kind(opened).widget.close()
        assert alive() == kept
        assert len(opened._followers) == 1
        opened.choose(voices="author")
        other.controls["term"].value = "ferry"
        assert "“ferry”" in other.body.value


class TestChoices:
    @pytest.mark.parametrize("error", [KeyError("x"), MemoryError()])
    def test_what_nobody_foresaw_is_a_sentence_and_all_stands(self, opened, monkeypatch, error):
        def fails(*_, **__):
            raise error

        panel, before = ChoicesPanel(opened), opened.choices
        monkeypatch.setattr("analysis.live.choices.run_settings", fails)
        panel.voices.value = ("author",)
        assert "<b>Not done.</b> This cannot be shown" in panel.state.value
        assert "2 articles read" in panel.state.value
        assert opened.choices == before

    def test_a_column_that_is_not_offered_can_be_chosen_in_code(self, folder):
        put(folder / "articles.csv", "article_id,url\nnorth,u1\nsouth,u2\n")
        panel = ChoicesPanel(explore(str(folder), attribution="rules", group_by="url"))
        assert panel.groups.value == "url"
        panel.groups.value = ""
        assert "url" not in panel.groups.options

    def test_each_control_sets_its_choice(self, opened):
        panel = ChoicesPanel(opened)
        panel.voices.value = ("author", "quoted")
        panel.groups.value = "outlet"
        panel.statements.value = "all"
        panel.engine.value = "none"
        panel.voices.value = ("author", "headline", "attributed", "quoted")
        chosen = opened.choices
        assert (chosen.voices, chosen.group_by, chosen.statements, chosen.attribution) == (
            "all",
            "outlet",
            "all",
            "none",
        )

    def test_no_voice_at_all_counts_all(self, opened):
        panel = ChoicesPanel(opened)
        panel.voices.value = ("author",)
        assert "No voice was chosen" not in panel.state.value
        panel.voices.value = ()
        assert "No voice was chosen: all 4 voices are searched" in panel.state.value
        assert "2 articles read" in panel.state.value
        assert opened.choices.voices == "all"
        assert panel.voices.value == ("author", "headline", "attributed", "quoted")

    def test_no_voice_that_cannot_be_counted_says_why(self, opened, monkeypatch):
        panel = ChoicesPanel(opened)
        panel.voices.value = ("author",)

        def refuse(**_):
            raise InputError("the ferry is late")

        monkeypatch.setattr(opened, "choose", refuse)
        panel.voices.value = ()
        assert "<b>Not done.</b> The ferry is late." in panel.state.value
        assert "No voice was chosen" not in panel.state.value
        assert panel.voices.value == ("author",)

    def test_what_is_counted_follows_the_choices_and_the_table_says_that_it_does_not(self, opened, folder):
        put(folder / "north.txt", NORTH + "The council believes the ferry was slow.\n")
        opened.choose(sources=str(folder))
        panel = ChoicesPanel(opened)
        assert "counts the words of all voices, and statements that were made, whatever is chosen" in panel.still().text
        assert "(author, headline, attributed, quoted): north 47 words, south 37 words." in panel.still().text
        counted = "Counted as statements ({}), of 5 attributions: north {}, south {}."
        assert counted.format("statements that were made", 3, 1) in panel.still().text
        opened.choose(voices="headline", statements="attitudes")
        assert "(headline): north 3 words, south 2 words." in panel.still().text
        assert counted.format("statements that were made, and beliefs and wishes", 4, 1) in panel.still().text

    def test_without_an_engine_no_attributions_are_counted(self, opened):
        panel = ChoicesPanel(opened)
        opened.choose(attribution="none")
        assert "No attributions are looked for." in panel.still().text
        assert "Counted as statements" not in panel.still().text

    def test_the_panel_of_the_choices_is_made_anew_before_those_that_follow(self, opened):
        shown = []
        view = ViewPanel(opened, find_view("terms"))
        choices = ChoicesPanel(opened)
        view.body.observe(lambda _: shown.append("view"), "value")
        choices.state.observe(lambda _: shown.append("choices"), "value")
        choices.voices.value = ("author",)
        assert shown == ["choices", "view"]
        assert LEADS in choices.widget._dom_classes
        assert FOLLOWS in view.widget._dom_classes

    def test_the_page_is_told_when_the_kernel_works(self, opened, monkeypatch):
        panel, sent = ChoicesPanel(opened), []
        monkeypatch.setattr(panel.writer, "send", lambda message: sent.append((message, opened.choices.voices)))
        panel.voices.value = ("author",)
        monkeypatch.setattr(opened, "choose", lambda **_: {}["x"])
        panel.voices.value = ("quoted",)
        begun, done = {"working": True}, {"working": False}
        assert sent == [(begun, "all"), (done, "author"), (begun, "author"), (done, "author")]

    def test_sources_that_are_not_there_are_named_and_all_stands(self, opened):
        panel = ChoicesPanel(opened)
        before = opened.choices
        panel.sources.value = "nowhere"
        panel.read.click()
        assert "nowhere" in panel.state.value
        assert "All stands as before" in panel.state.value
        assert opened.choices == before
        assert panel.sources.value == before.sources

    def test_a_folder_that_is_gone_is_named_and_what_was_read_there_stands(self, opened, folder):
        panel = ChoicesPanel(opened)
        shutil.rmtree(folder)
        panel.read.click()
        assert "<b>Not done.</b> No file or folder" in panel.state.value
        assert "What was read there before stands." in panel.state.value
        assert "2 articles read" in panel.state.value

    def test_other_sources_are_not_grouped_by_what_the_last_ones_had(self, opened, tmp_path):
        panel = ChoicesPanel(opened)
        panel.groups.value = "outlet"
        panel.read.click()
        assert opened.choices.group_by == "outlet"
        panel.sources.value = str(put(tmp_path / "other" / "a.txt", NORTH).parent)
        panel.read.click()
        assert opened.choices.group_by == ""
        assert "1 article read" in panel.state.value

    def test_uploaded_files_are_read(self, opened, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        panel = ChoicesPanel(opened)
        panel.upload.value = [
            {"name": "a.txt", "type": "", "size": 4, "content": memoryview(b"One."), "last_modified": WHEN}
        ]
        assert opened.articles["text"].tolist() == ["One."]
        assert panel.upload.value == ()
        assert "1 article read" in panel.state.value
        assert "two articles or more" in panel.state.value

    @pytest.mark.parametrize(
        ("changes", "shown"),
        [
            pytest.param({}, True, id="as they are first"),
            pytest.param({"group_by": "outlet", "voices": "author", "statements": "all"}, True, id="changed"),
            pytest.param({"voices": "author"}, False, id="one article, of which nothing is compared"),
        ],
    )
    def test_the_call_opens_the_same_with_the_same_choices(self, opened, folder, changes, shown):
        panel = ChoicesPanel(opened)
        opened.choose(**changes)
        if not shown:
            opened.choose(sources=str(folder / "north.txt"))
        panel.button.click()
        made = {}
        exec(panel.writer.code, made)
        assert made["opened"].choices == opened.choices
        assert made["opened"].articles.equals(opened.articles)
        assert ("show_coverage(opened.tables)" in panel.writer.code) == shown

    def test_the_call_of_what_could_not_be_read_is_written_too(self):
        panel = ChoicesPanel(explore("nowhere"))
        panel.button.click()
        assert panel.writer.code == "from analysis import explore\n\nopened = explore('nowhere')"

    def test_where_nothing_could_be_read_it_asks_for_other_sources(self, folder):
        nothing = explore("nowhere", attribution="rules")
        panel = ChoicesPanel(nothing)
        assert "Name other sources" in panel.state.value
        panel.sources.value = str(folder)
        panel.read.click()
        assert "2 articles read" in panel.state.value

    def test_articles_are_compared_by_what_differs(self, opened):
        assert groupings(opened.articles) == ["outlet"]


class TestReport:
    @pytest.mark.parametrize(
        ("code", "stderr", "said"),
        [
            pytest.param(0, "", "The report is made.", id="made"),
            pytest.param(3, "rejected: x", "some inputs were rejected", id="made without some inputs"),
            pytest.param(6, "a\nnothing could be analysed", "No report was made: nothing could be analysed", id="none"),
            pytest.param(1, "", "it ended with code 1", id="without a word"),
        ],
    )
    def test_it_says_how_it_ended(self, opened, monkeypatch, code, stderr, said):
        asked = []

        def done(command, **_):
            asked.append(command)
            return subprocess.CompletedProcess(command, code, "", stderr)

        monkeypatch.setattr(report_making.subprocess, "run", done)
        panel = ReportPanel(opened)
        panel.output.value = "outputs/x"
        panel.start().join()
        assert said in panel.state.value
        assert asked[0][:4] == [sys.executable, "-m", "analysis", "report"]
        assert asked[0][asked[0].index("--output") + 1] == "outputs/x"
        assert bool(panel.link.outputs) == (code in (0, 3))
        assert not panel.button.disabled

    def test_it_names_the_command(self, opened):
        panel = ReportPanel(opened)
        opened.choose(voices="author", statements="all")
        assert "-p voices author" in panel.command.value
        assert "whatever counts as one here" in panel.command.value

    def test_the_code_that_is_written_runs_what_the_button_runs(self, opened, monkeypatch):
        asked = []

        def done(command, **_):
            asked.append(command)
            return subprocess.CompletedProcess(command, 0, "", "")

        monkeypatch.setattr(subprocess, "run", done)
        panel = ReportPanel(opened)
        panel.output.value = 'it\'s "mine"'
        opened.choose(voices="author")
        panel.start().join()
        panel.write.click()
        exec(panel.writer.code, {})
        assert asked[0] == asked[1]
        assert {'it\'s "mine"', "author"} < set(asked[0])

    def test_the_command_is_one_for_a_shell(self, opened):
        panel = ReportPanel(opened)
        panel.output.value = "it's $HOME"
        assert "--output &#39;it&#39;&#34;&#39;&#34;&#39;s $HOME&#39;" in panel.command.value
        panel.output.value = " "
        assert "--output outputs/explore" in panel.command.value

    def test_asked_for_twice_it_is_made_once_and_says_so_meanwhile(self, opened, monkeypatch):
        asked, go_on = [], threading.Event()

        def slow(command, **_):
            asked.append(command)
            go_on.wait(20)
            return subprocess.CompletedProcess(command, 0, "", "")

        monkeypatch.setattr(report_making.subprocess, "run", slow)
        panel = ReportPanel(opened)
        first, second = panel.start(), panel.start()
        opened.choose(voices="author")
        assert "being made" in panel.state.value
        go_on.set()
        first.join()
        assert first is second
        assert len(asked) == 1
        assert "The report is made." in panel.state.value

    def test_the_link_leads_to_a_folder_of_any_name(self, opened, monkeypatch):
        monkeypatch.setattr(
            report_making.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0, "", "")
        )
        panel = ReportPanel(opened)
        panel.output.value = "100% <b>#1"
        panel.start().join()
        [shown] = panel.link.outputs
        assert shown["data"]["text/html"] == (
            '<p>Open <a href="100%25%20%3Cb%3E%231/report.html" target="_blank">100% &lt;b&gt;#1/report.html</a>. '
            "A tab that shows an earlier report of this folder keeps it until it is reloaded.</p>"
        )

    def test_a_report_of_other_choices_says_of_which(self, opened, monkeypatch):
        monkeypatch.setattr(
            report_making.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0, "", "")
        )
        panel = ReportPanel(opened)
        made = shlex.join(panel._command())
        panel.start().join()
        assert "other choices" not in panel.state.value
        before = opened.choices.voices
        opened.choose(voices="author")
        assert f"That is of other choices: python -m analysis {made}." in panel.state.value
        opened.choose(voices=before)
        assert "other choices" not in panel.state.value

    def test_what_stops_it_from_beginning_is_said(self, opened, monkeypatch):
        def fails(*_, **__):
            raise OSError(12, "Cannot allocate memory")

        monkeypatch.setattr(report_making.subprocess, "run", fails)
        panel = ReportPanel(opened)
        panel.start().join()
        assert "No report was made." in panel.state.value
        assert "This cannot be shown: not enough memory." in panel.state.value
        assert not panel.button.disabled

    def test_what_nobody_foresaw_is_said_with_its_traceback(self, opened, monkeypatch):
        def fails(*_, **__):
            raise KeyError("<x>")

        monkeypatch.setattr(report_making.subprocess, "run", fails)
        panel = ReportPanel(opened)
        panel.start().join()
        assert "This cannot be shown: KeyError: &#39;&lt;x&gt;&#39;." in panel.state.value
        assert "Traceback (most recent call last)" in panel.state.value
        assert not panel.button.disabled

    def test_a_panel_opened_meanwhile_and_one_opened_later_show_the_same_report(self, opened, folder, monkeypatch):
        begun, go_on = threading.Event(), threading.Event()

        def slow(command, **_):
            begun.set()
            go_on.wait(20)
            return subprocess.CompletedProcess(command, 0, "", "")

        monkeypatch.setattr(report_making.subprocess, "run", slow)
        first = ReportPanel(opened)
        made = first.start()
        begun.wait(20)
        first.close()
        second = ReportPanel(opened)
        assert "being made" in second.state.value
        assert second.button.disabled
        assert second.start() is made
        go_on.set()
        made.join()
        later = ReportPanel(opened)
        for panel in (second, later):
            assert "The report is made." in panel.state.value
            assert len(panel.link.outputs) == 1
            assert not panel.button.disabled
        other = ReportPanel(explore(str(folder), attribution="rules"))
        assert other.state.value == ""
        assert other.link.outputs == ()


def test_a_term_that_nobody_typed_gives_way_to_that_of_other_articles(opened, folder):
    panel = ViewPanel(opened, find_view("terms"))
    first = panel.controls["term"].value
    put(folder / "north.txt", NORTH.replace("ferry", "canal").replace("bridge", "tunnel"))
    put(folder / "south.txt", SOUTH.replace("ferry", "canal").replace("bridge", "tunnel"))
    opened.choose(sources=str(folder))
    assert panel.controls["term"].value == panel.controls["term"].options[0] != first
    panel.controls["term"].value = "council"
    opened.choose(voices="author")
    assert panel.controls["term"].value == "council"


def test_a_panel_is_made_anew_only_by_a_choice_that_concerns_it(opened):
    made = {name: ViewPanel(opened, find_view(name)) for name in VIEWS}
    for panel in made.values():
        panel.body.value = "as before"
    opened.choose(voices="author")
    assert {name for name, panel in made.items() if panel.body.value != "as before"} == {"terms", "claims"}
    opened.choose(statements="all")
    assert "as before" not in made["sources"].body.value
    assert "Counted as statements below: all attributions." in made["sources"].body.value
    opened.choose(group_by="outlet")
    assert {name for name, panel in made.items() if panel.body.value == "as before"} == {"texts"}


def test_a_panel_that_no_page_shows_any_more_is_made_anew_once_one_does(opened):
    panel = ViewPanel(opened, find_view("terms"))

    def page(**message):
        panel.writer._handle_custom_msg(message, [])

    def follows():
        before = panel.body.value
        opened.choose(voices="author" if opened.choices.voices == "all" else "all")
        return panel.body.value != before

    assert follows()  # no page has told of any place: there may be one
    page(shown=1)
    page(shown=1)
    page(shown=-1)
    assert follows()
    page(shown=-1)
    before = panel.body.value
    assert not follows()
    page(shown=1)
    assert panel.body.value != before
    assert follows()


def test_a_link_to_an_article_that_is_not_shown_has_it_shown(opened):
    texts, terms = ViewPanel(opened, find_view("texts")), ViewPanel(opened, find_view("terms"))
    texts.controls["article"].value = "north"
    sent = []
    texts.writer.send = sent.append
    terms.writer._handle_custom_msg({"wanted": "a2-s3"}, [])
    assert texts.controls["article"].value == "south"
    assert 'id="a2-s3"' in texts.body.value
    for nowhere in ("a3-s1", "a0-s1", "claim-1", "", "a1-<b>"):
        terms.writer._handle_custom_msg({"wanted": nowhere}, [])
    assert texts.controls["article"].value == "south"
    assert sent == [{"reach": "a2-s3"}]


def test_the_table_is_written_with_what_was_chosen_in_it(opened):
    panel = ViewPanel(opened, find_view("terms"))
    panel.button.click()
    assert "show_terms(opened.tables)" in panel.writer.code
    assert "exploration" not in panel.writer.code


def test_the_sources_of_one_article_can_be_chosen(folder):
    panel = ViewPanel(explore(str(folder / "north.txt"), attribution="rules"), find_view("sources"))
    panel.controls["source"].value = "Ada Moor"
    assert "The bridge is safe" in panel.body.value


@pytest.mark.parametrize("missing", ["ipywidgets", "itables", "anywidget"])
def test_without_widgets_the_view_stands_there_and_says_so(opened, monkeypatch, missing):
    for name in [name for name in sys.modules if name.startswith("analysis.live.") and "panel" in name]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("analysis.live.table_widget", "analysis.live.writer"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == missing]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, missing, None)
    shown = open_panel(opened, "terms")
    assert f"{missing} is not installed" in shown.text
    assert find_view("terms").plain(opened).text in shown.text
    if missing == "ipywidgets":
        assert "exploration.choose" in open_panel(opened, "choices").text


def test_a_panel_that_there_is_not_is_named(opened):
    with pytest.raises(InputError, match=r"panel accepts terms, .*choices, report"):
        open_panel(opened, "colours")


def test_a_slip_is_shown_as_one_line(opened):
    with pytest.raises(InputError) as raised:
        opened.choose(voices="loud")
    assert raised.value._render_traceback_() == [f"InputError: {raised.value}"]
