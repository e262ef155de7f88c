"""HTML as people write it: which words it shows, in which blocks, and where each stands in the file.

`blocks.blocks` takes tags apart, `page.story` finds the article in a whole page, and `newslint.body` puts either
into an article. None of it ever fails, and all of it takes time in proportion to the text.
"""
