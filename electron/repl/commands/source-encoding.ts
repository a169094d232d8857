/** In which encoding a source of Python is written, as it declares it itself (PEP 263). */

const DECLARATION = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const LATIN = /^(?:latin-1|latin1|iso-8859-1|iso8859-1|iso-latin-1|l1)(?:-|$)/;
const WINDOWS = /^(?:cp|windows-?)(125\d|874)$/;
/** What Windows has from 0x80 to 0x9f where Latin-1 has controls: Node's own decoder does not heed it. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Return the encoding as Python's rules find it in the first two lines; `null` where it is UTF-8. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  const [first = '', second = ''] = head.split(/\r\n?|\n/);
  const found =
    DECLARATION.exec(first) ?? (/^[ \t\f]*(?:#.*)?$/.test(first) ? DECLARATION.exec(second) : null);
  const name = found?.[1]?.toLowerCase().replaceAll('_', '-');
  return name === undefined || /^utf-?8(?:-|$)/.test(name) ? null : name;
}

/** Decode by a declared encoding; throws where it is not known, or the bytes are none of its. */
export function decodeBy(encoding: string, bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  if (LATIN.test(encoding)) {
    return buffer.toString('latin1');
  }
  if (encoding === 'ascii' || encoding === 'us-ascii') {
    return new TextDecoder('utf-8', { fatal: true }).decode(ascii(buffer));
  }
  const label = encoding.replace(WINDOWS, 'windows-$1');
  if (label === 'windows-1252') {
    return buffer
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
  }
  return new TextDecoder(label, { fatal: true }).decode(bytes);
}

function ascii(buffer: Buffer): Buffer {
  if (buffer.some((byte) => byte > 0x7f)) {
    throw new TypeError('There are bytes that are not ASCII.');
  }
  return buffer;
}
