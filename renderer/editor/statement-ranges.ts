/** Finds the statement of a script that the cursor is in. */

/** Lines of a script, from 1, both included. */
export interface Lines {
  start: number;
  end: number;
}

/**
 * The statement at a line, given where Python says that statements begin and end; the next one where the line is
 * between two, `null` below the last.
 *
 * Decorators and comments above a statement belong to it; statements that share a line are one piece.
 */
export function statementAt(text: string, line: number, statements: readonly Lines[]): Lines | null {
  const lines = text.split('\n');
  let above = 0;
  for (const { start, end } of joinShared(statements)) {
    if (line <= end) return { start: skipBlank(lines, above + 1, start), end };
    above = end;
  }
  return null;
}

/** Where statements begin and end as far as the text's shape tells: for when Python is busy and cannot be asked. */
export function guessStatements(text: string): Lines[] {
  const statements: Lines[] = [];
  let open: Open = { brackets: 0, quotes: null, joined: false };
  let decorated = false;
  for (const [index, line] of text.split('\n').entries()) {
    const inside = open.brackets > 0 || open.quotes !== null || open.joined;
    const last = statements.at(-1);
    if (!inside && BLANK.test(line)) continue;
    if (last && (inside || decorated || CONTINUES.test(line))) last.end = index + 1;
    else statements.push({ start: index + 1, end: index + 1 });
    if (!inside) decorated = line.startsWith('@');
    open = scan(line, open);
  }
  return statements;
}

const BLANK = /^\s*(?:#.*)?$/;
const CONTINUES = /^\s|^(?:elif|else|except|finally)\b|^[)\]}]/;

interface Open {
  brackets: number;
  quotes: string | null;
  /** Whether a backslash joins the next line. */
  joined: boolean;
}

const TOKENS = /\\.|"""|'''|"|'|[([{]|[)\]}]|#/g;

/** What is open after a line, knowing what was open before it. */
function scan(line: string, before: Open): Open {
  let { brackets, quotes } = before;
  for (const [token] of line.matchAll(TOKENS)) {
    if (quotes !== null) {
      if (token === quotes) quotes = null;
    } else if (token === '#') break;
    else if (/["']/.test(token)) quotes = token;
    else if ('([{'.includes(token)) brackets += 1;
    else if (')]}'.includes(token)) brackets = Math.max(0, brackets - 1);
  }
  // A string of single quotes ends with its line.
  return { brackets, quotes: quotes && quotes.length === 3 ? quotes : null, joined: line.endsWith('\\') };
}

function joinShared(statements: readonly Lines[]): Lines[] {
  const joined: Lines[] = [];
  for (const { start, end } of statements) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

function skipBlank(lines: readonly string[], from: number, to: number): number {
  let line = from;
  while (line < to && BLANK.test(lines[line - 1] ?? '')) line += 1;
  return line;
}
