"""Udvalgsbilag: a frozen report on two pages for the municipal committee, as PDF and as a document (DOCX)."""
