/** What the window may do: everything that is not in these tables is refused. */

/** The content security policy, each line with its reason. */
const CONTENT: readonly (readonly [directive: string, sources: string, reason: string])[] = [
  ['default-src', "'none'", 'what no line below names is not loaded'],
  ['script-src', "'self'", 'the renderer and its parts, all in this package'],
  ['worker-src', "'self'", 'the editor compares and counts in a worker'],
  [
    'style-src',
    "'self' 'unsafe-inline'",
    'editor, console and panes place what they draw by style attributes',
  ],
  ['font-src', "'self'", 'Inter, JetBrains Mono and the icons of the editor are shipped with us'],
  ['img-src', "'self' data:", 'the editor draws its wavy underlines as data images'],
  ['connect-src', "'none'", 'the renderer has nothing to fetch; all goes over the bridge'],
  ['base-uri', "'none'", 'no page may move where relative addresses point'],
  ['form-action', "'none'", 'there is nowhere to send a form'],
  ['frame-ancestors', "'none'", 'nobody shows us in a frame'],
];

export const CONTENT_SECURITY_POLICY = CONTENT.map(([name, sources]) => `${name} ${sources}`).join('; ');

/** The permissions that a page is given without a question, each with its reason. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'Copy in the editor and the console',
};

export function isPermitted(permission: string): boolean {
  return Object.hasOwn(PERMISSIONS, permission);
}

/** The kinds of address that may be opened outside, each with its reason. */
const LINKS: Readonly<Record<string, string>> = {
  'https:': 'pages that a program names in its output',
  'http:': 'servers that a program started, most of them on this machine',
};

/** The address in its one canonical spelling; `null` where it must not be opened. */
export function allowedLink(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && Object.hasOwn(LINKS, url.protocol) ? url.href : null;
}
