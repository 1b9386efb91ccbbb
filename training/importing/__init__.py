"""Attendance from a sheet: participants down, the course's days across, a mark in each cell."""
