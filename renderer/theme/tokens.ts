/** Every colour of the window, once: CSS, editor and console take theirs from here. */

export type ThemeName = 'light' | 'dark';

export interface Theme {
  ground: string;
  raised: string;
  sunken: string;
  line: string;
  text: string;
  dim: string;
  faint: string;
  accent: string;
  running: string;
  failed: string;
  kept: string;
  frozen: string;
  keyword: string;
  string: string;
  number: string;
  function: string;
  class: string;
  /** The terminal's sixteen: black, red, green, yellow, blue, magenta, cyan, white, then the bright ones. */
  terminal: readonly string[];
}

export const THEMES: Record<ThemeName, Theme> = {
  light: {
    ground: '#fbfaf8',
    raised: '#ffffff',
    sunken: '#f5f3f0',
    line: '#e0deda',
    text: '#1f2228',
    dim: '#575b63',
    faint: '#6a6d75',
    accent: '#325ac2',
    running: '#9b6200',
    failed: '#be222a',
    kept: '#0b7643',
    frozen: '#006d91',
    keyword: '#6f3bb2',
    string: '#197037',
    number: '#a24019',
    function: '#0e5caf',
    class: '#006e74',
    terminal: [
      ...['#1f2228', '#be222a', '#0d7435', '#8d5e00', '#2559bf', '#9030a4', '#00717f', '#7d8086'],
      ...['#52555c', '#d72630', '#00863b', '#9d6800', '#2d69de', '#a73bbf', '#008192', '#383b40'],
    ],
  },
  dark: {
    ground: '#121418',
    raised: '#191c22',
    sunken: '#0c0e12',
    line: '#2b2e34',
    text: '#e2e4e9',
    dim: '#a8abb1',
    faint: '#888c94',
    accent: '#82a8fd',
    running: '#e9b452',
    failed: '#f97676',
    kept: '#63d18f',
    frozen: '#7acae9',
    keyword: '#c49bf3',
    string: '#89d298',
    number: '#f5ab77',
    function: '#80bdfb',
    class: '#78d6db',
    terminal: [
      ...['#4a4d54', '#f66c6d', '#64cf80', '#eac25a', '#699ef5', '#d384e5', '#65d0dc', '#d5d7db'],
      ...['#7d8088', '#ff8382', '#74e791', '#f9dd73', '#8ab8ff', '#e59ff6', '#88e6f0', '#f4f5f8'],
    ],
  },
};
