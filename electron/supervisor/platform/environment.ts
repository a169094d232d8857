/** The environment that a session's Python gets. */

/** What would mislead a program in our terminal, or is between Electron and Node alone. */
const REMOVED = [
  'COLUMNS',
  'LINES',
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ATTACH_CONSOLE',
  'NODE_CHANNEL_FD',
  'NODE_OPTIONS',
];

export function sessionEnvironment(env: NodeJS.ProcessEnv, terminal: boolean): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !REMOVED.includes(name)));
  if (!terminal) {
    return kept;
  }
  const isDumb = !kept.TERM || kept.TERM === 'dumb';
  return { ...kept, TERM: isDumb ? 'xterm-256color' : kept.TERM };
}
