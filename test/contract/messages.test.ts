/** The golden messages, one of each kind, against the types that are generated from the definition. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT, SETUP, tool } from '../../build/places.mjs';

const MESSAGES = JSON.parse(readFileSync(join(import.meta.dirname, 'messages.json'), 'utf8'));
const TYPES = join(ROOT, 'electron', 'contract', 'messages.ts');

it('have the fields that the contract names, all of them, and there is one of each kind', () => {
  expect(complaints(MESSAGES)).toBe('');
});

it('would be refused with a field too few, a field too many, or another type', () => {
  const { Resize, Born } = MESSAGES;
  expect(complaints({ ...MESSAGES, Resize: { kind: 'resize', columns: 1 } })).toContain(
    "Property 'rows' is missing",
  );
  expect(complaints({ ...MESSAGES, Born: { ...Born, more: 1 } })).toContain(`'"more"' does not exist`);
  expect(complaints({ ...MESSAGES, Resize: { ...Resize, rows: '1' } })).toContain('not assignable');
  const { Fault, ...rest } = MESSAGES;
  expect(Fault.kind).toBe('fault');
  expect(complaints(rest)).toContain("Property 'fault' is missing");
});

/** Return what the compiler says of the messages. */
function complaints(messages: Record<string, { kind: string }>): string {
  const folder = mkdtempSync(join(SETUP, 'messages-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const names = Object.keys(messages);
  const file = join(folder, 'messages.ts');
  writeFileSync(
    file,
    [
      `import type * as contract from ${JSON.stringify(TYPES)};`,
      'type All = contract.HostRequest | contract.HostReport | contract.Request | contract.Report | contract.Answer;',
      ...names.map((name) => `const ${name}: contract.${name} = ${JSON.stringify(messages[name])};`),
      `export const all: { [Kind in All['kind']]: Extract<All, { kind: Kind }> } = {`,
      ...names.map((name) => `  ${messages[name]?.kind}: ${name},`),
      '};',
    ].join('\n'),
  );
  const flags = [
    '--noEmit',
    '--strict',
    '--allowImportingTsExtensions',
    '--module',
    'esnext',
    '--target',
    'es2022',
  ];
  const { stdout } = spawnSync(tool('tsc'), [...flags, '--ignoreConfig', file], {
    encoding: 'utf8',
    cwd: folder,
  });
  return stdout;
}
