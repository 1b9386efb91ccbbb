"""Forms' pages of the volunteers. What a page shows of a person is composed in reports."""
