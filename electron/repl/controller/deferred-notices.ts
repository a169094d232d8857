/** What is to be said of things that happen beside the runs: it waits for a prompt, as until then the screen is the program's. */

export class DeferredNotices {
  readonly #isTime: () => boolean;
  readonly #say: (text: string) => void;
  #waiting: string[] = [];

  constructor(isTime: () => boolean, say: (text: string) => void) {
    this.#isTime = isTime;
    this.#say = say;
  }

  add(text: string): void {
    this.#waiting.push(text);
    if (this.#isTime()) {
      this.flush();
    }
  }

  /** It is time now. */
  flush(): void {
    const texts = this.#waiting;
    this.#waiting = [];
    for (const text of texts) {
      this.#say(text);
    }
  }
}
