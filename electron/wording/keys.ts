/** The keys of the window's commands: the menu has them, tooltips name them, and the console leaves them to the window. */

interface Binding {
  /** As people write them; on a Mac Command is in the place of Ctrl. */
  keys: string;
  /** Whether the window gets them even while the console has the keyboard: Ctrl+S and Ctrl+N are the program's there. */
  always: boolean;
}

const BINDINGS = {
  'new script': { keys: 'Ctrl+N', always: false },
  'open script': { keys: 'Ctrl+O', always: false },
  'save script': { keys: 'Ctrl+S', always: false },
  'save script as': { keys: 'Ctrl+Shift+S', always: true },
  'save session': { keys: 'Ctrl+Alt+S', always: true },
  quit: { keys: 'Ctrl+Q', always: false },
  paste: { keys: 'Ctrl+Shift+V', always: true },
  'find in script': { keys: 'Ctrl+F', always: false },
  'run file': { keys: 'F5', always: true },
  'run piece': { keys: 'Shift+Enter', always: false },
  interrupt: { keys: 'Ctrl+.', always: true },
  restart: { keys: 'Ctrl+Shift+F5', always: true },
  undo: { keys: 'Ctrl+Alt+Z', always: true },
  redo: { keys: 'Ctrl+Alt+Shift+Z', always: true },
  rebuild: { keys: 'Ctrl+Alt+R', always: true },
  'toggle editor': { keys: 'Ctrl+Shift+E', always: true },
  'go to editor': { keys: 'Ctrl+1', always: true },
  'go to console': { keys: 'Ctrl+2', always: true },
  'toggle timeline': { keys: 'Ctrl+Shift+T', always: true },
  'go to timeline': { keys: 'Ctrl+3', always: true },
  'go to saved': { keys: 'Ctrl+4', always: true },
  'go to variables': { keys: 'Ctrl+5', always: true },
  larger: { keys: 'Ctrl+=', always: true },
  'larger, with Shift': { keys: 'Ctrl++', always: true },
  smaller: { keys: 'Ctrl+-', always: true },
  'usual size': { keys: 'Ctrl+0', always: true },
  'full screen': { keys: 'F11', always: true },
  'developer tools': { keys: 'Ctrl+Shift+I', always: true },
} satisfies Record<string, Binding>;

export type BoundCommand = keyof typeof BINDINGS;

const ALWAYS: ReadonlySet<string> = new Set(
  Object.values(BINDINGS)
    .filter(({ always }) => always)
    .map(({ keys }) => keys),
);

/** `Ctrl+Alt+Z`, for a tooltip. */
export function keysOf(command: BoundCommand): string {
  return BINDINGS[command].keys;
}

/** `CmdOrCtrl+Alt+Z`, as Electron's menus want it. */
export function acceleratorOf(command: BoundCommand): string {
  return keysOf(command).replace('Ctrl+', 'CmdOrCtrl+');
}

/** What a keyboard's event tells of a key. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Whether a press belongs to the window even while the console has the keyboard. */
export function isAlwaysOfWindow({ key, ctrlKey, altKey, shiftKey }: Press): boolean {
  // A sign such as `+` is itself, with whatever keys it is typed.
  const isSign = key.length === 1 && key.toUpperCase() === key.toLowerCase();
  const name = key.length === 1 ? key.toUpperCase() : key;
  const held = [ctrlKey && 'Ctrl', altKey && 'Alt', shiftKey && !isSign && 'Shift'].filter(Boolean);
  return ALWAYS.has([...held, name].join('+'));
}
