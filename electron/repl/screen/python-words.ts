/** Python's words, for highlighting. */

export const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for ' +
    'from global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Keywords where a statement begins, names everywhere else. */
export const SOFT_KEYWORDS = new Set(['match', 'case', 'type']);

export const BUILTIN_FUNCTIONS = new Set(
  (
    'abs aiter all anext any ascii bin breakpoint callable chr compile delattr dir divmod eval exec exit ' +
    'filter format getattr globals hasattr hash help hex id input isinstance issubclass iter len locals map ' +
    'max min next oct open ord pow print quit repr reversed round setattr sorted sum vars zip __import__'
  ).split(' '),
);

export const BUILTIN_CLASSES = new Set(
  (
    'bool bytearray bytes classmethod complex dict enumerate float frozenset int list memoryview object ' +
    'property range set slice staticmethod str super tuple type'
  ).split(' '),
);

/** `ValueError`, `StopIteration`, `KeyboardInterrupt` and their like. */
export const EXCEPTION =
  /^(?:[A-Z]\w*(?:Error|Exception|Warning|ExceptionGroup)|StopIteration|StopAsyncIteration|KeyboardInterrupt|SystemExit|GeneratorExit|BaseException)$/;
