/** Finds escape sequences in output that comes in pieces, cut anywhere. */

const ESCAPE = 0x1b;

export class EscapeScanner {
  readonly #wanted: RegExp;
  readonly #begun: RegExp;
  readonly #bytes: readonly number[];
  /** The beginning of a sequence that the next bytes continue. */
  #cut = '';

  /** `wanted` is global; `begun` matches what may become one, at the end; `others` are wanted bytes besides Escape. */
  constructor(wanted: RegExp, begun: RegExp, others: readonly number[] = []) {
    this.#wanted = wanted;
    this.#begun = begun;
    this.#bytes = [ESCAPE, ...others];
  }

  find(bytes: Buffer): Iterable<RegExpExecArray> {
    if (this.#cut === '' && !this.#bytes.some((byte) => bytes.includes(byte))) {
      return [];
    }
    const text = this.#cut + bytes.toString('latin1');
    this.#cut = this.#begun.exec(text)?.[0] ?? '';
    return text.matchAll(this.#wanted);
  }
}
