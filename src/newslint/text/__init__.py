"""Views of a text: spans of its lines, sentences, words, quotations, quantities and credits."""
