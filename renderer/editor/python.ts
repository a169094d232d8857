/** Python for Monaco: its colours are those of the console's line. */

import type { languages } from 'monaco-editor/editor';
import * as words from '../../electron/wording/python-words.ts';

const EXCEPTION = new RegExp(`${words.EXCEPTION}\\b`);

const NUMBER =
  /0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/;

type Rules = languages.IMonarchLanguageRule[];

const QUOTE_KINDS = ['"""', "'''", '"', "'"];

/** The beginnings of strings; each leads to a state of its own, because Monarch's states cannot hold a condition. */
const STRING_STARTS: Rules = QUOTE_KINDS.flatMap((quotes, kind) => [
  [new RegExp(`(?:[rR][fFtT]|[fFtT][rR]?)${quotes}`), { token: 'string', next: `@code${kind}` }],
  [new RegExp(`(?:[rR][bB]?|[bB][rR]?|[uU])?${quotes}`), { token: 'string', next: `@text${kind}` }],
]);

/** The inside of a string, where braces may hold code; one without three quotes ends with its line. */
function insideString(quotes: string, braces: boolean): Rules {
  return [
    [/[^\\"'{}\n]+/, 'string'],
    [/\\[\s\S]/, 'string'],
    [new RegExp(quotes), { token: 'string', next: '@pop' }],
    ...((quotes.length === 1 ? [[/\n/, { token: '', next: '@pop' }]] : []) as Rules),
    [/\{\{|\}\}/, 'string'],
    [/\{/, braces ? { token: '', next: '@braces' } : { token: 'string' }],
    [/[\s\S]/, 'string'],
  ];
}

export const PYTHON_SYNTAX: languages.IMonarchLanguage = {
  tokenPostfix: '',
  includeLF: true,
  unicode: true,
  keywords: [...words.KEYWORDS],
  functions: [...words.BUILTIN_FUNCTIONS],
  classes: [...words.BUILTIN_CLASSES],
  tokenizer: {
    root: [[/^\s*@\s*[\p{L}_][\w.]*/u, 'function'], [/^%\w*/, 'function'], { include: '@code' }],
    code: [
      [/#.*/, 'comment'],
      ...STRING_STARTS,
      [/(def)(\s+)([\p{L}_][\p{L}\p{N}_]*)/u, ['keyword', '', 'function']],
      [/(class)(\s+)([\p{L}_][\p{L}\p{N}_]*)/u, ['keyword', '', 'type']],
      [/^(\s*)(match|case)(?=\s+[^\s=.,)].*:\s*(?:#.*)?(?:\n|$))/, ['', 'keyword']],
      [/^(\s*)(type)(?=\s+\w+\s*[=[])/, ['', 'keyword']],
      [/\.\s*[\p{L}_][\p{L}\p{N}_]*/u, ''],
      [EXCEPTION, 'type'],
      [
        /[\p{L}_][\p{L}\p{N}_]*/u,
        { cases: { '@keywords': 'keyword', '@functions': 'function', '@classes': 'type', '@default': '' } },
      ],
      [NUMBER, 'number'],
      [/[()[\]{}]/, '@brackets'],
    ],
    braces: [
      [/\}/, { token: '', next: '@pop' }],
      [/![ars](?=[:}])/, ''],
      [/:[^{}"'\n]*(?=[{}])/, 'string'],
      { include: '@code' },
    ],
    ...Object.fromEntries(
      QUOTE_KINDS.flatMap((quotes, kind) => [
        [`code${kind}`, insideString(quotes, true)],
        [`text${kind}`, insideString(quotes, false)],
      ]),
    ),
  },
};

const BRACKETS: [string, string][] = [
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
];
const PAIRS = BRACKETS.map(([open, close]) => ({ open, close }));
const QUOTES = ['"', "'"].map((quote) => ({ open: quote, close: quote }));

export const PYTHON_BEHAVIOUR: languages.LanguageConfiguration = {
  comments: { lineComment: '#' },
  brackets: BRACKETS,
  autoClosingPairs: [...PAIRS, ...QUOTES.map((quote) => ({ ...quote, notIn: ['string', 'comment'] }))],
  surroundingPairs: [...PAIRS, ...QUOTES],
  folding: { offSide: true },
  // The numbers are Monaco's `IndentAction`: 1 indents, 3 outdents.
  onEnterRules: [
    {
      beforeText:
        /^\s*(?:async|case|class|def|elif|else|except|finally|for|if|match|try|while|with)\b.*:\s*(?:#.*)?$/,
      action: { indentAction: 1 },
    },
    { beforeText: /^\s+(?:break|continue|pass|raise\b.*|return\b.*)$/, action: { indentAction: 3 } },
  ],
};
