"""Postings from an accounting system: the file, what its rows mean, and how they are stored."""
