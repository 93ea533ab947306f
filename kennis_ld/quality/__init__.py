"""Says what is missing or doubtful: SHACL validation and the wording of findings."""
