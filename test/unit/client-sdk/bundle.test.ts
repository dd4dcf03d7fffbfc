import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { build } from 'esbuild';
import { inlineWorker } from '../../../scripts/bundle/inlineWorker.mjs';
import { loadedApart } from '../../../scripts/bundle/loadedApart.mjs';

/** The files of which the bundle of an entry is made. */
async function inputsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`../../../client-sdk/src/${entry}`, import.meta.url))],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    metafile: true,
    plugins: [loadedApart('.')],
  });
  return Object.keys(metafile.inputs);
}

describe('the bundle of the SDK', () => {
  it('carries neither zod nor anything of the server', async () => {
    const inputs = await inputsOf('index.ts');
    expect(inputs).to.include('client-sdk/src/TastingRoom.ts');
    expect(inputs.filter((input) => /node_modules\/zod|^(server|config|web)\//.test(input))).to.deep.equal([]);
  });

  it('leaves the colour card to a bundle of its own, which has nothing else', async () => {
    const isOfColor = (input: string) =>
      /node_modules\/culori\/|client-sdk\/src\/color\/(card\/|colorDifference)/.test(input);
    expect((await inputsOf('index.ts')).filter(isOfColor)).to.deep.equal([]);
    const inputs = await inputsOf('color/index.ts');
    expect(inputs).to.include('client-sdk/src/color/card/readColorCard.ts');
    expect(inputs.filter((input) => !isOfColor(input) && !input.startsWith('client-sdk/src/color/'))).to.deep.equal([]);
  });

  it('leaves messages to a bundle of their own, which has nothing of media', async () => {
    const isOfMessages = (input: string) =>
      /client-sdk\/src\/messaging\/|node_modules\/(socket\.io-|engine\.io-|idb|tus-js-)/.test(input);
    expect((await inputsOf('index.ts')).filter(isOfMessages)).to.deep.equal([]);
    const inputs = await inputsOf('messaging/index.ts');
    expect(inputs).to.include('client-sdk/src/messaging/ChaxiMessenger.ts');
    expect(inputs.filter((input) => /mediasoup|protoo|node_modules\/zod|src\/media\//.test(input))).to.deep.equal([]);
  });

  it('has its worker in it as text that runs by itself', async () => {
    const { outputFiles } = await build({
      entryPoints: [
        fileURLToPath(new URL('../../../client-sdk/src/color/pipeline/frameWorkerSource.ts', import.meta.url)),
      ],
      bundle: true,
      format: 'esm',
      plugins: [inlineWorker],
      write: false,
    });
    const bundle = `data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`;
    const { frameWorkerSource } = (await import(bundle)) as { frameWorkerSource: string };
    const replies: object[] = [];
    const worker = { postMessage: (reply: object) => replies.push(reply) };
    new Function('globalThis', frameWorkerSource)(worker);
    expect(replies).to.deep.equal([{ type: 'ready' }]);
    expect(worker).to.have.property('onmessage');
  });
});
