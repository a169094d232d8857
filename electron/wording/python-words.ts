/** Python's words, for highlighting in the console and in the editor. */

export const KEYWORDS = words(
  'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield',
);

/** Keywords where a statement begins, names everywhere else. */
export const SOFT_KEYWORDS = words('match case type lazy');

export const BUILTIN_FUNCTIONS = words(
  'abs aiter all anext any ascii bin breakpoint callable chr compile delattr dir divmod eval exec exit filter ' +
    'format getattr globals hasattr hash help hex id input isinstance issubclass iter len locals map max min ' +
    'next oct open ord pow print quit repr reversed round setattr sorted sum vars zip __import__',
);

export const BUILTIN_CLASSES = words(
  'bool bytearray bytes classmethod complex dict enumerate float frozenset int list memoryview object property ' +
    'range set slice staticmethod str super tuple type',
);

/** A pattern for the whole of `ValueError`, `StopIteration`, `KeyboardInterrupt` and their like. */
export const EXCEPTION =
  '(?:[A-Z]\\w*(?:Error|Exception|Warning|ExceptionGroup)|StopIteration|StopAsyncIteration|KeyboardInterrupt|' +
  'SystemExit|GeneratorExit|BaseException)';

function words(text: string): readonly string[] {
  return text.split(' ');
}
