"""Many articles at once: what they have in common, and how to check millions of them."""
