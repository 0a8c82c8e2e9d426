"""A person has the last word: corrections by hand of regions, attributions, voices and labels.

A file of corrections is a CSV with one correction in each line::

    article_id,what,start,end,value,who,why
    story-1,region,0,24,chrome,ann,a menu
    story-1,attribution,310,322,source_type=anonymous,ann,no name is given
    story-1,label,40,46,place: Tehran,ben,here the city
    story-1,voice,90,131,quoted,ben,the closing mark is missing

`start` and `end` are code points of the article's text, as in every table. Nothing may be empty. A further column
`text` may hold the stretch itself; where it is given, the correction fits only if the text still reads so (white
space aside). Columns come in any order; comma, semicolon or tab separates them.

========== ======================================= =======================================================
what       the stretch                             value
========== ======================================= =======================================================
region     one or more whole blocks: paragraphs,   body, title (one block), heading, bullet, or a kind of
           headings, bullets                       boilerplate: chrome, teaser, share, caption, sources
voice      any words of the searched text          author, headline, quoted, attributed
label      a name or expression in one sentence    ACTOR, or KIND: ACTOR (person, state, organisation,
                                                   place, event, name); none takes the label away
attribution its cue or its content, whole           none: there is no attribution;
                                                   KEY=VALUE;KEY=VALUE: changes it;
                                                   statement;KEY=VALUE… or attitude;…: adds one whose
                                                   content is the stretch
========== ======================================= =======================================================

Keys of an attribution are act, kind, modality, source_type, cue_class, and source, cue, content, whose value is
START-END, parts joined by +, or (for source and cue) none. What is not given follows from what is: the source type
from the words of the source, the cue class from the list of cues (neutral if the list lacks it), the kind from the
quotation marks. A title by hand makes the one that was found a heading; a label by hand takes the place of those that
it touches.

A file that cannot be understood, or that contradicts itself, is refused. A correction that does not fit its text
is left undone and named: each function returns the table CORRECTIONS with the status of those it judged.
"""

from analysis.corrections.attributions import correct_attributions
from analysis.corrections.labels import correct_labels
from analysis.corrections.read import name_unplaced, no_corrections, read_corrections
from analysis.corrections.regions import correct_regions
from analysis.corrections.status import corrections_of, join_corrections
from analysis.corrections.voices import correct_voices

__all__ = [
    "correct_attributions", "correct_labels", "correct_regions", "correct_voices", "corrections_of", "join_corrections",
    "name_unplaced", "no_corrections", "read_corrections",
]  # fmt: skip
