"""Progress reports: composed from a Moment's figures, frozen, drawn as a paper, and checked."""
