/** The signals that whoever started the program wanted ignored, as `nohup` and a job with `&` do. */

import { fstatSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';

/** In hexadecimal, bit by bit, as the system has it; `build/pyrepl3` passes it on. */
const VARIABLE = 'PYREPL3_IGNORED';
/** Node ignores the first two by itself; it hears of children by the third, and the last two cannot be ignored. */
const SPARED = ['SIGPIPE', 'SIGXFSZ', 'SIGCHLD', 'SIGKILL', 'SIGSTOP'];
/** How a descriptor was opened: the lowest two bits tell reading from writing. */
const ACCESS_BITS = 3;
const WRITE_ONLY = 1;

/** Ignore them from here on, and return their names; Node lets them act again as it begins. */
export function heedIgnoredSignals(): NodeJS.Signals[] {
  const mask = BigInt(`0x${/^[0-9a-f]{1,16}$/i.exec(process.env[VARIABLE] ?? '')?.[0] ?? '0'}`);
  delete process.env[VARIABLE];
  const names = Object.keys(constants.signals) as NodeJS.Signals[];
  const ignored = names.filter(
    (name) => !SPARED.includes(name) && (mask >> BigInt(constants.signals[name] - 1)) & 1n,
  );
  if (!ignored.includes('SIGHUP') && isUnderNohup()) {
    ignored.push('SIGHUP');
  }
  for (const name of ignored) {
    process.on(name, () => {
      // With a handler it does not end the program, and that is all it has to do.
    });
  }
  return ignored;
}

/** Whether standard input is the null device opened for writing alone, which `nohup` puts in a terminal's place. */
function isUnderNohup(): boolean {
  try {
    const [, flags] = /^flags:\s*([0-7]+)/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8')) ?? [];
    return flags !== undefined && (Number.parseInt(flags, 8) & ACCESS_BITS) === WRITE_ONLY && isNull();
  } catch {
    return false; // It is closed, or this system does not tell.
  }
}

function isNull(): boolean {
  const [given, device] = [fstatSync(0), statSync('/dev/null')];
  return given.isCharacterDevice() && given.rdev === device.rdev;
}
