/**
 * The messages between the supervisor and Python: others import them from here.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages`: change that, not this one.
 */

export * from './messages/channels.ts';
export * from './messages/checkpoints.ts';
export * from './messages/inquiries.ts';
export * from './messages/questions.ts';
export * from './messages/runs.ts';
export * from './messages/session.ts';
export * from './messages/states.ts';
export * from './messages/variables.ts';
export * from './messages/version.ts';
