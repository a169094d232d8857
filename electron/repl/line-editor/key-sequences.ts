/** The escape sequences that terminals send for keys, and the names that we give them. */

/** The final byte of `CSI … <letter>` and `SS3 <letter>`. */
const BY_LETTER: Record<string, string> = {
  A: 'Up',
  B: 'Down',
  C: 'Right',
  D: 'Left',
  F: 'End',
  H: 'Home',
  M: 'Enter',
  P: 'F1',
  Q: 'F2',
  R: 'F3',
  S: 'F4',
  Z: 'S-Tab',
};

/** The first number of `CSI <number> ~`. */
const BY_NUMBER: Record<number, string> = {
  1: 'Home',
  2: 'Insert',
  3: 'Delete',
  4: 'End',
  5: 'PageUp',
  6: 'PageDown',
  7: 'Home',
  8: 'End',
  11: 'F1',
  12: 'F2',
  13: 'F3',
  14: 'F4',
  15: 'F5',
  17: 'F6',
  18: 'F7',
  19: 'F8',
  20: 'F9',
  21: 'F10',
  23: 'F11',
  24: 'F12',
};

/** Characters with a name of their own. */
const BY_CODE: Record<number, string> = {
  0: 'C-Space',
  8: 'C-h',
  9: 'Tab',
  10: 'C-j',
  13: 'Enter',
  27: 'Escape',
  28: 'C-\\',
  29: 'C-]',
  30: 'C-^',
  31: 'C-_',
  127: 'Backspace',
};

const KEY_WITH_MODIFIERS = 27;

/** Name the key of a control sequence's parameters and final byte; `null` where it is none. */
export function nameSequence(parameters: string, final: string): string | null {
  // Answers to questions of programs that have ended, mouse reports: no keys.
  if (!/^[\d;:]*$/.test(parameters)) {
    return null;
  }
  const numbers = parameters.split(';').map((part) => Number.parseInt(part, 10) || 0);
  const [first = 0, second = 0, third = 0] = numbers;
  if (final === '~') {
    if (first === KEY_WITH_MODIFIERS) {
      return withModifiers(nameCode(third), second);
    }
    const name = BY_NUMBER[first];
    return name ? withModifiers(name, second) : null;
  }
  if (final === 'u') {
    return withModifiers(nameCode(first), second);
  }
  // `CSI 24;80 R` is an answer about the cursor, `CSI 1;2 R` is F3.
  if (final === 'R' && first !== 1) {
    return null;
  }
  // `CSI 35;40;12 M` is a click, `CSI 1;2 M` Enter on the keypad.
  if (final === 'M' && numbers.length > 2) {
    return null;
  }
  const name = BY_LETTER[final];
  return name ? withModifiers(name, second) : null;
}

/** Name a character that comes without a sequence around it. */
export function nameCode(code: number): string {
  const name = BY_CODE[code];
  if (name) {
    return name;
  }
  if (code < 32) {
    return `C-${String.fromCharCode(code + 96)}`;
  }
  return String.fromCodePoint(Math.min(code, 0x10ffff));
}

/** Put modifiers, as terminals number them, before a name: `C-`, `M-`, `S-`, in this order. */
function withModifiers(name: string, modifiers: number): string {
  const bits = Math.max(0, modifiers - 1);
  let base = name;
  if (bits & 4 && base.length === 1) {
    base = base.toLowerCase();
  } else if (bits & 1 && base.length === 1) {
    base = base.toUpperCase();
  }
  const control = bits & 4 ? 'C-' : '';
  const meta = bits & 2 ? 'M-' : '';
  // Shift is already in a character; only named keys keep it.
  const shift = bits & 1 && base.length > 1 && !base.startsWith('S-') ? 'S-' : '';
  return control + meta + shift + base;
}
