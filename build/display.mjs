/** A screen in memory, for windows that nobody looks at. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Where Xvfb writes the number that it found free. */
const NUMBER_FD = 3;
const SCREEN = '1400x1000x24';

/** Start Xvfb. @returns {Promise<{ name: string, close: () => Promise<void> }>} `name` is the value for `DISPLAY` */
export async function openDisplay() {
  const args = ['-displayfd', String(NUMBER_FD), '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const endWithUs = () => child.kill();
  process.on('exit', endWithUs);
  const ended = once(child, 'exit').finally(() => process.off('exit', endWithUs));
  const number = await Promise.race([firstLine(child), ended.then(() => null)]);
  if (number === null) throw new Error('Xvfb ended before it had a screen; start it by hand to see why.');
  return {
    name: `:${number}`,
    close: async () => {
      child.kill();
      await ended;
    },
  };
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} */
function firstLine(child) {
  const numbers = /** @type {import('node:stream').Readable} */ (child.stdio[NUMBER_FD]);
  child.stderr?.resume();
  return new Promise((resolve) => {
    let text = '';
    numbers.on('data', (data) => {
      text += data;
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}
