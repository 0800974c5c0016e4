"""Drives the built program through kills, crowds and full disks, and compares what it stores with an undisturbed run."""
