/** The environment that Python gets from the window: the user's own, and what is true of the console. */

/** What Electron and Chromium have put into it, and what another terminal has said of itself. */
const NOT_OURS =
  /^(?:CHROME_DESKTOP|GDK_BACKEND|NO_AT_BRIDGE|ORIGINAL_XDG_CURRENT_DESKTOP|ELECTRON_.*|TERM_PROGRAM.*|VTE_VERSION|KITTY_.*|WEZTERM_.*|TMUX.*|STY|WINDOWID)$/;

export function windowEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !NOT_OURS.test(name));
  const { ORIGINAL_XDG_CURRENT_DESKTOP: desktop } = env;
  return {
    ...Object.fromEntries(kept),
    ...(desktop && { XDG_CURRENT_DESKTOP: desktop }),
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
  };
}
