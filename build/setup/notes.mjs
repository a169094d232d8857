/** What set-up tells: on standard error, so that a program's own output stays whole. */

/** How often a line that waits counts its seconds. */
const TICK_MS = 1000;

/** Draws the line again that counts its seconds, where there is one: what is said meanwhile comes above it. */
let redraw = nothing;
let isDrawn = false;

/** Say one line. @param {string} line */
export function note(line) {
  process.stderr.write(`${isDrawn ? '\r\x1b[K' : ''}· ${line}\n`);
  redraw();
}

/**
 * Say what is being done while it is done, and how long it took.
 *
 * @template T
 * @param {string} line
 * @param {(progress: (text: string) => void) => Promise<T>} work may tell how far it is
 * @returns {Promise<T>}
 */
export async function during(line, work) {
  if (!process.stderr.isTTY || isDrawn) {
    note(`${line} …`);
    return work(() => {
      // Without a terminal there is no line to draw again, and with another at work there is one already.
    });
  }
  const begin = Date.now();
  let progress = '';
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`;
  redraw = () => process.stderr.write(`\r\x1b[K· ${line} … ${progress || seconds()}`);
  isDrawn = true;
  const timer = setInterval(() => redraw(), TICK_MS);
  redraw();
  try {
    const result = await work((text) => {
      progress = text;
    });
    process.stderr.write(`\r\x1b[K· ${line}, ${seconds()}\n`);
    return result;
  } catch (error) {
    process.stderr.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
    isDrawn = false;
    redraw = nothing;
  }
}

function nothing() {
  // No line counts its seconds.
}
