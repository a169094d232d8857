#!/bin/sh
# An ideographic space that arrives in two pieces is lost in xterm.js: nothing is drawn for it, not even a replacement, and
# what follows moves to the left. So is every character whose UTF-8 form ends with the bytes 80 80, where the piece ends
# before the last of them: U+3000, which stands in most Japanese text, U+4000, U+D000, U+10000.
#
# A good guess: `Terminal.write` takes bytes as they come from a pty, in pieces that are cut anywhere, and keeps the begin of
# a character until its end has come; its documentation says that bytes are decoded as a stream. It does so for other
# characters, such as U+4E00 (e4 b8 80).
#
# What really happens: of the bytes that it keeps the decoder counts those up to the first whose six bits are all zero. A kept
# byte 80 is taken for none, so that one byte too many is waited for, and the character is dropped with no trace.
#
# Where this matters: Node and every pty cut long output at a multiple of a power of two, wherever that is in a character. Who
# writes bytes into xterm.js has to keep an unfinished character back himself, or decode the stream before.
#
# Run without PyREPL3: sh findings/xterm-loses-a-cut-character.sh. Needs Node with npm.
# Exits with 0 as long as it is as told here.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --save-exact @xterm/headless@6.0.0
cat > pieces.cjs <<'NODE'
const { Terminal } = require('@xterm/headless');

/** Write a character and an `x` behind it, cut before the character's last byte; return what is on the screen. */
async function shown(character) {
  const terminal = new Terminal({ cols: 20, rows: 2, allowProposedApi: true });
  const bytes = new TextEncoder().encode(`${character}x`);
  const cut = bytes.length - 2;
  terminal.write(bytes.slice(0, cut));
  await new Promise((done) => terminal.write(bytes.slice(cut), done));
  return terminal.buffer.active.getLine(0).translateToString(true);
}

(async () => {
  for (const point of [0x3000, 0x4000, 0xd000, 0x10000, 0x4e00, 0x20ac]) {
    const character = String.fromCodePoint(point);
    const text = await shown(character);
    console.log(`U+${point.toString(16).toUpperCase()}: ${text === `${character}x` ? 'whole' : JSON.stringify(text)}`);
  }
})();
NODE
node pieces.cjs > seen
cat seen
cat > expected <<'TEXT'
U+3000: "x"
U+4000: "x"
U+D000: "x"
U+10000: "x"
U+4E00: whole
U+20AC: whole
TEXT
diff expected seen
