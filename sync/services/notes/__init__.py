"""What becomes of notes, behind the wall: reading back, thanking, sharing, check-ins, keeping and letting go."""
