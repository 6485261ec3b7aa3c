"""What a school asks itself: guiding questions, the pulse, and the charter everybody can read."""
