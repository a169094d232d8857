/** The script's name, and whether something of it is not saved. */

import { nameOf, useScript } from './open-script.ts';

export function ScriptName() {
  const { path, changed } = useScript();
  return (
    <>
      <span title={path ?? 'Not saved yet; kept as a draft'}>{nameOf(path)}</span>
      {changed && <span className="changed" role="img" aria-label="not saved" />}
    </>
  );
}
