/** The variables: what is told of each name, how one goes about in them, and that they hold many. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import { openOwn, shareWindow, type Window } from './window.ts';

const PICTURES = join(ROOT, 'test-results/screenshots');
const MANY = 10_000;
const PATIENCE_MS = 20_000;

let window: Window;

shareWindow((shared) => {
  window = shared;
});

const pane = () => window.page.getByTestId('variables');
const grid = () => window.page.getByRole('treegrid', { name: 'Variables' });
const row = (name: string) => grid().getByRole('row', { name, exact: true });
const detail = () => window.page.getByTestId('variable');

/** The names that are shown, in order. */
const names = () =>
  grid()
    .locator('.variable-row')
    .evaluateAll((rows) =>
      rows
        .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
        .map((one) => one.getAttribute('aria-label')),
    );

async function goToVariables() {
  await window.press('5', 'control');
  await expect.poll(window.focusedPane).toBe('Variables');
}

const tells = (name: string, pattern: RegExp) =>
  expect.poll(() => row(name).innerText().catch(String), { timeout: PATIENCE_MS }).toMatch(pattern);

it('say what will be there, and then what each name stands for and what the last run did to it', async () => {
  await goToVariables();
  await expect.poll(() => pane().innerText()).toContain('What your names stand for will be here');
  await window.run('import math; number = 7; words = ["a", "b"]; more = words', 1);
  await tells('number', /^\+\s*number\s+int\s+7$/);
  await tells('words', /^\+\s*words\s*=\s+list 2\s+\['a', 'b'\]$/);
  expect(await names()).toEqual(['more', 'number', 'words', 'Modules']);
  await window.run('number = 8; words.append("c")', 2);
  await tells('number', /^~\s*number\s+int\s+8$/);
  await tells('words', /^~\s*words.*\['a', 'b', 'c'\]$/s);
  await window.page.getByTestId('undo').click();
  await tells('number', /^\+\s*number\s+int\s+7$/);
});

it('show what is inside of a value, also after the next run', async () => {
  await goToVariables();
  await window.run('data = {"a": [1, 2], "b": 3}', 1);
  await row('data').click();
  await window.page.keyboard.press('ArrowRight');
  await tells("['a']", /list 2\s+\[1, 2\]$/);
  await window.page.keyboard.press('ArrowDown');
  await window.page.keyboard.press('ArrowRight');
  await tells('[1]', /int\s+2$/);
  expect(await row('[1]').getAttribute('aria-level')).toBe('3');
  await window.run('data["a"][1] = 20', 2);
  await tells('[1]', /int\s+20$/);
  await row('data').dblclick();
  await expect.poll(() => row('[1]').count()).toBe(0);
});

it('tell what went wrong with a value in its row alone', async () => {
  await goToVariables();
  await window.run('odd = type("Odd", (), {"__repr__": lambda self: 1 / 0})(); fine = 7', 1);
  await tells('odd', /✕ its __repr__ raised ZeroDivisionError: division by zero$/);
  await tells('fine', /7$/);
});

it('are those of before while a run goes on, and say so', async () => {
  await goToVariables();
  await window.run('number = 7', 1);
  await tells('number', /7$/);
  await window.type('number = 8; input("go? ")');
  await window.becomes('asking');
  await expect
    .poll(() => pane().locator('.remark').textContent())
    .toBe(`As before run ${window.numberOf(2)}, which goes on`);
  await tells('number', /7$/);
  await window.type('on');
  await tells('number', /8$/);
  await expect.poll(() => pane().locator('.remark').textContent()).toBe('');
});

it('are filtered by name and type, and sorted', async () => {
  await goToVariables();
  await window.run('small = "x"; large = "y" * 5000; count = 3; import math', 1);
  await tells('count', /3$/);
  const filter = window.page.getByRole('textbox', { name: 'Filter the variables' });
  await filter.fill('STR');
  await expect.poll(names).toEqual(['large', 'small']);
  await grid().getByRole('button', { name: /^Name/ }).click();
  await expect.poll(names).toEqual(['small', 'large']);
  await filter.fill('ma');
  await expect.poll(names).toEqual(expect.arrayContaining(['small', 'Modules', 'math']));
  await filter.fill('nothing like it');
  await expect.poll(() => pane().innerText()).toContain('No name or type has this in it.');
  await filter.press('Escape');
  await expect.poll(() => filter.inputValue()).toBe('');
  await grid().getByRole('button', { name: /^Name/ }).click();
});

it('are used with the keyboard alone, and a name is inserted at the prompt or deleted by a run', async () => {
  await window.run('alpha = 1; beta = 2', 1);
  await goToVariables();
  await tells('beta', /2$/);
  await grid().focus();
  const { keyboard } = window.page;
  await keyboard.press('Home');
  await expect.poll(() => grid().locator('.active').getAttribute('aria-label')).toBe('alpha');
  await keyboard.press('Enter');
  await expect.poll(() => detail().innerText()).toMatch(/alpha\s+int · 28 B\s+added by the last run\s+1/);
  await detail().getByRole('button', { name: 'Insert' }).click();
  await expect.poll(window.focusedPane).toBe('Console');
  await window.page.keyboard.type(' + 40\n');
  await window.shows(/^41$/m);
  await goToVariables();
  await grid().focus();
  await keyboard.press('Home');
  await keyboard.press('Delete');
  await window.shows(/^>>> del alpha$/m);
  await expect.poll(() => row('alpha').count()).toBe(0);
  await keyboard.press('Escape');
  await expect.poll(window.focusedPane).toBe('Console');
});

it('are there again after a crash of Python, and when the page is loaded again', async () => {
  await window.run('number = 7', 1);
  await goToVariables();
  await tells('number', /7$/);
  await window.type('number = 8; import os; os._exit(1)');
  await window.shows(/Python ended/);
  await window.run('other = 9', 3);
  await tells('other', /9$/);
  await tells('number', /7$/);
  await window.page.reload();
  await tells('other', /9$/);
  await window.run('other = 10', 4);
  await tells('other', /10$/);
});

it('hold many names, and have only those in view in the document', async () => {
  window = await openOwn();
  await goToVariables();
  await window.run(`globals().update((f"name{n:05}", n) for n in range(${MANY}))`, 1);
  await expect
    .poll(
      () =>
        grid()
          .getAttribute('aria-rowcount')
          .catch(() => '0'),
      { timeout: PATIENCE_MS },
    )
    .toBe(String(MANY + 1));
  expect(await grid().locator('.variable-row').count()).toBeLessThan(80);
  await grid().focus();
  await window.page.keyboard.press('End');
  await tells('name09999', /int\s+9999$/);
  const frames = await window.page.evaluate(async () => {
    const list = document.querySelector('.variable-list') as HTMLElement;
    const times: number[] = [];
    let last = performance.now();
    for (let step = 0; step < 60; step += 1) {
      list.scrollTop = step * 3_000;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((one, other) => one - other);
  });
  // The middle one: the machine may be loaded by others.
  expect(frames[30]).toBeLessThan(50);
});

it.each([
  [1200, 800],
  [900, 620],
])('have no part outside of their place at %i × %i', async (width, height) => {
  window = await openOwn();
  mkdirSync(PICTURES, { recursive: true });
  await window.electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );
  await window.run(
    'import math, os; total = 4.5; words = ["a", "b"]; more = words; config = {"depth": 3, "names": ["x"]}',
    1,
  );
  await window.run(
    'a_rather_long_name_for_a_number = 10 ** 30; blob = bytes(70000); odd = type("Odd", (), {"__repr__": lambda s: 1 / 0})()',
    2,
  );
  await window.run('def clean(frame, *, limit=3): return frame', 3);
  await window.run('words.append("c"); total = 5.5', 4);
  await goToVariables();
  await tells('total', /5\.5$/);
  await row('config').click();
  await window.page.keyboard.press('ArrowRight');
  await tells("['depth']", /3$/);
  for (const [theme, item] of [
    ['light', 'Light theme'],
    ['dark', 'Dark theme'],
  ] as const) {
    await window.choose(item);
    await window.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    await window.page.screenshot({
      path: join(PICTURES, `${theme}-variables-${width}x${height}.png`),
      animations: 'disabled',
    });
  }
  const outside = await window.page.evaluate(() => {
    const rail = document.querySelector('.rail')?.getBoundingClientRect();
    return [
      ...document.querySelectorAll('.rail .tab, .rail .variable-row > *, .rail .detail *, .rail .head > *'),
    ]
      .filter((element) => {
        const { left, right, width: wide } = element.getBoundingClientRect();
        return wide > 0 && rail !== undefined && (left < rail.left - 1 || right > rail.right + 1);
      })
      .map((element) => `${element.className} ${element.textContent}`);
  });
  expect(outside).toEqual([]);
});
