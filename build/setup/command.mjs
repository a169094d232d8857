/** Run a program of set-up's, and keep what it says for the case that it fails. */

import { spawn } from 'node:child_process';

/**
 * Resolve with what the program wrote to its standard output; reject with its last words.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>}
 */
export function command(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout?.on('data', (data) => {
      output += data;
    });
    child.stderr?.on('data', (data) => {
      errors += data;
    });
    child.on('error', (error) => reject(new Error(`${program} could not be started`, { cause: error })));
    child.on('close', (status) => {
      if (status === 0) return resolve(output);
      const words = (errors.trim() || output.trim()).split('\n').slice(-5).join('\n  ');
      reject(new Error(`${[program, ...args].join(' ')} ended with status ${status}\n  ${words}`));
    });
  });
}
