"""The blind reading as a user meets it: nothing masked can be seen before a judgement, and all of it after."""

import re

import pandas as pd
import pytest
from conftest import put

pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=window.__run=1>"
NORTH = (
    "Bridge closed, says the Daily Gazette\n\nOn Monday, Dec. 8, the regime closed the bridge. The mayor told the "
    "Daily Gazette that the regime was in a hurry. It had been open since 1987. Ann Lee saw it close."
)
SOUTH = f"The government closed a bridge yesterday. The Harbour Courier saw it. A clerk said that {HOSTILE} was due."
#: What tells whose a text is, when it is from, or what it calls things.
MASKED = ("Gazette", "Courier", "Ann Lee", "Dec. 8", "1987", "2019-12-08", "regime", "north-paper", "south-paper")
QUESTIONS = {
    "Which text is harder to read?": "text one", "Which text quotes or cites more sources?": "no difference",
    "Which text uses stronger words?": "text two", "Do the texts report the same event?": "yes",
}  # fmt: skip
RECORD = "Record the judgement"


@pytest.fixture
def opened(lab, request):
    """The notebook on two articles with outlets, opened and run; what is recorded goes to a file of each test."""
    folder = lab.server.project / "to-judge"
    put(folder / "north-paper.txt", NORTH)
    put(folder / "south-paper.txt", SOUTH)
    columns = "article_id,outlet,author,published\n"
    put(
        folder / "articles.csv",
        f"{columns}north-paper,Daily Gazette,Ann Lee,2019-12-08\nsouth-paper,Harbour Courier,,\n",
    )
    own = re.sub(r"\W+", "-", request.node.name)
    given = {"sources": "to-judge", "attribution": "rules", "judgement": f"outputs/{own}.csv"}
    lab.open(lab.server.set_parameters("blind", own, output=f"outputs/{own}", **given))
    lab.restart_and_run_all()
    assert lab.cell_errors() == []
    lab.ours.get_by_role("button", name=RECORD).wait_for()
    lab.file = lab.server.project / given["judgement"]
    return lab


def seen(lab):
    """What is masked that the page holds, seen or not."""
    page = lab.page.content()
    return [one for one in MASKED if one in page]


def test_nothing_is_unmasked_until_a_judgement_is_recorded(opened):
    assert seen(opened) == []
    assert opened.ours.get_by_text("[outlet or author, several words]").count() > 1
    assert opened.violations() == []
    opened.picture("blind-asked", start=".parallax-blind")

    opened.press(RECORD)
    refused = "Not recorded: a judgement answers every question but free ones; found no answer to reading, voices"
    opened.ours.get_by_text(refused).wait_for()
    assert seen(opened) == []
    assert not opened.file.exists()

    for question, answer in QUESTIONS.items():
        opened.pick(question, answer)
    opened.ours.get_by_label("What else did you notice?").fill(f"Short. {HOSTILE}")
    opened.ours.get_by_label("Who answers", exact=True).fill("ann")
    opened.press(RECORD)
    opened.ours.get_by_text("The masks are lifted").wait_for()
    opened.ours.get_by_text("Which text is which").first.wait_for()
    assert sorted(seen(opened)) == sorted(MASKED)
    assert pd.read_csv(opened.file)["answer"].tolist()[:4] == list(QUESTIONS.values())
    assert opened.ours.get_by_text("95 % interval").count() > 0
    assert opened.violations() == []
    assert opened.page.evaluate("window.__run") is None
    opened.picture("blind-judged", start=".parallax-blind [role=status]")

    link = opened.ours.locator(".parallax-blind td a").first
    target = opened.page.locator(f"[id='{link.get_attribute('href')[1:]}']")
    link.click()
    opened.page.wait_for_function("one => one.getBoundingClientRect().top < innerHeight", arg=target.element_handle())
    assert target.is_visible()

    opened.press("Export")
    opened.ours.get_by_text("Exported to the folder").wait_for()
    assert {path.name for path in opened.file.with_name(f"{opened.file.stem}-export").iterdir()} == {
        "judgement.csv", "beside.csv", "beside.html",
    }  # fmt: skip


def test_with_the_keyboard_alone(opened):
    opened.ours.locator(".again summary").focus()
    opened.keyboard("Enter")
    opened.ours.locator(".again[open]").wait_for()
    for question, answer in QUESTIONS.items():
        opened.keyboard("Tab")
        field = opened.ours.get_by_label(question)
        for _ in range(field.locator("option").count()):
            if field.input_value() == answer:
                break
            opened.keyboard("ArrowDown")  # the notebook takes none of the keys: it would go to the next cell
    opened.keyboard("Tab", "Tab")
    opened.page.keyboard.type("ben")
    opened.keyboard("Tab", "Tab", "Tab")
    assert opened.focused() == RECORD
    opened.keyboard("Enter")
    opened.ours.get_by_text("The masks are lifted").wait_for()
    told = pd.read_csv(opened.file)
    assert told["answer"].tolist() == list(QUESTIONS.values())
    assert set(told["reader"]) == {"ben"}


def test_run_again_the_notebook_shows_what_was_recorded_and_records_nothing_twice(opened):
    for question, answer in QUESTIONS.items():
        opened.pick(question, answer)
    opened.press(RECORD)
    opened.ours.get_by_text("The masks are lifted").wait_for()
    opened.restart_and_run_all()
    opened.ours.get_by_text("Which text is which").first.wait_for()
    opened.ours.get_by_role("button", name=RECORD).wait_for()
    before = opened.file.read_bytes()
    for question, answer in QUESTIONS.items():
        opened.pick(question, answer)
    opened.press(RECORD)
    opened.ours.get_by_text("Not recorded: a judgement is recorded once").wait_for()
    assert opened.file.read_bytes() == before
    assert opened.ours.get_by_label("Which text is harder to read?").input_value() == "text one"
    assert opened.violations() == []
