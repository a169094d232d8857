/** A question on the terminal before something is done that cannot be taken back. */

import { createInterface } from 'node:readline/promises';

/** Ask on a terminal; throws an Error with the advice where there is none. */
export async function confirm(question: string, advice: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Error(advice);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} y/N `)).trim());
  } finally {
    asking.close();
  }
}
