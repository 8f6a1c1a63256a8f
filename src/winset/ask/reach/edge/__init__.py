"""What would move a rung at the edge, who is asked, and what every side could bear."""
