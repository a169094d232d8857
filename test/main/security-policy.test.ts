/** What may be opened outside of the window. */

import { expect, it } from 'vitest';
import { allowedLink, isPermitted } from '../../electron/main/ipc/security-policy.ts';

it.each([
  ['https://example.org/a b', 'https://example.org/a%20b'],
  ['http://localhost:8000', 'http://localhost:8000/'],
  ['file:///etc/passwd', null],
  ['javascript:alert(1)', null],
  ['vscode://open', null],
  ['no address', null],
])('says of %s: %s', (address, link) => {
  expect(allowedLink(address)).toBe(link);
});

it('permits what is in the table, and no inherited name', () => {
  expect(['clipboard-sanitized-write', 'clipboard-read', 'toString'].map(isPermitted)).toEqual([
    true,
    false,
    false,
  ]);
});
