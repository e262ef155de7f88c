"""newslint."""
