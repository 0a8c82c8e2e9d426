"""How a view looks in a notebook: the rules of the page for what it has, and for nothing around it."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

#: The second class keeps JupyterLab from setting what stands between two dollar signs as a formula.
_OPENING = '<div class="parallax mathjax_ignore"><style>'
_STYLED = re.compile(rf"{_OPENING}[^<]*</style>(.*)</div>", re.DOTALL)
_REMARK = re.compile(r"/\*.*?\*/\n", re.DOTALL)
_NAMES = re.compile(r'<([a-z]\w*)|\bclass="([^"]*)"')
#: A size that is a share of the page's own: of the page of a front end, which `notebook.css` measures.
_OF_PAGE = re.compile(r"(\d[\d.]*)rem\b")
_BLOCK = re.compile(r"^/\* for ([a-z ]+) \*/\n", re.MULTILINE)


def styled(html: str) -> str:
    """Wrap a view with the rules that it needs, nested so that they touch nothing else in the notebook.

    The class is named twice, so that the rules go before those by which a front end sets any table.

    Examples
    --------
    >>> styled('<p class="none">No term.</p>').splitlines()[-2:]
    ['.none { color: var(--soft); }', '}</style><p class="none">No term.</p></div>']
    """
    always, blocks = _rules()
    names = _names(html)
    needed = "".join(rules for words, rules in blocks if not names.isdisjoint(words))
    return f"{_OPENING}.parallax.parallax {{\n{always}{needed}}}</style>{html}</div>"


def unstyled(html: str) -> str:
    """Take off what `styled` has put around a view; anything else is returned as it is.

    Examples
    --------
    >>> unstyled(styled("<p>One</p>")), unstyled("<p>Two</p>")
    ('<p>One</p>', '<p>Two</p>')
    """
    found = _STYLED.fullmatch(html)
    return found[1] if found else html


def _names(html: str) -> set[str]:
    """The tags and classes of a view; where text reads like one, a rule too many does no harm."""
    return {name for tag, classes in set(_NAMES.findall(html)) for name in (tag, *classes.split())}


@cache
def _rules() -> tuple[str, list[tuple[list[str], str]]]:
    """The rules that any view needs, and each block of further ones with the tags and classes that it is for."""
    folder = resources.files("analysis").joinpath("templates", "report")
    always, views = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("notebook.css", "views.css"))
    parts = _BLOCK.split(_OF_PAGE.sub(r"calc(\1 * var(--rem))", views))[1:]
    return _REMARK.sub("", always), [
        (words.split(), rules) for words, rules in zip(parts[::2], parts[1::2], strict=True)
    ]
