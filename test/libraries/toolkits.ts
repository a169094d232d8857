/** Toolkits with which a program opens a window, and what the tests do with each. */

export interface Toolkit {
  name: string;
  /** Makes `window`, which the server shows. */
  open: string;
  /** On one line; waits for an answer of the server's, so that both must still agree on where they are. */
  draw: string;
  /** Takes the pointer and the keyboard. */
  grab: string;
  close: string;
  /** Opens it once more after it was closed. */
  again: string;
  /** An expression. */
  isOpen: string;
}

const SUBPLOTS =
  'figure, axes = plt.subplots(); plt.show(block=False); plt.pause(0.05); window = figure.canvas.manager.window';

export const TOOLKITS: readonly Toolkit[] = [
  {
    name: 'matplotlib, by TkAgg',
    open: `import matplotlib; matplotlib.use("TkAgg"); import matplotlib.pyplot as plt\n${SUBPLOTS}`,
    draw: 'line, = axes.plot([1, 3, 2]); figure.canvas.draw(); figure.canvas.flush_events(); at = window.winfo_pointerxy()',
    grab: 'window.grab_set_global(); figure.canvas.flush_events()',
    close: 'plt.close(figure)',
    again: SUBPLOTS,
    isOpen: 'bool(plt.get_fignums()) and bool(window.winfo_viewable())',
  },
];

/** Too large for every run, see `build/setup/extended.txt`. */
export const EXTENDED_TOOLKITS: readonly Toolkit[] = [
  {
    name: 'Qt',
    open: 'from PySide6.QtWidgets import QApplication, QLabel\napp = QApplication([]); window = QLabel("start"); window.show(); app.processEvents()',
    draw: 'window.setText(window.text() + "."); window.repaint(); app.processEvents(); seen = app.primaryScreen().grabWindow(0).toImage()',
    grab: 'window.grabMouse(); window.grabKeyboard(); app.processEvents()',
    close: 'window.close(); app.processEvents()',
    again: 'window.show(); app.processEvents()',
    isOpen: 'window.isVisible()',
  },
];
