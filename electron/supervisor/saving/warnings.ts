/** What is different here from where a checkpoint was made. */

import type { Warning } from '../../contract/checkpoints.ts';
import type { Ready } from '../../contract/messages.ts';
import type { Manifest } from '../repository/manifest.ts';

type Made = Pick<Manifest, 'python' | 'platform' | 'packages'>;

interface Here {
  python: Pick<Ready, 'python' | 'implementation'>;
  platform: string;
  packages: Record<string, string>;
}

/** Return what is different here from where the checkpoint was made. */
export function warningsOf(made: Made, here: Here): Warning[] {
  return [...pythonWarnings(made, here), ...platformWarnings(made, here), ...packageWarnings(made, here)];
}

function pythonWarnings({ python: made }: Made, { python: here }: Here): Warning[] {
  const before = `${words(made.implementation)} ${made.version}`;
  const now = `${here.implementation} ${here.python}`;
  if (before.toLowerCase() === now.toLowerCase()) {
    return [];
  }
  const text = `It was made with ${before}, and this is ${now}.`;
  return [{ about: 'python', text }];
}

/** `sys.implementation` has them in lower case. */
function words(implementation: string): string {
  return implementation === 'cpython' ? 'CPython' : implementation === 'pypy' ? 'PyPy' : implementation;
}

function platformWarnings(made: Made, here: Here): Warning[] {
  return made.platform === here.platform
    ? []
    : [{ about: 'platform', text: `It was made on ${made.platform}, and this is ${here.platform}.` }];
}

function packageWarnings(made: Made, here: Here): Warning[] {
  return Object.entries(made.packages).flatMap(([name, version]) => {
    const now = here.packages[name];
    return now === undefined || now === version
      ? []
      : [{ about: name, text: `It was made with ${name} ${version}, and here is ${now}.` }];
  });
}
