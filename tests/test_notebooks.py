"""The notebooks call and narrate; they do not compute."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.Try,
    ast.With, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.JoinedStr,
)  # fmt: skip


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_notebooks_are_there():
    assert {path.stem for path in NOTEBOOKS} >= {"article", "blind", "comparison", "corpus"}


def test_a_cell_defines_loops_branches_and_formats_nothing(notebook):
    for cell in code(notebook):
        found = [type(node).__name__ for node in ast.walk(ast.parse(cell.source)) if isinstance(node, FORBIDDEN)]
        assert not found, cell.source


def test_a_cell_calls_only_what_the_library_names(notebook):
    methods = {
        node.func.attr
        for cell in code(notebook)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not methods


def test_cells_have_at_most_ten_lines(notebook):
    _parameters, *cells = code(notebook)  # one line for each parameter, however many there are
    assert max(len(cell.source.splitlines()) for cell in cells) <= 10


def test_imports_stand_in_the_first_cell_after_the_parameters(notebook):
    cells = code(notebook)
    assert cells[0].metadata["tags"] == ["parameters"]
    importing = [
        place
        for place, cell in enumerate(cells)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(ast.parse(cell.source)))
    ]
    assert importing == [1]


def test_every_parameter_is_one_annotated_line_with_a_comment(notebook):
    for line in code(notebook)[0].source.splitlines():
        assert re.fullmatch(r"[a-z_]+: (str|int|float|bool) = .+  # .+", line), line


def test_every_section_asks_and_no_prose_states_a_result(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", cell.source.replace("G2", "")), cell.source


def test_no_outputs_and_nothing_run_is_committed(notebook):
    assert all(not cell.outputs and cell.execution_count is None for cell in code(notebook))


def test_every_name_that_is_imported_is_used(notebook):
    imported, used = set(), set()
    for cell in code(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.Name):
                used.add(node.id)
    assert imported <= used
