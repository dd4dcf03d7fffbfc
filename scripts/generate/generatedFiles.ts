import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { configurationPage } from './configurationPage.ts';
import { errorsPage } from './errorsPage.ts';
import { messagesPage } from './messagesPage.ts';
import { protocolPage } from './protocolPage.ts';
import { routerCapabilitiesFile } from './routerCapabilitiesFile.ts';

export interface GeneratedFile {
  /** Relative to the repository. */
  path: string;
  text: string;
}

/** Every file that is made from schemas, as it has to read now. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  return [
    { path: 'docs/configuration.md', text: configurationPage() },
    { path: 'docs/errors.md', text: errorsPage() },
    { path: 'docs/messages.md', text: messagesPage() },
    { path: 'docs/protocol.md', text: protocolPage() },
    await formatted('protocol/routerRtpCapabilities.ts', routerCapabilitiesFile()),
  ];
}

async function formatted(path: string, text: string): Promise<GeneratedFile> {
  const file = join(import.meta.dirname, '../..', path);
  const options = await resolveConfig(file);
  return { path, text: await format(text, { ...options, filepath: file }) };
}
