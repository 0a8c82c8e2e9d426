"""An exploration keeps what it has worked out, and a choice that cannot be carried out changes nothing."""

import shutil
import threading
import weakref

import IPython.display
import pandas as pd
import pytest
from conftest import put
from two_articles import NORTH, SOUTH

from analysis import check, compare, find_claims, measure, run_settings
from analysis.attribution.trained.files import MODELS
from analysis.attribution.trained.model import opened as opened_model
from analysis.inputs.files import InputError
from analysis.kept import Kept
from analysis.live import exploration as exploring
from analysis.live import one_sided
from analysis.live.calls import CLAIMS, REPORT_TABLES, TABLES, Call, show, write_code
from analysis.live.exploration import Choices, explore
from analysis.live.report_command import report_command
from analysis.live.uploads import keep_uploads
from analysis.live.views import FEW, SHORT, VIEWS, find_view


@pytest.fixture
def made(monkeypatch):
    """How often each step was made."""
    monkeypatch.setattr(exploring, "_KEPT", Kept(40))
    counts = {}
    for name in ("measure", "compare_terms", "compare_texts", "find_forms", "check", "find_claims"):
        original = getattr(exploring, name)

        def counted(*args, _name=name, _original=original, **kwargs):
            counts[_name] = counts.get(_name, 0) + 1
            return _original(*args, **kwargs)

        monkeypatch.setattr(exploring, name, counted)
    return counts


def test_nothing_is_worked_out_twice(made, opened):
    first, second = opened.tables, opened.tables
    assert made == {"measure": 1, "compare_terms": 1, "compare_texts": 1, "find_forms": 1}
    pd.testing.assert_frame_equal(first["keyness"], second["keyness"])


def test_a_change_of_voices_counts_words_anew_and_nothing_else(made, opened):
    before = opened.tables
    opened.choose(voices="author")
    after = opened.tables
    assert made == {"measure": 1, "compare_terms": 2, "compare_texts": 1, "find_forms": 1}
    assert after["detectable"]["n_words"].sum() < before["detectable"]["n_words"].sum()


def test_a_change_of_groups_measures_nothing_anew(made, opened):
    assert opened.tables["detectable"]["group"].tolist() == ["north", "south"]
    opened.choose(group_by="outlet")
    assert opened.tables["detectable"]["group"].tolist() == ["Gazette", "Courier"]
    assert made == {"measure": 1, "compare_terms": 2, "compare_texts": 2, "find_forms": 1}


def test_a_choice_taken_back_is_there_at_once(made, opened):
    opened.choose(voices="author")
    _ = opened.tables
    opened.choose(voices="all")
    _ = opened.tables
    opened.choose(voices="author")
    _ = opened.tables
    assert made["compare_terms"] == 2


def test_the_same_articles_opened_again_are_not_measured_again(made, folder):
    _ = explore(str(folder), attribution="rules").tables
    _ = explore(str(folder), attribution="rules").tables
    assert made["measure"] == 1


def test_an_article_that_changed_is_measured_again(made, folder, opened):
    before = len(opened.tables["sentences"])
    put(folder / "south.txt", SOUTH + "\nOne sentence more.\n")
    opened.choose(sources=str(folder))
    assert len(opened.tables["sentences"]) == before + 1
    assert made["measure"] == 2


def test_what_was_worked_out_stays_when_the_folder_is_gone(folder, opened):
    before = opened.tables
    shutil.rmtree(folder)
    with pytest.raises(InputError, match="two"):
        opened.choose(sources=str(folder))
    opened.choose(voices="author, quoted")
    assert opened.tables["articles"]["text"].tolist() == before["articles"]["text"].tolist()
    assert opened.choices.sources == str(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"voices": "loud"}, "voices accepts", id="a voice that there is not"),
        pytest.param({"group_by": "colour"}, "no column 'colour'", id="a column that there is not"),
        pytest.param({"group_by": "author"}, "have the same author", id="a column with one value"),
        pytest.param({"statements": "loud"}, "statements accepts asserted", id="what is no way to count statements"),
        pytest.param({"attribution": "magic"}, "magic", id="an engine that there is not"),
        pytest.param({"sources": "nowhere"}, "nowhere", id="a folder that there is not"),
        pytest.param({"sources": ""}, ".", id="no folder at all"),
    ],
)
def test_a_choice_that_cannot_be_carried_out_changes_nothing(opened, change, said):
    told = []
    opened.follow(lambda: told.append(True))
    before = opened.choices
    with pytest.raises(InputError, match=said):
        opened.choose(**change)
    assert opened.choices == before
    assert not told
    assert len(opened.tables["articles"]) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"voice": "author"}, "no choice 'voice'; there are aliases, .*voices", id="none that there is"),
        pytest.param({"voices": None}, "voices is a text; found None", id="nothing"),
        pytest.param({"voices": ("author", "quoted")}, "voices is a text; found ", id="several at once"),
        pytest.param({"min_count": "3"}, "min_count is a whole number; found '3'", id="a number as text"),
        pytest.param({"seed": True}, "seed is a whole number; found True", id="yes or no"),
        pytest.param({"sources": 3}, "sources is a text; found 3", id="no path"),
        pytest.param({"sources": ["a", 3]}, r"sources are files and folders; found \['a', 3\]", id="no list of paths"),
    ],
)
def test_a_choice_of_another_kind_is_refused_before_anything_changes(opened, change, said):
    before = opened.choices
    with pytest.raises(InputError, match=said):
        opened.choose(**change)
    with pytest.raises(InputError, match=said):
        explore(**change)
    assert opened.choices == before


def test_sources_may_be_a_path_or_a_list(folder):
    assert explore(folder).choices.sources == str(folder)
    several = explore([folder / "north.txt", str(folder / "south.txt")])
    assert several.choices.sources == f"{folder / 'north.txt'}\n{folder / 'south.txt'}"
    assert len(several.articles) == 2


def test_who_asks_in_another_thread_waits_for_a_choice_and_all_that_follow_it(opened):
    inside, go_on, seen = threading.Event(), threading.Event(), []
    opened.follow(lambda: inside.set() or go_on.wait(20))
    chosen = threading.Thread(target=lambda: opened.choose(voices="author"))
    asked = threading.Thread(target=lambda: seen.append(opened.tables))
    chosen.start()
    inside.wait(20)
    asked.start()
    asked.join(0.2)
    assert asked.is_alive()
    go_on.set()
    chosen.join()
    asked.join()
    assert len(seen) == 1


def test_who_is_to_be_first_is_called_before_those_that_follow_already(opened):
    called = []
    opened.follow(lambda: called.append("second"))
    end = opened.follow(lambda: called.append("first"), first=True)
    opened.tell()
    end()
    opened.tell()
    assert called == ["first", "second", "second"]


def test_one_who_follows_and_fails_costs_no_other(opened):
    told = []

    def fails():
        raise KeyError("x")

    opened.follow(fails)
    opened.follow(lambda: told.append(True))
    with pytest.warns(UserWarning, match="what follows a choice failed: KeyError: 'x'"):
        opened.choose(voices="author")
    assert told == [True]
    assert opened.choices.voices == "author"


def test_a_choice_that_is_interrupted_does_not_stand_and_who_was_told_is_told_again(opened):
    told, interrupted = [], []

    def slow():
        if opened.choices.voices == "author" and not interrupted:
            interrupted.append(True)
            raise KeyboardInterrupt

    opened.follow(lambda: told.append(opened.choices.voices))
    opened.follow(slow)
    before = opened.choices.voices
    with pytest.raises(KeyboardInterrupt):
        opened.choose(voices="author")
    assert opened.choices.voices == before
    assert told == ["author", before]
    opened.choose(voices="author")
    assert told[-1] == "author"


def test_what_somebody_does_to_tables_changes_none_that_are_kept(opened):
    first = opened.tables["keyness"]
    first["mine"] = 1
    first.loc[:, "n"] = 0
    for table in (opened.report_tables["keyness"], opened.tables["keyness"]):
        assert table["n"].sum() > 0
        assert "mine" not in table
    sentences = opened.measures["sentences"]
    sentences.loc[:, "n_words"] = 0
    assert opened.measures["sentences"]["n_words"].sum() > 0


def test_a_file_of_corrections_that_changed_is_read_again(folder, tmp_path):
    def corrected(value):
        file = put(
            tmp_path / "by-hand.csv", f"article_id,what,start,end,value,who,why\nnorth,voice,20,38,{value},ann,seen\n"
        )
        words = explore(str(folder), attribution="rules", corrections=str(file)).tables["sentence_terms"]
        return words[(words["article_id"] == "north") & (words["term"] == "opened")]["voice"].tolist()

    assert corrected("quoted") == ["quoted"]
    assert corrected("author") == ["author"]


@pytest.mark.parametrize("asked", ["measures", "tables"])
def test_a_file_that_changed_between_choice_and_measure_is_not_taken_for_the_one_before(folder, tmp_path, asked):
    def write(value):
        put(tmp_path / "by-hand.csv", f"article_id,what,start,end,value,who,why\nnorth,voice,20,38,{value},bo,x\n")

    def corrected():
        return getattr(exploration, asked)["corrections"]["value"].tolist()

    write("headline")
    exploration = explore(str(folder), attribution="rules", corrections=str(tmp_path / "by-hand.csv"))
    write("quoted")
    assert corrected() == ["quoted"]
    write("headline")
    exploration.choose(seed=2)
    assert corrected() == ["headline"]


def test_lists_that_changed_between_choice_and_use_are_not_taken_for_those_before(folder, tmp_path):
    def write(expression):
        sides = f"way,one,{expression},by hand,2026\nway,other,canal,by hand,2026\n"
        put(tmp_path / "lists.csv", f"contrast,side,expression,source,date\n{sides}")

    def listed():
        return exploration.tables["wording"]["expression"].tolist()

    write("ferry")
    exploration = explore(str(folder), attribution="rules", wording=str(tmp_path / "lists.csv"))
    write("bridge")
    assert listed() == ["bridge", "canal"]
    write("ferry")
    exploration.choose(seed=2)
    assert listed() == ["ferry", "canal"]


def test_a_model_that_was_trained_anew_in_its_place_finds_anew(made, folder, tmp_path):
    model = shutil.copytree(MODELS / "accurate", tmp_path / "mine")
    explore(str(folder), attribution=str(model)).measures["attributions"]
    explore(str(folder), attribution=str(model)).measures["attributions"]
    assert made["measure"] == 1
    known = opened_model(model)
    assert opened_model(model) is known
    with (model / "model.json").open("a") as description:
        description.write("\n")
    assert opened_model(model) is not known
    explore(str(folder), attribution=str(model)).measures["attributions"]
    assert made["measure"] == 2


@pytest.mark.parametrize(
    "change",
    [pytest.param(lambda file: file.unlink(), id="gone"), pytest.param(lambda file: put(file, "a,b\n"), id="changed to what is none")],
)  # fmt: skip
def test_what_was_worked_out_stays_when_a_file_of_corrections_is(made, folder, tmp_path, change):
    file = put(tmp_path / "c.csv", "article_id,what,start,end,value,who,why\nnorth,voice,20,38,quoted,ann,seen\n")
    exploration = explore(str(folder), attribution="rules", corrections=str(file))
    claims = [claim.text for claim in exploration.claims]
    change(file)
    assert [claim.text for claim in exploration.claims] == claims
    if file.exists():
        with pytest.raises(InputError, match=r"c\.csv"):
            exploration.choose(voices="author")
        assert exploration.choices.voices == "all"
    else:
        exploration.choose(voices="author")
        assert exploration.tables["corrections"]["value"].tolist() == ["quoted"]
        with pytest.raises(InputError, match=r"c\.csv"):
            explore(str(folder), attribution="rules", corrections=str(file))
    assert made["measure"] == 1


def test_what_needs_a_file_that_is_gone_is_refused_and_leaves_everything_as_it_was(folder, tmp_path):
    file = put(
        tmp_path / "w.csv",
        "contrast,side,expression,source,date\nspan,one,bridge,desk,2026-01-01\nspan,other,viaduct,desk,2026-01-01\n",
    )
    exploration = explore(str(folder), attribution="rules", wording=str(file))
    counted = exploration.tables["wording_counts"]
    file.unlink()
    for name, value in (("clean", "off"), ("group_by", "label"), ("sources", str(folder / "north.txt"))):
        with pytest.raises(InputError, match=r"w\.csv"):
            exploration.choose(**{name: value})
    assert exploration.choices.clean == "on"
    assert exploration.tables["wording_counts"].equals(counted)


def test_what_was_alive_at_a_measure_is_freed_by_a_later_one(folder):
    class Cycle:
        def __init__(self):
            self.own = self

    one = Cycle()
    alive = weakref.ref(one)
    exploration = explore(str(folder), attribution="rules", seed=1)
    assert len(exploration.measures)
    del one
    exploration.choose(clean="off")
    assert len(exploration.measures)
    assert alive() is None


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(MemoryError(), "This cannot be shown: not enough memory.", id="memory"),
        pytest.param(OSError(28, "No space left"), "This cannot be shown: [Errno 28] No space left.", id="the disk"),
        pytest.param(KeyError("x"), "This cannot be shown: KeyError: 'x'.", id="what nobody foresaw"),
        pytest.param(InputError("no file 'x'"), "No file 'x'.", id="what a reader can mend"),
    ],
)
def test_a_view_that_cannot_be_had_is_a_sentence_and_costs_no_other(opened, monkeypatch, error, said):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr("analysis.show_dispersion", fails)
    shown = find_view("terms").plain(opened)
    assert said in shown.text
    assert "Words at most" in shown.text


def test_what_cannot_be_offered_is_a_sentence_without_controls_too(opened, monkeypatch):
    def fails(_):
        raise KeyError("x")

    monkeypatch.setattr("analysis.live.views.sources_with_doubt", fails)
    assert find_view("sources").plain(opened).text.startswith("This cannot be shown: KeyError: 'x'.")


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([NORTH] * FEW, id="many articles"),
        pytest.param([NORTH + "\n\nIt rained. " + "\n\n2024" * (SHORT // 6)], id="a long one"),
    ],
)
def test_what_takes_long_says_how_to_ask_for_it(folder, texts):
    for number, text in enumerate(texts):
        put(folder / f"more-{number}.txt", text)
    many = explore(str(folder), attribution="rules")
    assert find_view("claims").plain(many).text == (
        "With more than 8 articles or 400,000 characters this is worked out when it is asked for, "
        "by show_evidence(opened.claims, opened.report_tables)."
    )


def test_a_choice_that_is_not_declared_is_named():
    with pytest.raises(InputError, match=r"no choice 'voice'; there are .*voices"):
        explore("seeds", voice="author")


def test_where_nothing_can_be_read_other_sources_can_be_chosen(folder):
    nothing = explore("nowhere", attribution="rules")
    with pytest.raises(InputError, match="nowhere"):
        _ = nothing.tables
    with pytest.raises(InputError, match="nowhere"):
        nothing.choose(voices="author")
    nothing.choose(sources=str(folder))
    assert len(nothing.tables["articles"]) == 2
    assert nothing.problem == ""


def test_one_article_is_measured_and_says_that_it_is_not_compared(folder):
    (folder / "south.txt").unlink()
    single = explore(str(folder / "north.txt"), attribution="rules")
    assert len(single.tables["sentences"]) == 7
    with pytest.raises(InputError, match="two articles or more"):
        _ = single.tables["keyness"]
    with pytest.raises(InputError, match="two articles or more"):
        _ = single.claims
    for view in VIEWS.values():
        assert view.plain(single).text
    assert VIEWS["overlap"].plain(single).text == (
        "Withheld: texts are compared two by two, from two of them up to 8; here: 1 text."
    )


def test_more_groups_than_can_be_followed_are_measured_and_not_compared(folder, monkeypatch):
    monkeypatch.setattr(one_sided, "MOST", 2)
    put(folder / "east.txt", NORTH)
    many = explore(str(folder), attribution="rules")
    assert len(many.tables["articles"]) == 3
    with pytest.raises(InputError, match="at most 2 groups are compared here; found 3"):
        _ = many.tables["keyness"]
    put(folder / "articles.csv", "article_id,outlet\nnorth,Gazette\nsouth,Courier\neast,Gazette\n")
    many.choose(sources=str(folder), group_by="outlet")
    assert set(many.tables["keyness"]["group"]) == {"Gazette", "Courier"}
    assert VIEWS["overlap"].plain(many).text == (
        "Withheld: texts are compared two by two only where each stands for itself; groups are not."
    )


def test_the_claims_are_those_of_the_report(opened):
    settings = run_settings(**opened.choices.settings())
    tables = measure(opened.articles, attribution="rules")
    tables |= compare(tables)
    tables |= check(opened.articles, tables, settings)
    assert [claim.text for claim in opened.claims] == [claim.text for claim in find_claims(tables, settings)]


def test_what_counts_as_a_statement_changes_the_views_and_not_the_report(opened):
    def statements():
        counts = opened.tables["attribution_counts"]
        return counts[counts["dimension"] == "kind"]["n"].sum()

    before, said = statements(), [claim.text for claim in opened.claims]
    put_in, acts = opened.tables["attributions"].shape[0], opened.tables["attributions"]["act"].tolist()
    opened.choose(statements="all")
    assert statements() == put_in >= before
    assert opened.tables["attributions"]["act"].tolist() == acts
    assert [claim.text for claim in opened.claims] == said


@pytest.mark.parametrize("name", list(VIEWS))
def test_the_code_of_a_view_makes_the_same_view(opened, name, monkeypatch):
    view = find_view(name)
    calls = view.calls(opened, view.defaults(opened))
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda *views: shown.extend(views))
    exec(write_code(calls, opened), {})
    if len(calls) == 1:
        code = write_code(calls, opened).rsplit("\n", 1)
        held = {}
        exec(code[0] + f"\nlast = {code[1]}", held)
        shown = [held["last"]]
    assert "".join(one.html for one in shown) == show(calls, opened).html


def test_code_names_the_choices_that_are_not_those_of_the_start(opened):
    opened.choose(voices="author")
    code = write_code([Call("show_articles", (Call("choose_attributions", (TABLES,), {"source": "x"}),))], opened)
    assert code.splitlines()[0] == "from analysis import choose_attributions, explore, show_articles"
    assert "attribution='rules'" in code
    assert "voices='author'" in code
    assert code.splitlines()[-1] == "show_articles(choose_attributions(opened.tables, source='x'))"


def test_code_of_the_claims():
    assert Call("show_evidence", (CLAIMS, REPORT_TABLES)).code() == (
        "show_evidence(opened.claims, opened.report_tables)"
    )


def test_a_view_that_there_is_not_is_named():
    with pytest.raises(InputError, match="view accepts terms, texts"):
        find_view("colours")


def test_a_term_that_does_not_occur_is_said_to_be_not_found(opened):
    shown = show(find_view("terms").calls(opened, {"term": "zeppelin"}), opened)
    assert "not found in north" in shown.text
    assert "words searched" in shown.text


def test_no_string_of_an_article_becomes_markup(folder):
    hostile = '<script>alert(1)</script> <img src=x onerror="alert(1)">'
    put(folder / "north.txt", f"{hostile}\n\nThe bridge is open {hostile}, the council said. {NORTH}")
    put(folder / "articles.csv", f'article_id,label,outlet\nnorth,"{hostile.replace(chr(34), chr(34) * 2)}",Gazette\n')
    opened = explore(str(folder), attribution="rules")
    for name, view in VIEWS.items():
        html = view.plain(opened).html
        assert "<script>alert" not in html, name
        assert "<img src=x" not in html, name


class TestUploads:
    @pytest.fixture(autouse=True)
    def _here(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)

    def test_the_same_files_come_into_the_same_folder(self):
        files = [{"name": "a.txt", "content": b"One."}, {"name": "b.txt", "content": b"Two."}]
        folder = keep_uploads(files)
        assert keep_uploads(files[::-1]) == folder
        assert keep_uploads([{"name": "a.txt", "content": b"Other."}]) != folder
        assert [article.text for article in explore(folder).articles.itertuples()] == ["One.", "Two."]

    def test_a_name_with_an_odd_byte_is_written_as_its_code(self, tmp_path):
        folder = keep_uploads([{"name": "\udcff.txt", "content": b"One."}])
        assert [path.name for path in (tmp_path / folder).iterdir()] == ["\\udcff.txt"]

    @pytest.mark.parametrize("name", ["../../a.txt", "/etc/a.txt", "C:\\x\\a.txt", "x/../a.txt"])
    def test_no_name_leads_out_of_the_folder(self, name, tmp_path):
        folder = keep_uploads([{"name": name, "content": b"One."}])
        assert [path.name for path in (tmp_path / folder).iterdir()] == ["a.txt"]

    @pytest.mark.parametrize(
        ("files", "said"),
        [
            pytest.param([], "no file", id="no file"),
            pytest.param([("..", b"x")], r"found '\.\.'", id="no name"),
            pytest.param([("a.txt", b"x"), ("b/a.txt", b"y")], "found 'a.txt'", id="two of one name"),
        ],
    )
    def test_what_is_no_upload_is_refused(self, files, said):
        with pytest.raises(InputError, match=said):
            keep_uploads([{"name": name, "content": content} for name, content in files])

    @pytest.mark.parametrize(
        ("name", "content"),
        [pytest.param("a.png", b"\x89PNG\r\n", id="a picture"), pytest.param("a.txt", b"", id="an empty file")],
    )
    def test_an_upload_that_holds_no_article_is_refused_and_all_stands(self, name, content, opened):
        with pytest.raises(InputError, match="could be read"):
            opened.choose(sources=keep_uploads([{"name": name, "content": content}]))
        assert len(opened.tables["articles"]) == 2


@pytest.mark.parametrize(
    ("choices", "n", "expected"),
    [
        pytest.param(Choices(" -a\n\nb"), 2, "report ./-a b --output out", id="a source that looks like an option"),
        pytest.param(Choices("a\nb"), 2, "report a b --output out", id="two sources"),
        pytest.param(
            Choices("a", voices="author", seed=2),
            2,
            "report a --output out -p voices author -p seed 2",
            id="parameters",
        ),
        pytest.param(Choices("a", statements="all"), 2, "report a --output out", id="what no report takes"),
        pytest.param(
            Choices("a", voices="author", clean="off"),
            1,
            "report a --output out --notebook article -p clean off",
            id="one article",
        ),
    ],
)
def test_the_report_is_made_with_the_present_choices(choices, n, expected):
    assert " ".join(report_command(choices, n, "out")) == expected
