import { expect } from 'chai';
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { emitTypes } from '../../../../scripts/bundle/types.mjs';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** What a consumer's compiler says about its page, with nothing but the SDK's own declarations at hand. */
function compile(dir: string, page: string): string[] {
  writeFileSync(join(dir, 'page.ts'), page);
  const program = ts.createProgram({
    rootNames: [join(dir, 'page.ts')],
    options: {
      strict: true,
      noEmit: true,
      // Also the declarations themselves are checked: nothing in them may be unresolved.
      skipLibCheck: false,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the type declarations of the SDK', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  it('serve a page that has no other package, and do not lie', () => {
    cpSync(join(root, 'client-sdk', 'dist'), join(folder.path, 'sdk'), { recursive: true });
    const page = `
      import { TastingRoom, type ParticipantInfo } from './sdk/index.js';
      import { readColorCard, type CardReading } from './sdk/color.js';
      import { ChaxiMessenger, type ChatMessage, type Conversation } from './sdk/messages.js';
      declare const room: TastingRoom;
      declare const info: ParticipantInfo;
      const identity: string = info.identity;
      // @ts-expect-error an identity is no number
      const wrong: number = info.identity;
      const reading: CardReading | null = readColorCard({ width: 1, height: 1, data: new Uint8ClampedArray(4) });
      const messenger = new ChaxiMessenger({ url: 'https://tea.example', token: 'token' });
      messenger.on('messageAdded', (conversation: Conversation, { content }: ChatMessage) => {
        if (content?.type === 'text') document.title = conversation.info.title + content.text;
      });
      const ofTheRoom: Promise<Conversation> = room.messages.open();
      // @ts-expect-error inside it is nobody's matter
      void ofTheRoom.then(({ feed }) => feed);
      export { room, identity, wrong, reading };`;
    expect(compile(folder.path, page)).to.deep.equal([]);
  });

  it('write types out that were inferred from schemas, with their comments', () => {
    // The compiler finds zod as the sources of the SDK do.
    symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
    writeSample(folder.path);
    emitTypes(join(folder.path, 'client-sdk'), join(folder.path, 'sdk'), [{ source: 'src/index.ts', types: 'index' }]);
    const declarations = ts.sys.readFile(join(folder.path, 'sdk', 'types', 'protocol', 'cup.d.ts'));
    expect(declarations).to.equal(
      [
        'export type Cup = {',
        '    /** Of the tea. */',
        '    name: string;',
        '    kind: "green" | "black";',
        '    owner: string | null;',
        '    steeps?: {',
        '        seconds: number;',
        '    }[];',
        '};',
        "export type Kind = Cup['kind'];",
        '',
      ].join('\n'),
    );
  });
});

function writeSample(dir: string): void {
  const files = {
    'tsconfig.json': ts.sys.readFile(join(root, 'tsconfig.json'))!,
    'client-sdk/tsconfig.build.json': ts.sys.readFile(join(root, 'client-sdk', 'tsconfig.build.json'))!,
    'client-sdk/src/index.ts': `export type { Cup, Kind } from '../../protocol/cup.ts';`,
    'protocol/cup.ts': `
      import { z } from 'zod';
      export const cupSchema = z.object({
        /** Of the tea. */
        name: z.string(),
        kind: z.enum(['green', 'black']),
        steeps: z.array(z.object({ seconds: z.number() })).optional(),
        owner: z.string().nullable(),
      });
      export type Cup = z.infer<typeof cupSchema>;
      export type Kind = Cup['kind'];
      export function parseCup(input: unknown): z.ZodSafeParseResult<Cup> {
        return cupSchema.safeParse(input);
      }`,
  };
  for (const [path, text] of Object.entries(files)) {
    ts.sys.createDirectory(join(dir, 'client-sdk'));
    ts.sys.createDirectory(join(dir, 'client-sdk', 'src'));
    ts.sys.createDirectory(join(dir, 'protocol'));
    writeFileSync(join(dir, path), text);
  }
}
