"""What the native part tells of a file that is not what it was at the freeze."""

import ctypes


class ChangedFile(ctypes.Structure):
    """One file; `struct changed_file` of `python/native/files/files.h`."""

    _fields_ = (
        ("number", ctypes.c_int),
        ("verdict", ctypes.c_int),
        ("cause", ctypes.c_int),
        # The file itself, and where what is written to it is kept meanwhile; else -1.
        ("real", ctypes.c_int),
        ("memory", ctypes.c_int),
        # As it was, in bytes, and where in the memory that begins.
        ("size", ctypes.c_long),
        ("kept_from", ctypes.c_long),
    )
