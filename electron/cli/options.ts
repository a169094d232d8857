/** The options of a command line, checked. */

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { closest } from '../supervisor/platform/spelling.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Words {
  values: Record<string, string | boolean | undefined>;
  positionals: string[];
}

/** Tell options from other words; throws an Error that says in one line what is wrong with an option. */
export function readWords(words: readonly string[], options: Options): Words {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') {
      checkOption(token, options);
    }
  }
  return { values: values as Words['values'], positionals };
}

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
}

function checkOption({ name, rawName, value }: OptionToken, options: Options): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const nearest = closest(name, Object.keys(options));
    const hint = nearest ? `Did you mean --${nearest}?` : 'pyrepl3 --help lists them.';
    throw new Error(`there is no option ${rawName}. ${hint}`);
  }
  if (option.type === 'string' && (value === undefined || value === '')) {
    throw new Error(`${rawName} needs ${name === 'restore' ? 'a name' : 'a path'}.`);
  }
  if (option.type === 'boolean' && value !== undefined) {
    throw new Error(`${rawName} takes no value.`);
  }
}
