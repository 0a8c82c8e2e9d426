"""Which reports a batch makes: folders, manifests, what is wrong with an entry, and the names of the folders."""

import os
import re

import pytest

from analysis.batch.jobs import RESERVED, find_jobs
from analysis.folder import LOCK
from analysis.inputs.files import InputError


def folder(path, *names):
    """A folder of folders, with an article in each."""
    for name in names:
        (path / name).mkdir(parents=True)
        (path / name / "a.txt").write_text("The mayor said so.", encoding="utf-8")
    return path


def jobs_of(path, text, *, name="events.csv", output=None):
    """The reports of a manifest with this text."""
    (path / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return find_jobs(str(path / name), output or path / "out")


def named(path, *names):
    """The reports of a YAML manifest whose entries have these names."""
    return jobs_of(path, "".join(f"- {{name: {name}, sources: a}}\n" for name in names), name="m.yaml")


# ------------------------------------------------------------------ folders


def test_each_subfolder_is_a_report_in_the_order_of_names(tmp_path):
    found = find_jobs(str(folder(tmp_path / "in", "b", "a", "C d")), tmp_path / "out")
    assert [(job.name, job.folder, job.problem) for job in found] == [
        ("C d", "C d", ""), ("a", "a", ""), ("b", "b", ""),
    ]  # fmt: skip
    assert [job.sources for job in found] == [(str(tmp_path / "in" / name),) for name in ("C d", "a", "b")]
    assert {job.record for job in found} == {None}


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: (path / ".hidden").mkdir(), id="a hidden folder"),
        pytest.param(lambda path: (path / ".hidden.txt").write_text("x"), id="a hidden file"),
        pytest.param(lambda path: (path / "README.md").write_text("x"), id="a README"),
        pytest.param(lambda path: (path / "readme.txt").write_text("x"), id="a readme in small letters"),
        pytest.param(lambda path: (path / "out").mkdir(), id="the output, not written to yet"),
        pytest.param(lambda path: (path / "here").symlink_to(path / "out"), id="a link to the output"),
        pytest.param(lambda path: folder(path, "left") and (path / "left" / LOCK).write_text(""), id="another run's"),
        pytest.param(
            lambda path: (
                folder(path, "left")
                and [(path / "left" / name).write_text("") for name in ("run.json", "ledger.jsonl")]
            ),
            id="that of plain papermill, which leaves no lock",
        ),
    ],
)
def test_what_is_no_input_is_passed_over(make, tmp_path):
    source = folder(tmp_path / "in", "a")
    make(source)
    assert [job.name for job in find_jobs(str(source), source / "out")] == ["a"]


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        pytest.param(lambda path: path.write_text("x"), "a file; each subfolder is a report", id="a loose file"),
        pytest.param(lambda path: path.symlink_to("a"), "a link to a folder; these are not followed", id="a link"),
        pytest.param(lambda path: path.symlink_to(path), "a file; each subfolder is a report", id="a link to itself"),
        pytest.param(
            lambda path: path.symlink_to("none"), "a file; each subfolder is a report", id="a link to nothing"
        ),
        pytest.param(os.mkfifo, "a file; each subfolder is a report", id="a FIFO, which nobody opens"),
    ],
)
def test_what_is_no_folder_is_said_and_the_others_are_kept(make, problem, tmp_path):
    source = folder(tmp_path / "in", "a", "z")
    make(source / "m")
    assert [(job.name, job.problem) for job in find_jobs(str(source), tmp_path / "out")] == [
        ("a", ""), ("m", problem), ("z", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("a\nb", "a\nb", id="a line break"),
        pytest.param("a ", "a ", id="a blank at its end"),
        pytest.param("a\x1b[2Jb", "a\x1b[2Jb", id="a sequence for the terminal"),
        pytest.param(os.fsdecode(b"a\xff"), "a\\udcff", id="an odd byte, which no table could hold"),
    ],
)
def test_a_folder_that_a_notebook_cannot_be_told_is_refused_alone(name, shown, tmp_path):
    found = find_jobs(str(folder(tmp_path / "in", name, "z")), tmp_path / "out")
    assert [(job.name, bool(job.problem)) for job in found] == [(shown, True), ("z", False)]
    assert found[0].problem.startswith("a path holds no line break or odd byte, and no blank at its ends; found ")
    assert found[0].path.encode("utf-8")
    assert re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{10}", found[0].folder)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("none", "'none' is no such file or folder", id="nothing there"),
        pytest.param("empty", "'empty' holds no report to make: subfolders expected", id="an empty folder"),
        pytest.param("a.txt", "'a.txt' is neither a folder nor a .csv or .yaml manifest", id="an article"),
        pytest.param("pipe.csv", "'pipe.csv' is neither a folder nor", id="a FIFO with the name of a manifest"),
        pytest.param("in", "the reports of 'in' would be written among their sources", id="the output is the input"),
    ],
)
def test_a_source_that_is_none(source, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe.csv")
    folder(tmp_path / "in", "a")
    with pytest.raises(InputError, match=re.escape(said)):
        find_jobs(source, tmp_path / "in")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_may_not_be_entered_stops_no_other(tmp_path, monkeypatch):
    source = folder(tmp_path / "in", "a", "shut")
    stat = os.stat

    def refuse(path, *arguments, **settings):
        if "shut/" in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return stat(path, *arguments, **settings)

    monkeypatch.setattr(os, "stat", refuse)
    found = find_jobs(str(source), tmp_path / "out")
    assert [job.name for job in found] == ["a", "shut"]


# ------------------------------------------------------------------ manifests


CSV = "name,sources,seed,voices\nFirst,a;b,3,\n Second , c/d.txt ;; , ,all\n"
YAML = """
- name: First
  sources: a;b
  parameters: {seed: 3}
- name: Second
  sources: [c/d.txt]
  parameters:
    voices: all
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("m.csv", CSV, id="csv"),
        pytest.param("m.CSV", CSV.replace("\n", "\r\n"), id="csv with the line ends of Windows"),
        pytest.param("m.csv", "\ufeff" + CSV, id="csv with a byte order mark"),
        pytest.param("m.csv", CSV.replace("a;b", '"a\nb"'), id="csv with a line break between sources"),
        pytest.param("m.csv", CSV.replace("\n", "\n\n"), id="csv with empty lines"),
        pytest.param("m.csv", CSV.removesuffix("\n"), id="csv without a last line end"),
        pytest.param("m.yaml", YAML, id="yaml"),
        pytest.param("m.yml", YAML.replace("\n", "\r\n"), id="yaml with the line ends of Windows"),
        pytest.param("m.yaml", "\ufeff" + YAML, id="yaml with a byte order mark"),
        pytest.param("m.yaml", YAML.replace("c/d.txt", "&one c/d.txt"), id="yaml with an anchor"),
    ],
)
def test_a_manifest(name, text, tmp_path):
    found = jobs_of(tmp_path, text, name=name)
    assert [(job.name, job.folder, dict(job.parameters), job.problem) for job in found] == [
        ("First", "First", {"seed": "3"}, ""), ("Second", "Second", {"voices": "all"}, ""),
    ]  # fmt: skip
    assert [job.sources for job in found] == [
        (str(tmp_path / "a"), str(tmp_path / "b")), (str(tmp_path / "c/d.txt"),),
    ]  # fmt: skip
    assert [(job.path, job.record) for job in found] == [(str(tmp_path / name), 1), (str(tmp_path / name), 2)]


def test_sources_of_a_manifest_may_be_anywhere(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "m.csv").write_text(f"name,sources\na,../x;{tmp_path}/y\n")
    [job] = find_jobs(str(tmp_path / "deep" / "m.csv"), tmp_path / "out")
    assert [os.path.normpath(source) for source in job.sources] == [str(tmp_path / "x"), str(tmp_path / "y")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("007", "007", id="zeros in front"),
        pytest.param("2024-05-01", "2024-05-01", id="a day"),
        pytest.param("no", "no", id="a word that is no answer"),
        pytest.param("1e3", "1e3", id="a number"),
        pytest.param("1:30", "1:30", id="no number to the base of sixty"),
        pytest.param("'  Überfall “x” '", "Überfall “x”", id="letters of any script"),
    ],
)
def test_words_of_a_yaml_manifest_stay_as_they_are_written(written, read, tmp_path):
    [job] = jobs_of(tmp_path, f"- name: {written}\n  sources: a\n  parameters: {{voices: {written}}}\n", name="m.yaml")
    assert job.name == read
    assert job.parameters["voices"].strip() == read


@pytest.mark.parametrize(
    ("entry", "name", "problem"),
    [
        pytest.param("{sources: a}", "entry 2", "no name", id="no name"),
        pytest.param("{name: ' ', sources: a}", "entry 2", "no name", id="a blank name"),
        pytest.param("{name: [x], sources: a}", "entry 2", "no name", id="a list for a name"),
        pytest.param("{name: x}", "x", "no sources: a text or a list of texts was expected", id="no sources"),
        pytest.param("{name: x, sources: ' ;; '}", "x", "no sources: a text or a list", id="blank sources"),
        pytest.param("{name: x, sources: [a, '']}", "x", "no sources: a text or a list", id="a blank among sources"),
        pytest.param("{name: x, sources: [[a]]}", "x", "no sources: a text or a list", id="a list of lists"),
        pytest.param("{name: x, source: a}", "x", "no field 'source'; an entry has name", id="an unknown field"),
        pytest.param("{name: x, sources: a, <<: {b: c}}", "x", "no field '<<'", id="a merge, which could multiply"),
        pytest.param("{name: x, sources: a, parameters: [seed]}", "x", "its parameters are no names", id="a list"),
        pytest.param("{name: x, sources: a, parameters: {seed: [1]}}", "x", "its parameters are no names", id="deep"),
        pytest.param("x", "entry 2", "an entry has name, sources and parameters", id="a word"),
        pytest.param("[x]", "entry 2", "an entry has name, sources and parameters", id="a list for an entry"),
        pytest.param('{name: x, sources: "a\\0b"}', "x", "a path holds no line break or odd byte", id="a zero byte"),
        pytest.param('{name: x, sources: ["a\\nb"]}', "x", "a path holds no line break or odd byte", id="two lines"),
    ],
)
def test_a_bad_entry_is_named_and_the_others_are_kept(entry, name, problem, tmp_path):
    found = jobs_of(tmp_path, f"- {{name: a, sources: a}}\n- {entry}\n- {{name: z, sources: a}}\n", name="m.yaml")
    assert [(job.name, job.record, bool(job.problem)) for job in found] == [
        ("a", 1, False),
        (name, 2, True),
        ("z", 3, False),
    ]
    assert found[1].problem.startswith(problem)


@pytest.mark.parametrize(
    ("line", "name", "problem"),
    [
        pytest.param("x", "entry 2", "line 3 has 1 cells, the first line 2", id="too few cells"),
        pytest.param("x,a,b", "entry 2", "line 3 has 3 cells, the first line 2", id="too many cells"),
        pytest.param(",a", "entry 2", "no name", id="no name"),
        pytest.param("x,", "x", "no sources", id="no sources"),
        pytest.param('"x"y,a', "entry 2", "line 3: broken quotation marks", id="a quotation mark in the middle"),
        pytest.param("x," + "a" * 200_000, "entry 2", "line 3: broken quotation marks (field larger", id="a huge cell"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(line, name, problem, tmp_path):
    found = jobs_of(tmp_path, f"name,sources\na,a\n{line}\nz,a\n")
    assert [(job.name, job.record, bool(job.problem)) for job in found] == [
        ("a", 1, False),
        (name, 2, True),
        ("z", 3, False),
    ]
    assert found[1].problem.startswith(problem)


def test_a_quotation_that_never_ends_takes_what_follows_with_it_and_is_named(tmp_path):
    found = jobs_of(tmp_path, 'name,sources\na,a\n"x,a\nz,a\n')
    assert [(job.name, bool(job.problem)) for job in found] == [("a", False), ("entry 2", True)]


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_what_only_some_take_for_a_line_end_is_none_in_a_manifest(end, tmp_path):
    [job] = jobs_of(tmp_path, f"name,sources\na{end}b,a\n")
    assert job.name == f"a{end}b"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("m.csv", "", "its first line should name the columns", id="an empty csv"),
        pytest.param("m.csv", "name;sources\na;b\n", "found 'name;sources'", id="semicolons"),
        pytest.param("m.csv", "name,sources,name\n", "each once; found 'name, sources, name'", id="a column twice"),
        pytest.param(
            "m.csv", "name,sources\n", "holds no report to make: entries expected", id="a csv without entries"
        ),
        pytest.param("m.csv", b"name,sources\na\xff,b\n", "not UTF-8 (byte 14)", id="another encoding"),
        pytest.param("m.csv", b"x" * 10_000_001, "10,000,001 bytes; a manifest has at most 10,000,000", id="huge"),
        pytest.param("m.yaml", "", "a list of reports was expected", id="an empty yaml"),
        pytest.param("m.yaml", "[]", "holds no report to make: entries expected", id="an empty list"),
        pytest.param("m.yaml", "name: a\nsources: b\n", "a list of reports was expected", id="no list"),
        pytest.param("m.yaml", "- {name: a\n", "not YAML (", id="broken yaml"),
        pytest.param("m.yaml", "- {name: a}\n---\n- {name: b}\n", "not YAML (expected a single document", id="two"),
        pytest.param("m.yaml", "- a: \x07", "not YAML (", id="a control character"),
        pytest.param("m.yaml", '- name: "\\ud800"', "not YAML (", id="half of a pair of surrogates"),
        pytest.param("m.yaml", "- *a", "not YAML (found undefined alias", id="an alias of nothing"),
        pytest.param(
            "m.yaml", "- &a [*a]", "not YAML (found unconstructable recursive node", id="a list that holds itself"
        ),
        pytest.param(
            "m.yaml", "- !!python/object/apply:os.system [x]", "a tag 'tag:yaml.org,2002:python/obj", id="code"
        ),
        pytest.param("m.yaml", "- name: !thing x", "a tag '!thing' (line 1); a manifest has none", id="a tag"),
        pytest.param("m.yaml", "[" * 3_000_000, "nested more than 10 deep (line 1)", id="deeper than the stack"),
        pytest.param("m.yaml", "- " * 3_000_000, "nested more than 10 deep (line 1)", id="lists deeper than the stack"),
        pytest.param("m.yaml", "{a: " * 2_000_000, "nested more than 10 deep (line 1)", id="mappings as deep"),
    ],
)
def test_a_manifest_that_is_none(name, text, said, tmp_path):
    with pytest.raises(InputError, match=re.escape(said)) as raised:
        jobs_of(tmp_path, text, name=name)
    assert "\n" not in str(raised.value)


def test_aliases_of_aliases_do_not_multiply(tmp_path):
    levels = "".join(f"- &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}\n" for level in range(1, 40))
    found = jobs_of(tmp_path, f"- &a0 {{name: a, sources: b}}\n{levels}", name="m.yaml")
    assert [bool(job.problem) for job in found] == [False] + 39 * [True]


# ------------------------------------------------------------------ names of folders


@pytest.mark.parametrize("name", ["a", "First event", "2024-05-01", "x_y.z", "A" * 60, "a.b-c d"])
def test_a_plain_name_is_the_name_of_the_folder(name, tmp_path):
    assert [job.folder for job in named(tmp_path, f"'{name}'")] == [name]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("../../etc", "etc", id="a way out"),
        pytest.param("..", "report", id="the folder above"),
        pytest.param(".", "report", id="the folder itself"),
        pytest.param(".stage", "stage", id="a hidden folder"),
        pytest.param("/etc/passwd", "etc-passwd", id="a path"),
        pytest.param("a/b", "a-b", id="a subfolder"),
        pytest.param("a..b", "a-b", id="two dots"),
        pytest.param("a{b}", "a-b", id="braces"),
        pytest.param("a.", "a", id="a dot at its end"),
        pytest.param("Überfall", "berfall", id="letters that are not of ASCII"),
        pytest.param("東京", "report", id="no letter of ASCII"),
        pytest.param("A" * 300, "a" * 60, id="three hundred characters"),
        pytest.param("<b>x</b>", "b-x-b", id="markup"),
        pytest.param("Run.Lock", "run-lock", id="a reserved name in other letters"),
        pytest.param("a-0123456789", "a-0123456789", id="a name that looks made"),
        *(pytest.param(name, re.sub(r"\W", "-", name), id=f"reserved: {name}") for name in RESERVED),
    ],
)
def test_another_name_is_made_of_it(name, slug, tmp_path):
    [job] = named(tmp_path, f"'{name}'")
    assert job.name == name
    assert re.fullmatch(re.escape(slug) + "-[0-9a-f]{10}", job.folder)
    assert (tmp_path / "out" / job.folder).resolve().parent == (tmp_path / "out").resolve()
    assert [again.folder for again in named(tmp_path, f"'{name}'")] == [job.folder]


@pytest.mark.parametrize("names", [("a", "a"), ("a", "A"), ("a b", "A B", "a b"), ("東", "京")])
def test_names_that_a_folder_could_not_tell_apart_get_folders_of_their_own(names, tmp_path):
    found = named(tmp_path, *names, "other")
    folders = [job.folder for job in found]
    assert len({one.casefold() for one in folders}) == len(names) + 1
    assert folders[-1] == "other"
    assert all(re.fullmatch(r".*-[0-9a-f]{10}", one) for one in folders[:-1])


def test_nobody_can_take_the_folder_that_is_made_of_another_name(tmp_path):
    first = named(tmp_path, "Ä")[0].folder
    found = named(tmp_path, "Ä", first)
    assert found[0].folder == first
    assert found[1].folder != first


def test_a_report_is_not_written_over_its_sources(tmp_path):
    folder(tmp_path, "a", "b")
    found = jobs_of(tmp_path, "name,sources\na,a\nb,a\nc,b/a.txt;a\n", output=tmp_path)
    assert [job.problem.split(";")[0] for job in found] == [
        f"its report would be written over its source {str(tmp_path / 'a')!r}", "", "",
    ]  # fmt: skip


def test_a_report_is_not_written_through_a_link(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "a").symlink_to(tmp_path / "elsewhere")
    found = jobs_of(tmp_path, "name,sources\na,x\nb,x\n")
    assert [job.problem.partition("' ")[2] for job in found] == ["is a link; a report is written to no other place", ""]
