"""What the alias table accepts, how a user's rows win over it, and what each fault is called."""

import csv
from collections import Counter
from importlib import resources

import pytest

from analysis.inputs.files import InputError
from analysis.labels.aliases import FORMS, KINDS, read_aliases
from analysis.labels.tree import key_of

HEAD = "actor,kind,expression,form,note\n"


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "own.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def actor(aliases, expression):
    return aliases.entries[key_of(expression)].actor


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("Israel", ("Israel", "state", "name"), id="state"),
        pytest.param("Israeli", ("Israel", "state", "adjective"), id="adjective"),
        pytest.param("Jewish state", ("Israel", "state", "description"), id="description"),
        pytest.param("Zionist entity", ("Israel", "state", "description"), id="the other side's description"),
        pytest.param("Jerusalem", ("Israel", "state", "metonym"), id="a city used for the government"),
        pytest.param("Tel Aviv", ("Israel", "state", "metonym"), id="another city used for the same government"),
        pytest.param("Islamic Republic", ("Iran", "state", "name"), id="variant"),
        pytest.param("U.S.", ("United States", "state", "abbreviation"), id="abbreviation with dots"),
        pytest.param("Washington", ("United States", "state", "metonym"), id="capital"),
        pytest.param("Araghchi", ("Abbas Araghchi", "person", "name"), id="surname"),
        pytest.param("NATO", ("North Atlantic Treaty Organization", "organisation", "abbreviation"), id="organisation"),
        pytest.param("Hamas terrorists", ("Hamas", "organisation", "description"), id="one side's description"),
        pytest.param("Hamas resistance fighters", ("Hamas", "organisation", "description"), id="and the other's"),
        pytest.param("war on Gaza", ("Gaza war", "event", "description"), id="event"),
        pytest.param("military campaign against Hamas", ("Gaza war", "event", "description"), id="event, otherwise"),
        pytest.param("October 7 massacre", ("October 7", "event", "description"), id="date"),
        pytest.param("Al-Aqsa Flood", ("October 7", "event", "description"), id="the same date, otherwise"),
        pytest.param("Persian Gulf", ("Gulf", "place", "name"), id="disputed name"),
        pytest.param("Arabian Gulf", ("Gulf", "place", "name"), id="the other disputed name"),
        pytest.param("New Mexico", ("", "", "name"), id="what is set aside"),
    ],
)
def test_shipped(expression, expected):
    alias = read_aliases().entries[key_of(expression)]
    assert (alias.actor, alias.kind, alias.form) == expected


def test_every_shipped_row_is_read_and_says_what_it_is():
    source = resources.files("analysis").joinpath("data/aliases.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in source.splitlines() if not line.startswith("#")))
    entries = read_aliases().entries
    assert len(rows) == len(entries)
    assert {alias.kind for alias in entries.values()} == {*KINDS, ""}
    assert {alias.form for alias in entries.values()} <= set(FORMS)
    assert "Policy: a listing is no recognition" in source
    assert "2026-11" in source


def test_all_members_of_the_united_nations_are_listed():
    states = {alias.actor for alias in read_aliases().entries.values() if alias.kind == "state"}
    assert len(states) == 193 + 4  # Kosovo, Palestine, Taiwan, Vatican
    assert {"Eswatini", "Tuvalu", "South Sudan", "Timor-Leste", "Taiwan"} - states == {"Timor-Leste"}


def test_every_seat_of_government_is_a_metonym_of_one_state():
    metonyms = Counter(
        alias.expression
        for alias in read_aliases().entries.values()
        if alias.form == "metonym" and alias.kind == "state"
    )
    assert len(metonyms) > 150
    assert set(metonyms.values()) == {1}


def test_the_users_rows_win_and_are_added(tmp_path):
    own = read_aliases(table(tmp_path, HEAD + "Persia,state,Iran,name,\nPersia,state,Land of Roses,description,\n"))
    assert actor(own, "Iran") == "Persia"
    assert actor(own, "Land of Roses") == "Persia"
    assert actor(own, "Tehran") == "Persia", "rows of the old name follow it"
    assert actor(own, "Israeli") == "Israel"
    assert actor(read_aliases(), "Iran") == "Iran", "the shipped table stays as it is"


@pytest.mark.parametrize(
    ("rows", "expression", "expected"),
    [
        pytest.param("Islamic Republic,,land of roses,,", "land of roses", ("Iran", "state", "name"), id="an actor that is an alias, its kind and form left out"),
        pytest.param("A,person,B,name,\nB,person,C,name,\nC,person,D,name,", "D", ("A", "person", "name"), id="alias of an alias of an alias"),
        pytest.param(",,Jewish state,,", "Jewish state", ("", "", "name"), id="an expression set aside"),
        pytest.param(",,Iran,,", "Tehran", ("Iran", "state", "metonym"), id="a name set aside leaves its actor's other expressions"),
        pytest.param("Gaza,state,Gaza,name,", "Gazan", ("Gaza", "state", "adjective"), id="another kind for a listed actor"),
        pytest.param("# a comment\n\nA,person,B,name,\n", "B", ("A", "person", "name"), id="comments and blank lines"),
        pytest.param('A,event,"May 5, 2030 vote",name,', "May 5, 2030 vote", ("A", "event", "name"), id="a comma in quotation marks"),
        pytest.param("A,person,  B   C ,name", "B C", ("A", "person", "name"), id="white space, and no note"),
        pytest.param("A,person,B’s Man,name,", "B's Man", ("A", "person", "name"), id="apostrophes are straightened"),
    ],
)  # fmt: skip
def test_rows(tmp_path, rows, expression, expected):
    alias = read_aliases(table(tmp_path, HEAD + rows)).entries[key_of(expression)]
    assert (alias.actor, alias.kind, alias.form) == expected


def test_the_note_column_may_be_missing_and_a_mark_of_byte_order_is_passed_over(tmp_path):
    own = read_aliases(table(tmp_path, "expression,actor,form,kind\nB,A,name,person\n", "utf-8-sig"))
    assert actor(own, "B") == "A"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", ": no line names the columns; accepted are actor, kind, expression, form, note", id="empty file"),
        pytest.param("actor,kind,expression,form,colour\n", ", line 1: unknown column 'colour'; accepted are actor, kind, expression, form, note, separated by commas", id="unknown column"),
        pytest.param("actor,expression\n", ", line 1: missing columns 'kind', 'form'; accepted are actor, kind, expression, form, note, separated by commas", id="missing columns"),
        pytest.param("actor,kind,kind,expression,form\n", ", line 1: doubled column 'kind'; accepted are actor, kind, expression, form, note, separated by commas", id="a column twice"),
        pytest.param("actor;kind;expression;form\n", ", line 1: unknown column 'actor;kind;expression;form'; accepted are actor, kind, expression, form, note, separated by commas", id="semicolons"),
        pytest.param(HEAD + "A,person,,name,\n", ", line 2: an expression has at least one word; found ''", id="empty expression"),
        pytest.param(HEAD + "A,person,7 + 3,name,\n", ", line 2: an expression has at least one word; found '7 + 3'", id="expression without a word"),
        pytest.param(HEAD + "A,person,B,name,\n# x\nC,person,b,name,\n", ", line 4: the expression 'b' is listed for 'C', and for 'A' in {path}, line 2; an expression is accepted once", id="an expression claimed by two actors"),
        pytest.param(HEAD + "A,person,B,name,\nA,person,B,role,\n", ", line 3: the expression 'B' is listed for 'A', and for 'A' in {path}, line 2; an expression is accepted once", id="an expression twice"),
        pytest.param(HEAD + "A,country,B,name,\n", ", line 2: kind 'country' is none of person, state, organisation, place, event", id="unknown kind"),
        pytest.param(HEAD + "A,person,B,nickname,\n", ", line 2: form 'nickname' is none of name, adjective, abbreviation, metonym, description, role", id="unknown form"),
        pytest.param(HEAD + "A,person,B,name,\nA,place,C,name,\n", ", line 3: 'A' is of kind 'place', and of kind 'person' in {path}, line 2; one kind for each actor is accepted", id="an actor of two kinds"),
        pytest.param(HEAD + "A,,B,name,\n", ", line 2: 'A' has no kind; accepted are person, state, organisation, place, event", id="an actor without a kind"),
        pytest.param(HEAD + "A,person,B,name,\nB,person,A,name,\n", ", line 2: the aliases lead in a circle, 'A' → 'B' → 'A'; one of these actors must be no alias", id="a circle of two"),
        pytest.param(HEAD + "A,person,B,name,x,y\n", ", line 2: 6 cells, but 5 columns; quote cells that hold a comma", id="a cell too many"),
        pytest.param(HEAD + 'A,person,"B,name,\n', ", line 2: not CSV (unexpected end of data); one row a line is accepted", id="an open quotation mark"),
        pytest.param(HEAD + f"A,person,{'B ' * 21},name,\n", f", line 2: an expression has at most 20 words; {'B ' * 20 + 'B'!r} has 21", id="a page for an expression"),
    ],
)  # fmt: skip
def test_faults_are_named(tmp_path, text, message):
    path = table(tmp_path, text)
    with pytest.raises(InputError) as raised:
        read_aliases(path)
    assert str(raised.value) == path + message.replace("{path}", path)


def test_a_circle_of_three_is_named_whole(tmp_path):
    path = table(tmp_path, HEAD + "A,person,B,name,\nB,person,C,name,\nC,person,A,name,\nX,person,Y,name,\n")
    with pytest.raises(InputError, match="the aliases lead in a circle, 'A' → 'C' → 'B' → 'A'"):
        read_aliases(path)


def test_a_circle_through_the_shipped_table_is_found(tmp_path):
    path = table(tmp_path, HEAD + "Tehran,state,Iran,name,\n")
    with pytest.raises(InputError, match="the aliases lead in a circle"):
        read_aliases(path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("none.csv", r"the alias table '.*none.csv': cannot be read \(No such file or directory\); a CSV file is accepted", id="no such file"),
        pytest.param("", "a folder; only regular files are read; a CSV file is accepted", id="a folder"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_said(tmp_path, name, message):
    with pytest.raises(InputError, match=message):
        read_aliases(str(tmp_path / name))


def test_another_encoding_is_said(tmp_path):
    with pytest.raises(InputError, match=r"is not UTF-8 \(byte 41\); save it as UTF-8"):
        read_aliases(table(tmp_path, HEAD + "A,person,é,name,\n", "latin-1"))
