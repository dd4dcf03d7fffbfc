/** The type declarations of the SDK: what a consumer needs, and no more, without the server's schemas. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { inlineSchemas } from './inlineSchemas.mjs';

/**
 * @param {string} sdkDir with tsconfig.build.json, which includes the entries
 * @param {string} outDir
 * @param {readonly Pick<import('./entries.mjs').SdkEntry, 'source' | 'types'>[]} entries
 */
export function emitTypes(sdkDir, outDir, entries) {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(sdkDir, 'tsconfig.build.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
      },
    },
  );
  if (!config) throw new Error('client-sdk/tsconfig.build.json cannot be read');
  const program = ts.createProgram({ rootNames: config.fileNames, options: config.options });

  /** @type {Map<string, string>} */
  const files = new Map();
  program.emit(undefined, (path, text) => files.set(resolve(path), text), undefined, true, {
    afterDeclarations: [inlineSchemas(program.getTypeChecker())],
  });

  const rootDir = dirname(resolve(sdkDir));
  for (const { source, types } of entries) {
    const entry = resolve(sdkDir, source).replace(/\.ts$/, '.d.ts');
    for (const path of reachable(entry, files)) {
      const target = join(outDir, 'types', relative(rootDir, path));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, withJsImports(files.get(path) ?? ''));
    }
    const target = `./types/${relative(rootDir, entry).replace(/\.d\.ts$/, '.js')}`;
    writeFileSync(join(outDir, `${types}.d.ts`), `export * from '${target}';\n`);
  }
}

const RELATIVE_IMPORT = /(\bfrom |\bimport\()(['"])(\.{1,2}\/[^'"]+)\.ts\2/g;

/**
 * @param {string} entry
 * @param {ReadonlyMap<string, string>} files
 * @returns {Set<string>} the entry and the files that it imports, directly or not
 */
function reachable(entry, files) {
  const found = new Set([entry]);
  for (const path of found) {
    for (const match of (files.get(path) ?? '').matchAll(RELATIVE_IMPORT)) {
      const imported = resolve(dirname(path), `${match[3]}.d.ts`);
      if (files.has(imported)) found.add(imported);
    }
  }
  return found;
}

/**
 * @param {string} text
 * @returns {string} with imports that a consumer's compiler resolves to declaration files
 */
export function withJsImports(text) {
  return text.replace(RELATIVE_IMPORT, '$1$2$3.js$2');
}
