/** Writes files so that a crash at any moment leaves the old one or the new one. */

import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

export function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    // Without it a power cut after the rename can leave an empty file under the right name.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
