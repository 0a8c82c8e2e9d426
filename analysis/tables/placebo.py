"""What chance alone finds: random halves of one group, compared as if they were two."""

from __future__ import annotations

from analysis.association import ALPHA
from analysis.evidence import CHI_SQUARE, LEVEL
from analysis.schema import Column, Table
from analysis.tables.columns import GROUP

PLACEBO = Table("placebo", "random division of a group into halves", ("group", "half"), (
    GROUP,
    Column("half", "int64", "running number of the division, from 1"),
    Column("g2", "float64", "largest |G2| between the halves, over the terms tested in the group alone", "", "Dunning 1993, four cells"),
    Column("n_large", "int64", f"of these, terms whose |G2| exceeds {CHI_SQUARE:.3f}, the chi-square value at {ALPHA} (one degree of freedom)", "terms"),
))  # fmt: skip

PLACEBO_BY_GROUP = Table("placebo_by_group", "group: its random halves beside its difference from all others", ("group",), (
    GROUP,
    Column("unit", "str", "what was dealt out to the halves: sentence, paragraph or article; missing where evidence is withheld"),
    Column("n_units", "int64", "units of the group; 0 where evidence is withheld", "units"),
    Column("n_tested", "int64", "terms tested in the group alone", "terms"),
    Column("n_halves", "int64", "random divisions; 0 where evidence is withheld, the units are too few or no term is tested"),
    Column("g2", "float64", "median over the divisions of the largest |G2|; missing where there are none"),
    Column("upper", "float64", f"the value that {100 * LEVEL:.0f} % of them do not exceed; missing where there are none"),
    Column("n_large", "float64", f"median over the divisions of the terms whose |G2| exceeds {CHI_SQUARE:.3f}; missing where there are none", "terms"),
    Column("g2_between", "float64", "largest |G2| of a tested term between the group and all others; missing if no term is tested"),
))  # fmt: skip
