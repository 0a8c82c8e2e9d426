"""Imports point down, siblings do not know each other, and few modules know the heavy libraries."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "analysis"
#: What draws, and nobody else knows matplotlib.
DRAWING = {
    "rendering", "panel", "png", "drawing", "charts", "charts_events", "charts_groups", "charts_placebo",
    "charts_voices", "clouds",
}  # fmt: skip
#: From the bottom up. The parts of one layer are siblings: a module imports from its own part and from lower layers.
LAYERS = [
    [
        {
            "schema",
            "rows",
            "tables",
            "text",
            "memo",
            "kept",
            "pieces",
            "numbered",
            "paths",
            "sparing",
            "quotes",
            "association",
            "likelihood",
            "evidence",
            "draws",
            "power",
            "folder",
            "memory",
            "nouns",
            "claims.claim",
            "names",
            "chosen",
            "voices",
            "positions",
            "sides",
            "stretches",
            "lists",
            "measured",
            "workers",
        }
    ],
    [
        {"inputs", "corpus"},
        {"page", "clean"},
        {"terms", "grams", "lemmas", "keyness", "units", "placebo", "wording", "wording_lists", "collocates"},
        {"readability", "formulas", "syllables", "hyphens", "piece_counts"},
        {"attribution"},
        {"overlap"},
        {"copies"},
        {"events"},
        {"labels"},
    ],
    [
        {
            "pipeline",
            "settings",
            "measures",
            "passages",
            "language",
            "coverage",
            "analyses",
            "influence",
            "robustness",
            "corrections",
            "groups",
        },
        {"coding", "reliability"},
    ],
    [{"claims", "findings", "findings_groups", "excerpts", "withheld"}],
    [
        DRAWING,
        {"show"},
    ],
    [{"store", "table_files"}],
    [{"lesson"}, {"blind"}],
    [{"cluster"}],
    [{"parts"}],
    [{"forked"}, {"kernel"}],
    [{"report"}],
    [{"batch"}, {"audit"}, {"live"}],
    [{"ending"}],
    [{"commands"}],
    [{"__main__"}],
]
#: Errors that users cause are one class, wherever they are found.
EVERYWHERE = {"inputs.files"}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in ROOT.rglob("*.py")
    if path.name != "__init__.py" or path.parent.name == "attribution"
}


def imports(path):
    """The modules that a file imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def place(module):
    """Layer and part of a module, by its longest listed prefix."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        for height, layer in enumerate(LAYERS):
            for number, part in enumerate(layer):
                if ".".join(parts[:length]) in part:
                    return height, number
    return None


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_has_a_place(module):
    assert place(module) is not None


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_down(module):
    height, part = place(module)
    for name in imports(MODULES[module]):
        if name.startswith("analysis.") and name.removeprefix("analysis.") not in EVERYWHERE:
            other = place(name.removeprefix("analysis."))
            assert other == (height, part) or other[0] < height, f"{module} imports {name}"


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("papermill", {"report", "batch.warm", "forked.engine", "kernel"}),
        ("nbconvert", {"report"}),
        ("matplotlib", DRAWING),
        ("wordcloud", {"clouds"}),
        ("textstat", {"syllables"}),
        ("trafilatura", {"inputs.html"}),
        ("lxml", {"inputs.html", "inputs.docx"}),
        ("sentencex", {"text"}),
        ("simplemma", {"lemmas", "attribution.classes"}),
        ("duckdb", {"measured"}),
        ("dask", {"cluster.connect", "cluster.frames"}),
        (
            "distributed",
            {"cluster.connect", "cluster.pool", "batch.elsewhere", "batch.run", "parts.elsewhere", "parts.run"},
        ),
        ("cloudpickle", {"cluster.apart"}),
        ("datasketch", {"copies.shingles"}),
        # sparse sums over a corpus, quantiles of Student's t; scipy.stats, which takes a second to import, is nobody's
        (
            "scipy",
            {
                "attribution.trained.training",
                "copies.alike",
                "events.gather",
                "events.vectors",
                "groups.gate",
                "groups.weigh",
                "groups.terms",
                "groups.readability",
                "groups.sources",
            },
        ),
        ("sklearn", {"attribution.trained.training", "attribution.trained.evaluation"}),
        ("jinja2", {"attribution.trained.card", "batch.index"}),
        ("pycrfsuite", {"attribution.trained.training", "attribution.trained.model"}),
    ],
)
def test_a_heavy_library_is_known_to_few(library, allowed):
    known = {module for module, path in MODULES.items() if any(name.split(".")[0] == library for name in imports(path))}
    assert known <= allowed


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_holds_one_idea(module):
    length = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert length <= 320


def test_the_report_does_without_the_grammars_of_web_addresses():
    said = "import sys, analysis.report, nbformat, papermill, nbconvert; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert done.stdout == "False\n"
