"""Sessions on disk: write a namespace name by name, and bring it back.

`docs/checkpoint-format.md` says what is written.  Nothing of this is imported
before a session is saved or restored.
"""
