/** An X server of a test's own, and other clients that ask it whether it still serves them. */

import { spawn, spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

const ANSWERS_WITHIN_MS = 10_000;
const TAKEN = 3;

/** Ends with `TAKEN` where pointer and keyboard are somebody else's. */
const GRAB = `
import sys, tkinter
window = tkinter.Tk()
window.wait_visibility()
try:
    window.grab_set_global()
except tkinter.TclError as error:
    sys.exit(${TAKEN} if "another application has grab" in str(error) else str(error))
`;

export const HAS_DISPLAYS = ['Xvfb', 'xdpyinfo'].every((name) => spawnSync('which', [name]).status === 0);

/** Whether this Python can open a window with Tk. */
export function hasTk(executable: string): boolean {
  return spawnSync(executable, ['-c', 'import tkinter']).status === 0;
}

/** Start a server that ends with the test; return the name of its display. */
export async function startServer(): Promise<string> {
  // Without a reset after its last client, which would take every grab with it, and during which it refuses others.
  const server = spawn('Xvfb', ['-displayfd', '3', '-noreset', '-screen', '0', '640x480x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    server.kill();
  });
  const number = await new Promise<string>((resolve) => {
    (server.stdio[3] as Readable).once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return `:${number}`;
}

/** Whether the server answers another client. */
export function answers(display: string, withinMs = ANSWERS_WITHIN_MS): boolean {
  return spawnSync('xdpyinfo', ['-display', display], { timeout: withinMs }).status === 0;
}

/** Whether another client is refused the pointer or the keyboard; it asks by the Tk of this Python. */
export function isGrabbed(display: string, executable: string): boolean {
  const { status, stderr } = spawnSync(executable, ['-c', GRAB], {
    env: { ...process.env, DISPLAY: display },
    encoding: 'utf8',
    timeout: ANSWERS_WITHIN_MS,
  });
  if (status !== 0 && status !== TAKEN) throw new Error(`Tk did not tell whether there is a grab: ${stderr}`);
  return status === TAKEN;
}
