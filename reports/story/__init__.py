"""The fictional year 2011: data by concept in the modules here, told as facts by `reports.story.telling`.

Names of persons, firms, e-mails and phone numbers are made up; the figures are those that every page must show.
"""
