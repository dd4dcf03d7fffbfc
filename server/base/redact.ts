const HIDDEN = '[hidden]';
const MAX_DEPTH = 8;

const secretKeys = new Set([
  'token',
  'accesstoken',
  'secret',
  'apisecret',
  'apikeys',
  'resumesecret',
  'authorization',
  'cookie',
  'setcookie',
  'password',
  'credential',
  'iceparameters',
  'dtlsparameters',
  'privatekey',
]);

/** What a text may carry: query values of the signaling address, HTTP credentials, JWTs, addresses of pictures and files. */
const secretTexts: readonly [RegExp, string][] = [
  [/\b(token|hello|secret|password|signature)=[^&\s"']*/gi, `$1=${HIDDEN}`],
  [/\b(Basic|Bearer)\s+[A-Za-z0-9+/=._~-]{6,}/gi, `$1 ${HIDDEN}`],
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, HIDDEN],
  [/(\/stills\/)[A-Za-z0-9_-]{43}/g, `$1${HIDDEN}`],
];

/** A copy that a log may show: secrets hidden at any depth, errors as plain objects, cycles cut. */
export function redact(value: unknown): unknown {
  return redactValue(value, []);
}

export function redactText(text: string): string {
  return secretTexts.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

export function isSecretKey(key: string): boolean {
  return secretKeys.has(key.replaceAll(/[_-]/g, '').toLowerCase());
}

function redactValue(value: unknown, parents: readonly object[]): unknown {
  if (typeof value === 'string') {
    return redactText(value);
  }
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') {
    return String(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (parents.includes(value)) {
    return '[circular]';
  }
  if (parents.length >= MAX_DEPTH) {
    return '[too deep]';
  }
  const chain = [...parents, value];
  if (ArrayBuffer.isView(value)) {
    return `[${value.byteLength} bytes]`;
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => redactValue(item, chain));
  }
  if (value instanceof Map) {
    return redactEntries(
      [...value].map(([key, item]: [unknown, unknown]) => [String(key), item]),
      chain,
    );
  }
  if (value instanceof Set) {
    return [...value].map((item: unknown) => redactValue(item, chain));
  }
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const entries: [string, unknown][] = [
      ['name', name],
      ['message', message],
      ...Object.entries(value),
      ['stack', stack],
      ['cause', cause],
    ];
    return redactEntries(
      entries.filter(([, item]) => item !== undefined),
      chain,
    );
  }
  return redactEntries(Object.entries(value), chain);
}

function redactEntries(entries: readonly [string, unknown][], parents: readonly object[]): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([key, item]) => [key, isSecretKey(key) ? HIDDEN : redactValue(item, parents)]),
  );
}
