import { errorCodes } from '../../protocol/errorCodes.ts';
import { code, table } from './markdown.ts';

/** docs/errors.md: every code of protocol/errorCodes.ts. */
export function errorsPage(): string {
  const entries = Object.entries(errorCodes);
  const ofServer = entries.filter(([, { status }]) => status !== 0);
  const ofSdk = entries.filter(([, { status }]) => status === 0);
  return `<!-- Written by scripts/generate.ts from protocol/errorCodes.ts; do not edit. -->

# Errors

Every failure that a user of Chaxi can meet is a \`ChaxiError\` with a stable \`code\`: decide by the code, show the message.
Over a wire it is \`{"code", "message", "path"}\`; \`path\` names the bad field of the input, where there is one. REST answers
\`{"error": …}\` with the status; signaling rejects a request with the status and that object, or ends a session by the
notification \`closed\` with it. A message may be more exact than the one that stands here; the code never changes its
meaning. How often each code was answered stands in the metric \`chaxi_errors_total{code}\`.

## From the server

${table(
  ['code', 'status', 'message'],
  ofServer.map(([name, { status, message }]) => [code(name), String(status), message]),
)}

## Raised by the SDK in the page

${table(
  ['code', 'message'],
  ofSdk.map(([name, { message }]) => [code(name), message]),
)}
`;
}
