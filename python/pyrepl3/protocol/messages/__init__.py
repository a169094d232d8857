"""Define every message between the supervisor and Python, one file a topic.

These files are the one definition: `build/contract.py` writes the TypeScript
from them, and `npm run check` fails when the two differ.  They are never
imported at run time, so that a session does not pay for `typing`; what is
needed then is in `version.py`.

A frame is `<u32 size> <u32 header size> <header> <payload>`, numbers in
little-endian order; the first size counts all that follows it.  The header is
one message as JSON in UTF-8, the payload raw bytes (often none).

Every field is always present; what is absent is `None`.  Texts are Unicode,
offsets into them count code points.  Times are seconds.
"""
