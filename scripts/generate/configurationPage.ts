import { defaultText } from '../../config/help.ts';
import { configKeys, type ConfigKey } from '../../config/keys.ts';
import { capitalize, code, table } from './markdown.ts';

/** docs/configuration.md: every key of config/schema.ts. */
export function configurationPage(): string {
  const sections = Map.groupBy(configKeys, ({ path }) => (path.includes('.') ? path.split('.', 1).join() : 'general'));
  return `<!-- Written by scripts/generate.ts from config/schema.ts; do not edit. -->

# Configuration

Everything has a default; \`npm start\` needs no configuration. A value comes from the last of these that has it:

1. the default,
2. a JSON file, given by \`--config FILE\` or the variable \`CHAXI_CONFIG\`; [config/example.json](../config/example.json) shows its form,
3. the environment.

An unknown key, an unknown variable that begins with \`CHAXI_\`, or a bad value stops the start with a list of all faults
and of what would be right. \`npx chaxi config\` prints what is in effect, secrets hidden; \`npx chaxi help\` prints this page.

In the environment a list is written \`a,b\`, pairs \`key:secret,key2:secret2\`, objects as JSON, and an empty text means null
where null is allowed. Paths are relative to the working directory. Secrets (marked 🔒) are never shown in errors and logs.

## API keys

Each shop has an API key and a secret: its backend signs access tokens with them (docs/protocol.md) and uses them for
REST. Rooms of one key are never seen by another. In development mode the server makes a pair and keeps it in
\`data/development-key.json\`, readable by its own user only. Production has no such thing:

    export CHAXI_AUTH_API_KEYS="myshop:$(openssl rand -hex 32)"

${[...sections].map(([name, keys]) => `## ${name}\n\n${keysTable(keys)}`).join('\n\n')}
`;
}

function keysTable(keys: readonly ConfigKey[]): string {
  return table(
    ['key', 'variable', 'meaning', 'allowed', 'default'],
    keys.map((key) => [
      code(key.path) + (key.secret ? ' 🔒' : ''),
      code(key.envName),
      key.doc,
      capitalize(key.expects),
      defaultText(key) === 'none' ? 'none' : code(defaultText(key)),
    ]),
  );
}
