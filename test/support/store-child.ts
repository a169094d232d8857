/** A program that saves sessions until it is killed: `store-child.mjs HOME BUDGET`; it says what it has saved. */

import { randomBytes } from 'node:crypto';
import { openStore } from '../../electron/supervisor/store/store.ts';
import { ABOUT, write } from './writer.ts';

const [home = '', budget = ''] = process.argv.slice(2);
const BLOCK_BYTES = 20_000;

const store = openStore({ home, budget: Number(budget), foreign: 'ask' });
const session = await store.openSession({ folder: '/project', python: '/usr/bin/python3' });
process.stdout.write(`open ${session.id}\n`);
const blocks = Array.from({ length: 4 }, () => randomBytes(BLOCK_BYTES));
for (let id = 1; ; id += 1) {
  blocks[id % blocks.length] = randomBytes(BLOCK_BYTES);
  const values = { count: String(id), ...Object.fromEntries(blocks.map((block, at) => [`b${at}`, block])) };
  const { id: checkpoint } = await session.commit(write(session.path, { id, values }), ABOUT);
  process.stdout.write(`saved ${checkpoint}\n`);
}
