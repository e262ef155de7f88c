"""Articles compared with each other: small facts of each, so that nothing else need be kept or sent."""
