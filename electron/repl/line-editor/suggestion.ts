/** Suggest how a line may go on: as it did last time. */

/** The rest of the newest entry that begins with the text; empty where there is none. */
export function suggest(entries: readonly string[], text: string): string {
  if (text.trim() === '') {
    return '';
  }
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index] as string;
    if (entry.length > text.length && entry.startsWith(text)) {
      return entry.slice(text.length);
    }
  }
  return '';
}
