/** The clients whose entries we know how to write: the file of each, and where in it servers stand. */

import { homedir } from 'node:os';
import { join } from 'node:path';

export const CLIENTS = ['claude-code', 'claude-desktop', 'cursor', 'vscode', 'windsurf'] as const;
export type Client = (typeof CLIENTS)[number];

export interface Place {
  file: string;
  /** The member of the file's object that has the servers by their names. */
  member: string;
}

/** The file of this folder, or of this user where the client has no other. */
export function placeOf(client: Client, folder: string): Place {
  switch (client) {
    case 'claude-code':
      return { file: join(folder, '.mcp.json'), member: 'mcpServers' };
    case 'claude-desktop':
      return { file: join(applications(), 'Claude', 'claude_desktop_config.json'), member: 'mcpServers' };
    case 'cursor':
      return { file: join(folder, '.cursor', 'mcp.json'), member: 'mcpServers' };
    case 'vscode':
      return { file: join(folder, '.vscode', 'mcp.json'), member: 'servers' };
    case 'windsurf':
      return { file: join(homedir(), '.codeium', 'windsurf', 'mcp_config.json'), member: 'mcpServers' };
  }
}

/** Where applications keep what is the user's. */
function applications(): string {
  return process.platform === 'darwin'
    ? join(homedir(), 'Library', 'Application Support')
    : process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
}
