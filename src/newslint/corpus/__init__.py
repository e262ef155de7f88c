"""Many articles at once: small facts of each by which they are compared, and how millions are checked."""
