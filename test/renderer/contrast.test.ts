/** Every text can be read on every ground, in both themes. */

import { describe, expect, it } from 'vitest';
import { contrast } from '../../renderer/theme/contrast.ts';
import { THEMES, type ThemeName } from '../../renderer/theme/tokens.ts';

/** What WCAG 2 asks of text in its level AA. */
const READABLE = 4.5;

it('counts as WCAG does', () => {
  expect([contrast('#000000', '#ffffff'), contrast('#777777', '#ffffff').toFixed(2)]).toEqual([21, '4.48']);
});

describe.each(Object.keys(THEMES) as ThemeName[])('the %s theme', (name) => {
  const { ground, raised, sunken, line, terminal, ...texts } = THEMES[name];

  it('has texts that can be read on all three grounds', () => {
    const poor = Object.entries(texts).flatMap(([token, colour]) =>
      [ground, raised, sunken]
        .filter((on) => contrast(colour, on) < READABLE)
        .map((on) => `${token} on ${on}`),
    );
    expect(poor).toEqual([]);
  });

  it('has sixteen terminal colours that can be told from the ground', () => {
    expect(terminal).toHaveLength(16);
    const least = Math.min(...terminal.map((colour) => contrast(colour, ground)));
    expect(least).toBeGreaterThan(2);
  });

  it('has a label on the primary button that can be read', () => {
    expect(contrast(ground, texts.accent)).toBeGreaterThan(READABLE);
  });
});
