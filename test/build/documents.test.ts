/** What the documents name is there: a page that points to nowhere is worse than none. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';

const DOCUMENTS = [
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/agents.md',
  'docs/api.md',
  'docs/glossary.md',
  'python/native/README.md',
];
/** Where a path may begin that a sentence shortens. */
const BEGINNINGS = [
  '',
  'electron',
  'electron/supervisor',
  'python',
  'python/pyrepl3',
  'python/native',
  'test/native',
];
/** What a user's folder, a tool or a build makes, and ways of writing. */
const ELSEWHERE = /^(?:\.|node_modules|dist\/|release\/|\/)|[A-Z*…]{3,}/;

it.each(DOCUMENTS)('the paths that %s names', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const paths = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]*)+)`/g)].map(([, path = '']) => path);
  const absent = paths
    .filter((path) => !ELSEWHERE.test(path))
    .filter((path) => !BEGINNINGS.some((beginning) => existsSync(join(ROOT, beginning, path))));
  expect(absent).toEqual([]);
});
