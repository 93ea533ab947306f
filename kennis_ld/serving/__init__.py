"""Who forks whom, and how a release is taken up: the supervisor and the zygotes."""
