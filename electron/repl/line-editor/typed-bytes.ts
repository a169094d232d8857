/** What a terminal sends as text, bytes that are no UTF-8 included: each of those is a lone low surrogate, as in Python's `surrogateescape`. */

const ESCAPED = 0xdc00;
const FIRST_HIGH_BYTE = 0x80;
const LONE = /[\ud800-\udbff][\udc00-\udfff]|[\udc80-\udcff]/g;

/** The bytes that the text stands for. */
export function bytesOfTyped(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LONE)) {
    if (found.length === 1) {
      parts.push(encoder.encode(text.slice(from, index)), Uint8Array.of(found.charCodeAt(0) - ESCAPED));
      from = index + 1;
    }
  }
  parts.push(encoder.encode(text.slice(from)));
  return joined(parts);
}

/** Makes text of bytes, wherever they are cut. */
export class TypedDecoder {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** The beginning of a character. */
  #cut: Uint8Array = new Uint8Array();

  decode(bytes: Uint8Array): string {
    const all = joined([this.#cut, bytes]);
    const end = all.length - cutLength(all);
    this.#cut = all.slice(end);
    return this.#text(all.subarray(0, end));
  }

  #text(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return this.#textByCharacter(bytes);
    }
  }

  #textByCharacter(bytes: Uint8Array): string {
    let text = '';
    for (let at = 0; at < bytes.length; ) {
      const length = lengthBy(bytes[at] as number);
      try {
        text += this.#decoder.decode(bytes.subarray(at, at + length));
        at += length;
      } catch {
        text += escaped(bytes[at] as number);
        at += 1;
      }
    }
    return text;
  }
}

function escaped(byte: number): string {
  return String.fromCharCode(byte < FIRST_HIGH_BYTE ? byte : ESCAPED + byte);
}

/** How many bytes the character has that begins with this one. */
function lengthBy(first: number): number {
  if (first < 0xc0) {
    return 1;
  }
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

/** How many bytes at the end are the beginning of a character. */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < FIRST_HIGH_BYTE) {
      return 0;
    }
    if (byte >= 0xc0) {
      return back < lengthBy(byte) ? back : 0;
    }
  }
  return 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
