/** Stop a run that goes on, a step harder each time. */

import type { Session } from '../../supervisor/session.ts';
import type { EscalationStep } from './interrupt-escalation.ts';

/** Do what a press of Ctrl-C does on this rung; the terminal has made an interrupt of it already. */
export function takeStep(step: EscalationStep, session: Session, say: (text: string) => void): void {
  if (step === 'interrupt' || step === 'warn') {
    session.interrupt();
  }
  if (step === 'warn') {
    say(`· still running: Ctrl-C again ${whatAKillDoes(session)}`);
  }
  if (step === 'kill') {
    session.kill();
  }
}

function whatAKillDoes(session: Session): string {
  const { state, status } = session;
  const back = session.refuge;
  if (!back) {
    return 'kills Python, and its names are lost';
  }
  if (back.id === state.id) {
    return `stops it and keeps the state before ${status.kind === 'running' ? `run ${status.run}` : 'it'}`;
  }
  return `stops it and goes back to ${back.run === null ? 'the start' : `state ${back.id}`}, the last that was kept`;
}
