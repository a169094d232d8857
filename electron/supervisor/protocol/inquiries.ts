/** Side requests to the live state, and the promises that wait for their answers. */

import type {
  Checked,
  Chunks,
  Completed,
  Described,
  Freeze,
  Inspected,
  Reclaimed,
  Request,
  Restore,
  Run,
  Save,
} from '../../contract/messages.ts';

/** The others are answered by the reports on runs, states and checkpoints. */
type Inquiry = Exclude<Request, Run | Freeze | Restore | Save>;
type Unnumbered<Message> = Message extends Inquiry ? Omit<Message, 'id'> : never;
export type Reply = Completed | Described | Checked | Chunks | Reclaimed | Inspected;

export interface Answered<Message> {
  message: Message;
  payload: Buffer;
}

interface Pending {
  resolve: (answer: Answered<never>) => void;
  reject: (error: Error) => void;
}

export class Inquiries {
  readonly #send: (request: Request) => void;
  readonly #pending = new Map<number, Pending>();
  #last = 0;

  constructor(send: (request: Request) => void) {
    this.#send = send;
  }

  /** Ask; rejects when Python ends before it answers. */
  ask<Message extends Reply>(request: Unnumbered<Inquiry>): Promise<Answered<Message>> {
    return new Promise((resolve, reject) => {
      this.#last += 1;
      this.#pending.set(this.#last, { resolve: resolve as Pending['resolve'], reject });
      this.#send({ ...request, id: this.#last } as Inquiry);
    });
  }

  /** Ask what can stand at the cursor, an offset in UTF-16 units; so is `start` of the answer. */
  async complete(code: string, cursor: number): Promise<Completed> {
    const at = codePoints(code, cursor);
    const { message } = await this.ask<Completed>({ kind: 'complete', code, cursor: at });
    return { ...message, start: codeUnits(code, message.start) };
  }

  /** Ask for the signature of the call around the cursor, an offset in UTF-16 units. */
  async describe(code: string, cursor: number): Promise<Described> {
    const at = codePoints(code, cursor);
    return (await this.ask<Described>({ kind: 'describe', code, cursor: at })).message;
  }

  answer(message: Reply, payload: Buffer): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    pending?.resolve({ message, payload } as Answered<never>);
  }

  /** Python has ended: nobody will answer. */
  refuse(error: Error): void {
    for (const { reject } of this.#pending.values()) {
      reject(error);
    }
    this.#pending.clear();
  }
}

/** Return how many code points lie before the offset in UTF-16 units. */
export function codePoints(text: string, units: number): number {
  let count = 0;
  for (const _ of text.slice(0, units)) {
    count += 1;
  }
  return count;
}

/** Return the offset in UTF-16 units behind so many code points. */
export function codeUnits(text: string, points: number): number {
  let units = 0;
  let left = points;
  for (const character of text) {
    if (left === 0) {
      break;
    }
    units += character.length;
    left -= 1;
  }
  return units;
}
