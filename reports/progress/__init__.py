"""What a progress report is made into once its content is frozen: a paper to send and to keep."""
