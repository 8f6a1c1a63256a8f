"""Everything winset says about its answers, in English: pure functions from rows to sentences.

Nouns come from the case, grammar from here.  A module a question, :mod:`~winset.words.phrases` for
what all share, :mod:`winset.words.brief` for the page, :mod:`~winset.words.language` for the
languages there are.
"""
