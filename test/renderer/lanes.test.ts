/** How the tree of states is laid out in lanes. */

import { expect, it } from 'vitest';
import { layOut, type Node } from '../../renderer/timeline/lanes.ts';

/** Draw the lanes: `o` a dot, `|` a line, `\` where a lane begins; the parents of 1, 2, … are given. */
function draw(...parents: number[]): string[] {
  const nodes: Node[] = [null, ...parents].map((parent, id) => ({ id, parent }));
  return layOut(nodes).map(({ lane, through, joins, begins }) => {
    const cells: string[] = [];
    cells[lane] = joins === null ? 'o' : `\\o`;
    for (const other of through) cells[other] = '|';
    for (const { to } of begins) cells[to] = '\\';
    return [...cells].map((cell) => cell ?? ' ').join(' ');
  });
}

it('draws a line', () => {
  expect(draw(0, 1, 2)).toEqual(['o', 'o', 'o', 'o']);
});

it('lets the newest run straight down, and what was undone beside it', () => {
  expect(draw(0, 1, 2, 1, 4)).toEqual(['o', 'o', '| \\o', '| o', 'o', 'o']);
});

it('draws one lane for many attempts from the same state', () => {
  expect(draw(0, 1, 1, 1, 1)).toEqual(['o', 'o', '| \\o', '| \\o', '| \\o', 'o']);
});

it('leads a branch past the states between, where those go on to the newest', () => {
  // 3 begins at 1, but 2 is between, and 4 goes on from 2.
  expect(draw(0, 1, 1, 2)).toEqual(['o', 'o', 'o \\', '| o', 'o']);
});

it('draws branches of branches', () => {
  expect(draw(0, 1, 2, 2, 0)).toEqual(['o', '| \\o', '| o', '| | \\o', '| o', 'o']);
});
