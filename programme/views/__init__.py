"""Pages of the programme that record something; what is read stands in `reports.views`."""
