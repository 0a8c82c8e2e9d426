"""The explore notebook as a user meets it: every control is used, and what it brings is seen."""

import json
import re
import shutil

import pytest
from conftest import put
from lab import Lab
from lab_server import TOKEN

from analysis.live.views import FEW

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def explored(browser, lab_server):
    """The notebook on the seeds, opened and run; the tests of this module leave its choices as they were."""
    lab = Lab(browser, lab_server)
    lab.open("explore")
    lab.restart_and_run_all()
    assert lab.cell_errors() == []
    panel(lab, "report").get_by_role("button", name="Make the report").wait_for()
    yield lab
    assert lab.console == []
    assert lab.abroad == []
    lab.close()


#: The code that opens the seeds.
OPENED = "from analysis import explore, open_panel\nexploration = explore('seeds', attribution='rules')"


def panel(lab, name):
    """The controls of a panel, which are the first output of their cell."""
    return outputs(lab, name).first


def outputs(lab, name):
    """All outputs of the cell that opens a panel."""
    cell = lab.page.locator(".jp-CodeCell").filter(has_text=f'open_panel(exploration, "{name}")')
    return cell.locator(".jp-OutputArea-output")


def field(lab, name, label):
    """The field of this label in a panel."""
    return panel(lab, name).get_by_label(label, exact=True)


def read(lab, sources):
    """Name sources and have them read."""
    field(lab, "choices", "Sources").fill(sources)
    panel(lab, "choices").get_by_role("button", name="Read").click()


def says(name, text, n=1):
    """A JavaScript function: whether a panel shows a text, in what it shows below its controls; `n=0`: no longer."""
    return f"""() => {{
        const cell = [...document.querySelectorAll('.jp-CodeCell')].find(
            one => one.querySelector('.cm-content')?.textContent.includes('exploration, "{name}"'));
        const shown = [...cell.querySelectorAll('.widget-html')].map(one => one.textContent).join(' ');
        return shown.replace(/\\s+/g, ' ').includes({json.dumps(text)}) === {json.dumps(bool(n))};
    }}"""


def shows(lab, name, *texts):
    """Wait until a panel shows all of these."""
    for text in texts:
        lab.page.wait_for_function(says(name, text))


@pytest.fixture
def told(record_property):
    """Does something, and notes how long a user waits for a text in a panel; it is not judged: machines differ."""

    def tell(lab, name, text, action):
        seen = lab.measure(action, says(name, text))
        record_property("seen", f"{name}: {text!r} is seen after {seen:.0f} ms")

    return tell


def test_it_answers_before_anything_is_chosen(explored):
    for name, text in {
        "choices": "2 articles read",
        "terms": "“Azerbaijani”",
        "texts": "Iranian President Leaves Baku",
        "sources": "Abbas Araghchi",
        "labels": "Labels: every expression",
        "overlap": "Event check",
        "readability": "Flesch–Kincaid",
        "claims": "What was compared",
        "report": "python -m analysis report seeds --output outputs/explore",
    }.items():
        shows(explored, name, text)
    assert explored.violations() == []


def test_a_row_of_the_table_shows_the_term_in_context(explored, told):
    terms = panel(explored, "terms")
    terms.get_by_role("searchbox").fill("visit")
    told(explored, "terms", "“visit”", terms.locator("tbody tr").filter(has_text="visit").first.click)
    shows(explored, "terms", "A: 5 uses", "B: 1 use", "Words at most")
    assert terms.locator("svg[role=img]").count() == 2
    explored.picture("explore-terms", ".jp-CodeCell:has-text('\"terms\"')")
    assert explored.violations() == []


def test_the_table_is_sorted_by_a_click(explored):
    terms = panel(explored, "terms")
    terms.get_by_role("searchbox").fill("")
    for _ in range(2):
        terms.get_by_role("button", name=re.compile("^Uses: ")).click()
    terms.locator("th.dt-ordering-desc").wait_for()
    column = [int(cell) for cell in terms.locator(".dt-container tbody tr td:nth-child(3)").all_inner_texts()]
    assert column == sorted(column, reverse=True)
    assert column[0] > column[-1]


@pytest.mark.parametrize("width", [1200, 700])
def test_what_is_too_wide_scrolls_by_itself_with_a_sign_and_by_keyboard(explored, width):
    before = explored.page.viewport_size
    explored.page.set_viewport_size({"width": width, "height": 900})
    wide = explored.page.evaluate("""() => [...document.querySelectorAll(".jp-Notebook .jp-OutputArea-output *")].filter(
        one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "auto"
    ).map(one => [
        one.className.split(" ")[0],
        getComputedStyle(one).backgroundAttachment,
        one.tabIndex === 0 || !!one.querySelector("[tabindex='0']"),
    ])""")
    explored.page.set_viewport_size(before)
    assert {kind for kind, _, _ in wide} == {"table", "dt-layout-cell"}
    assert {tuple(how) for _, *how in wide} == {("local, local, scroll, scroll", True)}


def test_a_term_that_does_not_occur_gets_a_sentence(explored, told):
    term = field(explored, "terms", "Term")
    term.fill("zeppelin")
    told(explored, "terms", "not found in A (919 words searched)", lambda: explored.keyboard("Enter"))


@pytest.mark.parametrize(
    ("label", "option"),
    [
        ("Article", "B"), ("Source", "Abbas Araghchi"), ("Source type", "named person"), ("Cue class", "neutral"),
        ("Act", "attitude"), ("Voice", "quoted"),
    ],
)  # fmt: skip
def test_marks_are_filtered_and_the_words_stay(explored, label, option):
    texts = panel(explored, "texts")
    marks = texts.locator("article .source, article .cue, article .content")
    before, chosen = marks.count(), field(explored, "texts", label)
    chosen.select_option(option)
    explored.page.wait_for_function(
        "([cell, n]) => cell.querySelectorAll('article .source, article .cue, article .content').length < n",
        arg=[texts.first.element_handle(), before],
    )
    shows(explored, "texts", "Azerbaijan and Iran seek stronger ties")
    if label == "Source":
        explored.picture("explore-texts", ".jp-CodeCell:has-text('\"texts\"') article .source")
    chosen.select_option(index=0)
    explored.page.wait_for_function(
        "([cell, n]) => cell.querySelectorAll('article .source, article .cue, article .content').length === n",
        arg=[texts.first.element_handle(), before],
    )


def test_only_confident_marks_are_left(explored):
    texts = panel(explored, "texts")
    doubtful = texts.locator("article .doubtful")
    assert doubtful.count() > 0
    texts.get_by_label("Confidence from", exact=True).fill("0.5")
    explored.keyboard("Tab")
    doubtful.first.wait_for(state="detached")
    texts.get_by_label("Confidence from", exact=True).fill("0")
    explored.keyboard("Tab")
    doubtful.first.wait_for()


def test_a_source_shows_all_that_it_is_given_to_say(explored, told):
    sources = panel(explored, "sources")
    told(
        explored, "sources", "the renewed engagement",
        lambda: sources.get_by_label("Source", exact=True).select_option("Ilham Aliyev"),
    )  # fmt: skip


def test_labels_of_one_actor(explored):
    labels = panel(explored, "labels")
    labels.get_by_label("Actor", exact=True).select_option("Israel")
    explored.page.wait_for_function(says("labels", "Iran, state", 0))
    shows(explored, "labels", "Israel, state")
    labels.get_by_label("Actor", exact=True).select_option(index=0)
    shows(explored, "labels", "Iran, state")


def test_paragraphs_of_one_article(explored):
    readability = panel(explored, "readability")
    readability.get_by_label("Article", exact=True).select_option("B")
    explored.page.wait_for_function("cell => !/^A 1$/m.test(cell.innerText)", arg=readability.first.element_handle())


def test_a_claim_opens_to_its_cells_and_sentences(explored):
    claim = panel(explored, "claims").locator("details").filter(has_text="Azerbaijani").first
    claim.locator("summary").first.click()
    assert re.search(r"\w+\[.+\]\.\w+", claim.inner_text())
    assert re.search(r"[AB] \d+: “", claim.inner_text())
    explored.picture("explore-claims", ".jp-CodeCell:has-text('\"claims\"')")


def test_a_change_of_voices_changes_all_panels(explored, told):
    choices = panel(explored, "choices")
    told(
        explored, "report", "-p voices author",
        lambda: choices.get_by_label("Voices", exact=True).select_option("author"),
    )  # fmt: skip
    shows(explored, "claims", "author")
    choices.get_by_label("Voices", exact=True).select_option(["author", "headline", "attributed", "quoted"])
    shows(explored, "report", "report seeds --output outputs/explore.")


def test_until_the_last_of_several_changes_is_done_every_panel_says_that_the_kernel_works(explored):
    voices, page = field(explored, "choices", "Voices"), explored.page
    page.evaluate("""() => {
        const leads = document.querySelector(".parallax-leads"), panels = document.querySelectorAll(".parallax-panel");
        window.__frames = [];
        const look = () => {
            const signs = [...panels].filter(one => one.querySelector(".parallax-working")?.checkVisibility());
            const busy = [...panels].filter(one => one.ariaBusy === "true");
            const voices = leads.textContent.match(/in the voices chosen \\((.*?)\\)/)?.[1];
            window.__frames.push([signs.length, busy.length, voices, leads.querySelector(".parallax-told").textContent]);
            window.__looking = requestAnimationFrame(look);
        };
        look();
    }""")
    voices.evaluate("""voices => {
        for (const chosen of [["author"], ["quoted"], ["author", "headline"]]) {
            for (const option of voices.options) option.selected = chosen.includes(option.textContent.trim());
            voices.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }""")
    page.wait_for_function("() => document.querySelector('.parallax-working')")
    page.wait_for_function(
        "() => !document.querySelector('.parallax-working') && window.__frames.at(-1)[2] === 'author, headline'"
    )
    frames = page.evaluate("cancelAnimationFrame(window.__looking) || window.__frames")
    every = page.locator(".parallax-panel").count()
    assert {tuple(frame[:2]) for frame in frames} == {(0, 0), (every, every)}
    assert {frame[3] for frame in frames if frame[0]} == {"Working …"}
    assert frames[-1][3] == ""
    first, last = "author, headline, attributed, quoted", "author, headline"
    assert {frame[2] for frame in frames if not frame[0]} <= {first, last}  # and none between them
    voices.select_option(["author", "headline", "attributed", "quoted"])
    shows(explored, "report", "report seeds --output outputs/explore.")


@pytest.mark.parametrize(
    ("label", "option", "said"),
    [
        ("Groups", "label", "-p group_by label"),
        ("Attribution", "rules", "-p attribution rules"),
        ("Statements", "all attributions", "whatever counts as one here"),
    ],
)
def test_other_choices(explored, label, option, said, told):
    chosen = field(explored, "choices", label)
    told(explored, "report", said, lambda: chosen.select_option(option))
    chosen.select_option(index=0)
    explored.page.wait_for_function(says("report", said, 0))


def test_an_upload_that_is_none_leaves_all_as_it_was_and_a_good_one_is_read(explored, tmp_path):
    choices = panel(explored, "choices")

    def upload(*files):
        with explored.page.expect_file_chooser() as chooser:
            choices.locator(".widget-upload").click()
        chooser.value.set_files([str(file) for file in files])

    upload(put(tmp_path / "picture.png", b"\x89PNG\r\n\x1a\n"))
    shows(explored, "choices", "All stands as before", "2 articles read")
    upload(put(tmp_path / "empty.txt", ""))
    shows(explored, "choices", "All stands as before")
    upload(put(tmp_path / "single.txt", "A ferry stops\n\nThe ferry stops today, said the council.\n"))
    shows(explored, "choices", "1 article read")
    shows(explored, "terms", "two articles or more")
    shows(explored, "texts", "The ferry stops today")
    shows(explored, "report", "--notebook article")
    read(explored, "seeds")
    shows(explored, "choices", "2 articles read")


def test_a_folder_that_vanished_leaves_all_as_it_was(explored):
    choices, folder = panel(explored, "choices"), explored.server.project / "gone"
    for name in ("a", "b"):
        put(folder / f"{name}.txt", f"The ferry {name} stops today, said the council. It ran for years.\n")
    read(explored, "gone")
    shows(explored, "texts", "The ferry a stops today")
    shutil.rmtree(folder)
    choices.get_by_role("button", name="Read").click()
    shows(explored, "choices", "No file or folder", "What was read there before stands", "2 articles read")
    shows(explored, "texts", "The ferry a stops today")
    read(explored, "seeds")
    shows(explored, "texts", "Iranian President Leaves Baku")


def test_the_call_is_written_into_a_new_cell_that_shows_the_same(explored):
    sources = panel(explored, "sources")
    sources.get_by_label("Source", exact=True).select_option("Ilham Aliyev")
    shows(explored, "sources", "the renewed engagement")
    sources.get_by_role("button", name="Write the call").click()
    written = explored.page.locator(".jp-CodeCell").filter(has_text="from analysis import explore, show_said")
    written.locator(".cm-content").click()
    explored.keyboard("Shift+Enter")
    written.locator(".jp-OutputArea-output").get_by_text("the renewed engagement").wait_for()
    assert explored.cell_errors() == []


def test_the_report_is_made_and_linked(explored):
    report = panel(explored, "report")
    report.get_by_label("Folder", exact=True).fill("outputs/mine")
    explored.keyboard("Tab")
    report.get_by_role("button", name="Make the report").click()
    report.get_by_role("link", name="report.html").wait_for(timeout=60_000)
    assert (explored.server.project / "outputs" / "mine" / "report.html").exists()
    report.get_by_role("link", name="report.html").click()
    explored.page.frame_locator("iframe").get_by_role("heading", name="How these articles").wait_for()


def test_with_the_keyboard_alone(lab):
    def tab_until(arrived):
        for _ in range(200):
            if arrived():
                return
            lab.keyboard("Tab")
        raise AssertionError(f"the keyboard came to {lab.focused()!r}")

    lab.open("explore")
    cells = lab.page.locator(".jp-Notebook .jp-Cell")
    lab.keyboard(*["Shift+Enter"] * (cells.count() - 1), "Control+Enter")
    lab.wait_until_idle()
    assert lab.cell_errors() == []
    active = lab.page.locator(".jp-Notebook .jp-Cell.jp-mod-active")
    while 'exploration, "terms"' not in active.locator(".cm-content, .jp-RenderedMarkdown").first.inner_text():
        lab.keyboard("ArrowUp")
    term = field(lab, "terms", "Term")
    tab_until(lambda: term.evaluate("one => one === document.activeElement"))
    lab.page.keyboard.type("drones")
    lab.keyboard("Enter")
    shows(lab, "terms", "“drones”")
    tab_until(lambda: lab.focused() == "Write the call")
    lab.keyboard("Enter")
    lab.page.locator(".jp-CodeCell").filter(has_text="show_concordance(opened.tables, 'drones')").wait_for()


def test_what_was_shown_is_there_when_the_notebook_is_opened_again_without_its_kernel(lab):
    lab.open("explore")
    lab.restart_and_run_all()
    shows(lab, "report", "report seeds")
    assert outputs(lab, "labels").nth(1).is_hidden()
    lab.choose("File", "Save Notebook")
    lab.page.wait_for_function("() => !document.querySelector('.lm-DockPanel .jp-mod-dirty')")
    api, key = f"{lab.server.url}/api/sessions", {"Authorization": f"token {TOKEN}"}
    for session in lab.context.request.get(api, headers=key).json():
        lab.context.request.delete(f"{api}/{session['id']}", headers=key)
    lab.open("explore")
    for name, text in {"terms": "Terms with the highest z", "texts": "Iranian President Leaves Baku"}.items():
        outputs(lab, name).nth(1).get_by_text(text).first.wait_for()
        outputs(lab, name).nth(1).get_by_text("Run this cell to have its controls.").wait_for()
        outputs(lab, name).first.get_by_text("Error displaying widget: model not found").wait_for(state="attached")
        assert outputs(lab, name).first.is_hidden()
    lab.picture("explore-reopened", ".jp-CodeCell:has-text('\"labels\"')")
    assert all("widget model not found" in line for line in lab.console)
    lab.console.clear()


def test_panels_of_a_kernel_that_has_ended_say_so(lab):
    lab.open(lab.server.write_notebook("ended", OPENED, 'open_panel(exploration, "labels")'))
    lab.restart_and_run_all()
    shows(lab, "labels", "Labels: every expression")
    said = "() => getComputedStyle(document.querySelector('.parallax-panel'), '::before').content"
    assert lab.page.evaluate(said) == "none"
    lab.choose("Kernel", "Restart Kernel…")
    lab.page.get_by_role("button", name="Confirm Kernel Restart").click()
    lab.page.wait_for_function(f"() => ({said})().includes('run the cell again')")


def test_hostile_strings_are_inert_in_every_panel(lab):
    hostile = "<img src=x onerror=window.__run=1><script>window.__run=2</script>"
    folder = lab.server.project / "hostile-explore"
    for name in ("one", "two"):
        body = " ".join(f"The ferry {hostile} stops in {name} today, said {hostile} Smith." for _ in range(30))
        put(folder / f"{name}.txt", f"{hostile}\n\n{body}\n")
    put(folder / "articles.csv", f'article_id,label,outlet\none,{hostile},{hostile}\ntwo,"""><svg onload=x>",b\n')
    lab.open(lab.server.set_parameters("explore", "hostile-panels", sources="hostile-explore"))
    lab.restart_and_run_all()
    assert lab.cell_errors() == []
    shows(lab, "choices", "2 articles read")
    shows(lab, "texts", hostile)
    assert hostile in panel(lab, "terms").locator(".dt-container tbody").inner_text()
    assert lab.page.evaluate("window.__run") is None
    assert lab.ours.locator("script, [onerror], [onload]").count() == 0


def test_of_many_articles_claims_are_asked_for_and_links_lead_to_texts_not_shown_before(lab):
    folder = lab.server.project / "many"
    for number in range(FEW + 1):
        body = " ".join(
            f"The ferry {number} stops in {place}, said the council." for place in ("north", "south", "west")
        )
        put(folder / f"{number}.txt", f"A ferry stops\n\n{body}\n")
    lab.open(lab.server.set_parameters("explore", "many-articles", sources="many", attribution="rules"))
    lab.restart_and_run_all()
    shows(lab, "claims", "when it is asked for")
    panel(lab, "claims").get_by_role("button", name="Work it out").click()
    shows(lab, "claims", "What was compared")

    field(lab, "terms", "Term").fill("ferry")
    lab.keyboard("Enter")
    shows(lab, "terms", "“ferry”")
    target = lab.page.locator("[id='a5-s2']")
    assert target.count() == 0
    panel(lab, "terms").locator("a[href='#a5-s2']").first.click()
    target.wait_for()
    lab.page.wait_for_function(
        "one => { const { top } = one.getBoundingClientRect(); return top > 0 && top < innerHeight; }",
        arg=target.element_handle(),
    )
    assert "The ferry 4 stops" in target.inner_text()
    assert lab.cell_errors() == []


def test_a_cell_that_is_run_again_leaves_one_panel_that_follows(lab):
    lab.open(
        lab.server.write_notebook(
            "again",
            OPENED,
            'open_panel(exploration, "terms")',
            'open_panel(exploration, "labels")',
            "len(exploration._followers)",
        )
    )
    lab.restart_and_run_all()
    assert lab.outputs()[-1].split()[-1] == "2"
    cells = lab.page.locator(".jp-CodeCell")
    for place, number in ((1, 5), (1, 6), (3, 7)):  # the cell of the terms twice, then the one that counts
        cells.nth(place).locator(".cm-content").first.click()
        lab.keyboard("Control+Enter")
        cells.nth(place).locator(".jp-InputPrompt").get_by_text(f"[{number}]:").wait_for()
    lab.wait_until_idle()
    assert lab.outputs()[-1].split()[-1] == "2"
    field(lab, "terms", "Term").fill("visit")
    lab.keyboard("Enter")
    shows(lab, "terms", "“visit”")
    assert panel(lab, "labels").is_visible()
    assert lab.cell_errors() == []


def test_a_panel_whose_cell_is_deleted_rests_until_the_cell_is_there_again(lab):
    lab.known.append("^Error evaluating columnDefs")  # itables logs so where one model is drawn a second time
    lab.open(
        lab.server.write_notebook(
            "deleted",
            OPENED,
            'terms = open_panel(exploration, "terms")\nterms',
            "terms.writer.seen",
        )
    )
    lab.restart_and_run_all()
    shows(lab, "terms", "Words at most")
    cells = lab.page.locator(".jp-CodeCell")

    def seen(number):
        last = cells.last
        last.locator(".cm-content").first.click()
        lab.keyboard("Control+Enter")
        last.locator(".jp-InputPrompt").get_by_text(f"[{number}]:").wait_for()
        return last.locator(".jp-OutputArea-output").last.inner_text()

    assert seen(4) == "1"
    cells.nth(1).locator(".jp-InputPrompt").click()
    lab.keyboard("Escape", "d", "d")
    lab.page.locator(".parallax-panel").wait_for(state="detached")
    assert seen(5) == "0"
    lab.keyboard("Escape", "z")
    shows(lab, "terms", "Words at most")
    assert seen(6) == "1"
    assert lab.cell_errors() == []
