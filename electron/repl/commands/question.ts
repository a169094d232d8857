/** A question at the prompt: `name?` asks what is to be said of a name, `name??` for its source too. */

import type { ActionContext } from '../actions/action-context.ts';
import { explanationText } from '../messages/explanation.ts';

/** No Python ends so, nor begins so. */
const QUESTION =
  /^(?:(\?{1,2})\s*)?([\p{ID_Start}_][\p{ID_Continue}]*(?:\.[\p{ID_Start}_][\p{ID_Continue}]*)*)\s*(\?{1,2})?$/u;

export interface NameQuestion {
  name: string;
  /** Whether the source is wanted, too. */
  source: boolean;
}

/** The question that a line is; `null` where it is none. */
export function questionIn(line: string): NameQuestion | null {
  const [, before, name = '', behind] = QUESTION.exec(line.trim()) ?? [];
  const marks = behind ?? before;
  return marks === undefined ? null : { name, source: marks.length === 2 };
}

export async function answerQuestion(
  context: ActionContext,
  { name, source }: NameQuestion,
): Promise<boolean> {
  const { session, palette, columns } = context;
  const controller = new AbortController();
  const asked = session.explain(name, { source, signal: controller.signal });
  const stop = () => controller.abort(new Error(`${name} is not explained: it was stopped.`));
  context.say(explanationText(await context.wait(asked, stop), { source, palette, columns }));
  return true;
}
