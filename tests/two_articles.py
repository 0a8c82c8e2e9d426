"""Two short articles on one day at a river, to be explored."""

NORTH = """Bridge opens early

The bridge opened on Monday, the council said. "The bridge is safe," said engineer Ada Moor. The ferry stops today.

The ferry ran for years. The council said the ferry was old. People used the ferry daily.
"""
SOUTH = """Ferry ends

The ferry stops on Monday, said the council. The bridge took its place. "We will miss the ferry," said Tom Reed.

The bridge cost much. The bridge is long. The council paid for the bridge.
"""
