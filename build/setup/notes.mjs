/** What set-up tells: on standard error, so that a program's own output stays whole. */

/** How often a line that waits counts its seconds. */
const TICK_MS = 1000;

/** Say one line. @param {string} line */
export function note(line) {
  process.stderr.write(`· ${line}\n`);
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
  const begin = Date.now();
  let progress = '';
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`;
  const draw = () => process.stderr.write(`\r\x1b[K· ${line} … ${progress || seconds()}`);
  if (!process.stderr.isTTY) {
    note(`${line} …`);
    return work(() => {
      // Without a terminal there is no line to draw again.
    });
  }
  const timer = setInterval(draw, TICK_MS);
  draw();
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
  }
}
