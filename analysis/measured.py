"""Read what `measure` has written, of any size: each table is a view over its Parquet files, read as far as asked."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analysis.inputs.files import InputError
from analysis.schema import rows_of
from analysis.tables import BODY_KINDS, TABLES

#: Of the memory of the machine, the most that one query holds before it goes to disk; each thread needs some of it.
_MEMORY, _THREADS = "500MB", 4
#: Rows that are held at a time of a table that is walked through.
_ROWS = 1_000
#: Characters of an opening that is quoted, at most.
_OPENING = 160
#: The day of publication in SQL, where it is stated as an ISO date; missing elsewhere, for nothing is guessed.
DAY = r"CASE WHEN regexp_matches(published, '^\d{4}-\d{2}-\d{2}') THEN try_cast(left(published, 10) AS DATE) END"


class Measured:
    """The tables of a run, to be asked in SQL; nothing is read before it is asked for.

    A table is `tables/NAME.parquet`: one file, or a folder of parts where there are many articles. Rows come in no
    order but that of an ORDER BY. A table that was not measured is empty; `paths` has those that were.

    Parameters
    ----------
    folder : str or Path
        What `measure` or a report has written.

    Raises
    ------
    InputError
        The folder has no table of articles.

    Examples
    --------
    >>> measured = Measured("outputs/example")
    >>> measured.query("SELECT n_words FROM readability ORDER BY n_words LIMIT $most", most=1)["n_words"].tolist()
    [740]
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        found = {table.name: self.folder / "tables" / f"{table.name}.parquet" for table in TABLES}
        self.paths = {name: path for name, path in found.items() if path.exists()}
        if "articles" not in self.paths:
            raise InputError(f"a folder that `measure` has written holds tables/articles.parquet; {folder} does not")
        threads = min(_THREADS, os.cpu_count() or 1)
        aside = Path(tempfile.gettempdir(), f"parallax-{secrets.token_hex(8)}")  # made, and removed, only if needed
        self._connection = duckdb.connect(
            config={"memory_limit": _MEMORY, "threads": threads, "temp_directory": str(aside)}
        )
        for name, path in self.paths.items():
            files = str(path / "*.parquet" if path.is_dir() else path).replace("'", "''")
            self._connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{files}')")
        for table in TABLES:
            if table.name not in self.paths:
                self._connection.register(table.name, table.frame())

    def require(self, names: Sequence[str], what: str) -> None:
        """Refuse to go on if one of these tables was not measured; `what` says what is done with them.

        Raises
        ------
        InputError
            The first table that is missing is named.
        """
        if missing := [name for name in names if name not in self.paths]:
            raise InputError(f"{what} with the tables {', '.join(names)}; {self.folder} has no {missing[0]}")

    def query(self, sql: str, frames: Mapping[str, pd.DataFrame] | None = None, **values: Any) -> pd.DataFrame:
        """Ask in SQL, where `$name` stands for a value given by name.

        Parameters
        ----------
        sql : str
        frames : mapping of str to DataFrame, optional
            Further tables, under their names.

        Returns
        -------
        DataFrame
            Text is `str`, missing is NaN.
        """
        for name, frame in (frames or {}).items():
            self._connection.register(name, frame)
        try:
            found: pd.DataFrame = self._connection.sql(sql, params=values or None).to_arrow_table().to_pandas()
            return found
        finally:
            for name in frames or ():
                self._connection.unregister(name)

    def batches(
        self, sql: str, rows: int = _ROWS, frames: Mapping[str, pd.DataFrame] | None = None, **values: Any
    ) -> Iterator[pd.DataFrame]:
        """Ask in SQL, and walk through an answer that may be larger than memory.

        Parameters
        ----------
        sql : str
            Where `$name` stands for a value given by name.
        rows : int
            As many rows at a time.
        frames : mapping of str to DataFrame, optional
            Further tables, under their names.

        Yields
        ------
        DataFrame
            As `query` gives it.
        """
        cursor = self._connection.cursor()
        for name, frame in (frames or {}).items():
            cursor.register(name, frame)
        for batch in cursor.sql(sql, params=values or None).to_arrow_reader(rows):
            yield batch.to_pandas()

    def openings(self, article_ids: Iterable[str]) -> dict[str, tuple[str, int, int, str]]:
        """Find how some articles begin: the first sentence of the body, or as many of its words as are quoted.

        Returns
        -------
        dict of str to (article_id, start, end, text)
            One for each article; where there is no sentence, the stretch is empty.
        """
        found = self.query(
            """SELECT article_id, coalesce(start, 0) AS start, coalesce("end", 0) AS "end", text
            FROM articles SEMI JOIN asked USING (article_id) LEFT JOIN (
                SELECT article_id, arg_min(start, sentence) AS start, arg_min("end", sentence) AS "end"
                FROM sentences SEMI JOIN asked USING (article_id) SEMI JOIN body USING (kind) GROUP BY article_id
            ) USING (article_id)""",
            {
                "asked": pd.DataFrame({"article_id": list(article_ids)}, dtype="str"),
                "body": pd.DataFrame({"kind": BODY_KINDS}),
            },
        )
        openings = {}
        for row in rows_of(found):
            end = int(row.end)
            if end - row.start > _OPENING:
                space = row.text.rfind(" ", row.start + 1, row.start + _OPENING)
                end = space if space > 0 else int(row.start) + _OPENING
            openings[row.article_id] = (row.article_id, int(row.start), end, row.text[int(row.start) : end])
        return openings
