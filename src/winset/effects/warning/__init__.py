"""Shared missile warning: flights, sensors at town level, pictures and alerts; public and defensive."""
