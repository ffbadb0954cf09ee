"""What leaves after the commit: nudges to workers, schedules, and the sweep of what was missed."""
