"""Figures: pure functions of a Moment that return dataclasses. Rows carry no names."""
