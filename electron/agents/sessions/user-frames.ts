/** Tracebacks as far as they are the user's: the frames of libraries between are counted, and the last stays. */

const BEGIN = 'Traceback (most recent call last):';
const FRAME = /^ {2}File "(.*)", line \d+/;
const LIBRARY = /[\\/](?:site|dist)-packages[\\/]|[\\/]lib(?:64)?[\\/]python\d[^\\/]*[\\/]|^<frozen /;

export function cutToUsersFrames(text: string): string {
  if (!text.includes(BEGIN)) {
    return text;
  }
  const lines = text.split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length; ) {
    kept.push(lines[at] ?? '');
    at += 1;
    if (lines[at - 1] === BEGIN) {
      const frames = framesFrom(lines, at);
      kept.push(...shortened(frames));
      at += frames.flat().length;
    }
  }
  return kept.join('\n');
}

/** The frames that begin at this line, each with its lines. */
function framesFrom(lines: readonly string[], from: number): string[][] {
  const frames: string[][] = [];
  for (const line of lines.slice(from)) {
    if (FRAME.test(line)) {
      frames.push([line]);
    } else if (/^ {2}/.test(line) && frames.length > 0) {
      frames.at(-1)?.push(line);
    } else {
      break;
    }
  }
  return frames;
}

function shortened(frames: readonly string[][]): string[] {
  const shown: string[] = [];
  let hidden = 0;
  for (const [index, frame] of frames.entries()) {
    if (index < frames.length - 1 && LIBRARY.test(FRAME.exec(frame[0] ?? '')?.[1] ?? '')) {
      hidden += 1;
      continue;
    }
    if (hidden > 0) {
      shown.push(`  … ${hidden} ${hidden === 1 ? 'frame' : 'frames'} of libraries`);
      hidden = 0;
    }
    shown.push(...frame);
  }
  return shown;
}
