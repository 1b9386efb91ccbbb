"""Messages by e-mail: who gets one and in which language, sending it once at most, and wanting none."""
