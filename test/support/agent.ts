/** An agent for a test: the SDK's own client over a real `pyrepl3 mcp`, which leaves nothing behind. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { onTestFinished } from 'vitest';
import { freshAgents } from '../../build/bundle.mjs';
import { processesWith } from './processes.ts';
import { until } from './until.ts';

/** Every process of a server has this variable in its environment: so the test finds all that stay. */
const TAG = 'PYREPL3_TEST';

/** What a tool has answered. */
export interface Answered {
  text: string;
  data: Record<string, unknown>;
  isError: boolean;
}

export interface AgentOptions {
  words?: string[];
  home?: string;
  folder?: string;
  env?: NodeJS.ProcessEnv;
}

/** A folder that is gone when the test is over. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Start a server and connect to it; both end with the test at the latest. */
export async function openAgent(options: AgentOptions = {}): Promise<Agent> {
  const { words = [], folder = ownFolder(), home = ownFolder() } = options;
  const tag = randomUUID();
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [await freshAgents(), 'mcp', ...words],
    cwd: folder,
    env: { ...process.env, PYREPL3_HOME: home, ...options.env, [TAG]: tag } as Record<string, string>,
    stderr: 'pipe',
  });
  const agent = new Agent(transport, tag, { home, folder });
  onTestFinished(() => agent.close());
  await agent.client.connect(transport);
  return agent;
}

export class Agent {
  readonly client = new Client({ name: 'test', version: '1.0.0' });
  readonly home: string;
  readonly folder: string;
  readonly #transport: StdioClientTransport;
  readonly #tag: string;
  #complaints = '';

  constructor(transport: StdioClientTransport, tag: string, places: { home: string; folder: string }) {
    this.home = places.home;
    this.folder = places.folder;
    this.#transport = transport;
    this.#tag = tag;
    transport.stderr?.on('data', (bytes) => {
      this.#complaints += bytes;
    });
  }

  /** Call a tool; rejects with the error of the protocol. */
  async call(name: string, given: Record<string, unknown> = {}, options?: RequestOptions): Promise<Answered> {
    const result = await this.client.callTool({ name, arguments: given }, undefined, options);
    const [content] = result.content as { type: string; text: string }[];
    const data = (result.structuredContent ?? {}) as Record<string, unknown>;
    return { text: content?.text ?? '', data, isError: result.isError === true };
  }

  python(code: string, more: Record<string, unknown> = {}, options?: RequestOptions): Promise<Answered> {
    return this.call('python', { code, ...more }, options);
  }

  get pid(): number {
    return this.#transport.pid ?? 0;
  }

  /** What it has written to standard error. */
  get complaints(): string {
    return this.#complaints;
  }

  /** The server's processes that are alive. */
  processes(): number[] {
    return processesWith(`${TAG}=${this.#tag}`);
  }

  /** End the server; fails where something of it stays. */
  async close(): Promise<void> {
    await this.client.close();
    await until(
      () => this.processes().length === 0,
      () => `the server to leave no process: ${this.processes()} ${this.complaints}`,
    );
  }
}
