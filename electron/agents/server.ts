/** The server that gives sessions to agents, by the Model Context Protocol. */

import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { background } from '../supervisor/platform/background.ts';
import { closest } from '../supervisor/platform/spelling.ts';
import { shortened } from '../wording/plain-text.ts';
import { type NamedSessions, USUAL_NAME } from './sessions/named-sessions.ts';
import { Stdio } from './stdio.ts';
import { boundedLine, boundedWords } from './tools/bounds.ts';
import type { Answer, Call } from './tools/tool.ts';
import { TOOLS } from './tools/tools.ts';
import { listTranscripts, readTranscript, TEMPLATES } from './transcripts.ts';

const INSTRUCTIONS = `A Python session that stays, and whose state cannot be lost.
- python runs code; names, imports and open files are there in the next call. A crash costs one run.
- undo takes runs back, goto goes to any state, dry_run tells what code would change before it does.
- A call that takes long returns and the run goes on: wait, input and interrupt go on with it.
- Sessions have names ("${USUAL_NAME}" by default) and are saved by themselves; after a restart restore goes on with one.`;
const LINE_CHARACTERS = 200;

/** What a request has beside its parameters. */
interface Extra {
  signal: AbortSignal;
  _meta?: { progressToken?: string | number | undefined } | undefined;
  sendNotification(notification: {
    method: 'notifications/progress';
    params: { progressToken: string | number; progress: number; message: string };
  }): Promise<void>;
}

/** Serve on standard input and output until the client is gone, or the server is to end. */
export async function serve(
  sessions: NamedSessions,
  { version, signal }: { version: string; signal: AbortSignal },
): Promise<void> {
  const transport = new Stdio(process.stdin, process.stdout);
  const server = new Server(
    { name: 'pyrepl3', title: 'PyREPL3', version },
    { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS.map(({ listing }) => listing) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    callTool(params, { sessions, signal: extra.signal, progress: progressOf(extra, transport) }),
  );
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: listTranscripts(sessions) }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: TEMPLATES }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }) => ({
    contents: [await readTranscript(params.uri, sessions)],
  }));
  const gone = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  await server.connect(transport);
  signal.addEventListener('abort', () => background(transport.close(), 'ending the server'));
  if (signal.aborted) {
    await transport.close();
  }
  await gone;
}

async function callTool(params: { name: string; arguments?: unknown }, call: Call): Promise<CallToolResult> {
  const tool = TOOLS.find(({ name }) => name === params.name);
  if (!tool) {
    const nearest = closest(
      params.name,
      TOOLS.map(({ name }) => name),
    );
    const hint = nearest ? `; did you mean ${nearest}?` : '.';
    throw new McpError(ErrorCode.InvalidParams, `There is no tool ${boundedLine(params.name)}${hint}`);
  }
  try {
    return resultOf(await tool.call(params.arguments, call));
  } catch (error) {
    if (error instanceof McpError) {
      throw error;
    }
    // What cannot be done is for the model to read, which many clients do not show the errors of the protocol.
    const { message } = error as Error;
    return { content: [{ type: 'text', text: boundedWords(message) }], isError: true };
  }
}

function resultOf({ text, data, failed = false }: Answer): CallToolResult {
  return { content: [{ type: 'text', text }], structuredContent: data, isError: failed };
}

/** Tell the client how far a call is, where it wants to know that and reads what it is sent. */
function progressOf({ _meta, sendNotification }: Extra, transport: Stdio): Call['progress'] {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) {
    return undefined;
  }
  return (seconds, line) => {
    if (!transport.isBehind) {
      const message = shortened(line, LINE_CHARACTERS);
      const params = { progressToken, progress: seconds, message };
      background(
        sendNotification({ method: 'notifications/progress', params }),
        'telling the client of progress',
      );
    }
  };
}
