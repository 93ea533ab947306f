"""Builds, verifies and publishes releases: immutable folders named after their content."""
