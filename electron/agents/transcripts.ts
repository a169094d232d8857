/** The transcripts of the open sessions, as resources. */

import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { NamedSessions } from './sessions/named-sessions.ts';

const URI = /^pyrepl3:\/\/sessions\/([^/]+)\/transcript$/;
const MIME_TYPE = 'text/plain';
/** So much of its end is read, in characters. */
const MOST_CHARACTERS = 50_000;

export const TEMPLATES = [
  {
    uriTemplate: 'pyrepl3://sessions/{session}/transcript',
    name: 'transcript',
    title: 'Transcript of a session',
    description: 'What was run and printed last.',
    mimeType: MIME_TYPE,
  },
];

export function listTranscripts({ names }: NamedSessions) {
  return names.map((name) => ({
    uri: `pyrepl3://sessions/${name}/transcript`,
    name: `${name}: transcript`,
    mimeType: MIME_TYPE,
  }));
}

export async function readTranscript(uri: string, sessions: NamedSessions) {
  const name = URI.exec(uri)?.[1];
  if (name === undefined || !sessions.has(name)) {
    throw new McpError(ErrorCode.InvalidParams, `There is no resource ${uri}.`);
  }
  const { transcript } = await sessions.get(name);
  return { uri, mimeType: MIME_TYPE, text: await transcript.tail(MOST_CHARACTERS) };
}
