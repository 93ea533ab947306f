"""Pages that list: projects, organisations, themes, findings."""
