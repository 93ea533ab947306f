"""kennis-ld: a city's knowledge agenda as five-star linked open data."""
