"""What portals and harvesters fetch."""
