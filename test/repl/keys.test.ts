import { describe, expect, it } from 'vitest';
import { KeyReader, type Waited } from '../../electron/repl/line-editor/keys.ts';

/** The names of the keys, text as itself; `…` where something waits for its rest. */
function read(data: string, waited: Waited = 'not'): string[] {
  const reader = new KeyReader();
  reader.push(data);
  const names: string[] = [];
  for (let key = reader.next(waited); key; key = reader.next(waited)) {
    names.push(key.text || key.name);
  }
  return reader.isEmpty ? names : [...names, '…'];
}

describe('keys', () => {
  it.each([
    ['text in one piece', 'aé中👩‍💻', ['aé中👩‍💻']],
    [
      'control characters',
      '\x01\t\r\n\x7f\x1f\x00',
      ['C-a', 'Tab', 'Enter', 'C-j', 'Backspace', 'C-_', 'C-Space'],
    ],
    ['arrows in both modes', '\x1b[A\x1bOB', ['Up', 'Down']],
    ['modifiers', '\x1b[1;5C\x1b[1;3D\x1b[1;2A\x1b[3;5~', ['C-Right', 'M-Left', 'S-Up', 'C-Delete']],
    ['Escape before a sequence', '\x1b\x1b[D', ['M-Left']],
    ['function keys', '\x1bOP\x1b[15~\x1b[[A\x1b[24~', ['F1', 'F5', 'F1', 'F12']],
    ['keys with Alt', '\x1bb\x1b\x7f\x1b\r\x1bé', ['M-b', 'M-Backspace', 'M-Enter', 'M-é']],
    [
      'keys in the newer form',
      '\x1b[13;2u\x1b[97;5u\x1b[27;5;9~\x1b[122;4u',
      ['S-Enter', 'C-a', 'C-Tab', 'M-Z'],
    ],
    ['Shift and Tab', '\x1b[Z', ['S-Tab']],
    [
      'answers to programs that have ended',
      'a\x1b[24;80R\x1b]11;rgb:0/0/0\x07\x1bP>|x\x1b\\\x1b[<0;1;1Mb',
      ['a', 'b'],
    ],
    ['a paste', '\x1b[200~x\r\n\x1b[A\x1b[201~y', ['x\r\n\x1b[A', 'y']],
    ['what is not complete', 'a\x1b[1;', ['a', '…']],
    ['half a character', 'a\ud83d', ['a', '…']],
  ])('%s', (_, data, names) => {
    expect(read(data)).toEqual(names);
  });

  it('are Escape where nothing follows', () => {
    expect(read('\x1b')).toEqual(['…']);
    expect(read('\x1b', 'briefly')).toEqual(['Escape']);
    expect(read('\x1b[', 'briefly')).toEqual(['…']);
    expect(read('\x1b[', 'long')).toEqual(['M-[']);
  });

  it('are the same however the bytes are cut', () => {
    const data = 'é\x1b[1;5C\x1bOP\x1bb👍\x1b[200~a\x1b[201~\x1b[3~';
    const whole = read(data);
    for (let cut = 1; cut < data.length; cut += 1) {
      const reader = new KeyReader();
      const names: string[] = [];
      for (const piece of [data.slice(0, cut), data.slice(cut)]) {
        reader.push(piece);
        for (let key = reader.next(); key; key = reader.next()) {
          names.push(key.text || key.name);
        }
      }
      expect(names).toEqual(whole);
    }
  });
});
