"""Importing volunteers from a spreadsheet: read the file, understand its columns and cells, store all or nothing."""
