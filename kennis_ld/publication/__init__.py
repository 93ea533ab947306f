"""What a city keeps: settings, register, themes, decisions, proposals, and the folder a new city starts with."""
