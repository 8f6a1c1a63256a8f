"""What the page says in English, a module a section; nouns come from the case."""
