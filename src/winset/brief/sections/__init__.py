"""One module a section: each turns rows into blocks, and computes its own title."""
