"""The rules in Python, one module a family. Every `Rule` at the top of a module here is a rule."""
