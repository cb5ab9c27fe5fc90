"""Writing rules, putting them in force, and setting colours."""
