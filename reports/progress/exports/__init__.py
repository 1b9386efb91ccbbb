"""A frozen report as files: a workbook, a table, and what a journal needs. Pure functions of the frozen content."""
