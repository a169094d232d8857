"""The Python side of a session: the host, and the state that runs the user's code."""
