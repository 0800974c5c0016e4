"""Subjects the program to kills, concurrent runs and full disks, and compares its results with an undisturbed run."""
