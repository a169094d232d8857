import { describe, expect, it } from 'vitest';
import { highlightLine, type Open } from '../../electron/repl/screen/highlight.ts';

/** Each token as `kind:text`, line by line. */
function tokens(source: string): string[][] {
  let open: Open = [];
  return source.split('\n').map((line) => {
    const found = highlightLine(line, open);
    open = found.open;
    return found.tokens.map((token) => `${token.kind}:${line.slice(token.start, token.end)}`);
  });
}

describe('highlighting', () => {
  it('knows keywords, names that are defined, builtins, numbers and comments', () => {
    expect(tokens('def f(x): return len(x) + 0x1F # why\nclass A(ValueError): pass')).toEqual([
      ['keyword:def', 'function:f', 'keyword:return', 'function:len', 'number:0x1F', 'comment:# why'],
      ['keyword:class', 'class:A', 'class:ValueError', 'keyword:pass'],
    ]);
  });

  it('follows a string of three quotes over lines, and the code in its braces', () => {
    expect(tokens("x = f'''a{\n n + \"k\"\n}z''' + 1")).toEqual([
      ["string:f'''", 'string:a'],
      ['string:"', 'string:k"'],
      ["string:z'''", 'number:1'],
    ]);
  });

  it('shows the expressions, formats and nested quotes of an f-string', () => {
    expect(tokens('f"{d["a"]!r:>{int}} {{x}}" + 1')).toEqual([
      ['string:f"', 'string:"', 'string:a"', 'string:>', 'class:int', 'string: {{x}}"', 'number:1'],
    ]);
  });

  it('lets a string that is not closed end with its line', () => {
    expect(tokens('"abc\n1')).toEqual([['string:"', 'string:abc'], ['number:1']]);
  });

  it('tells soft keywords from names', () => {
    expect(tokens('match x:\nmatch = 3\nmatch(a)\ntype X = int\ntype(x)\nlazy import x\nlazy = 3')).toEqual([
      ['keyword:match'],
      ['number:3'],
      [],
      ['keyword:type', 'class:int'],
      ['class:type'],
      ['keyword:lazy', 'keyword:import'],
      ['number:3'],
    ]);
  });

  it('marks decorators and commands', () => {
    expect(tokens('@a.b(1)\n%help')).toEqual([['function:@a.b', 'number:1'], ['function:%help']]);
  });
});
