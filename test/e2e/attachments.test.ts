import { expect } from 'chai';
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import type { Page } from 'puppeteer-core';
import type { preparePicture } from '../../client-sdk/src/messaging/pictures/preparePicture.ts';
import type { UploadTicket } from '../../client-sdk/src/messaging/uploads/AttachmentUpload.ts';
import type { uploadAttachment } from '../../client-sdk/src/messaging/uploads/uploadAttachment.ts';
import type { recordVoice, VoiceRecorder } from '../../client-sdk/src/messaging/voice/VoiceRecorder.ts';
import type { RealtimeRequestInput } from '../../protocol/realtime.ts';
import { AttachmentNode, type Talk } from '../helpers/AttachmentNode.ts';
import { launchChromium, type Chromium } from '../helpers/chromium.ts';
import { TcpProxy } from '../helpers/TcpProxy.ts';

declare global {
  interface Window {
    files: {
      preparePicture: typeof preparePicture;
      recordVoice: typeof recordVoice;
      uploadAttachment: typeof uploadAttachment;
    };
    recorder: VoiceRecorder;
    createAttachment: (request: RealtimeRequestInput<'createAttachment'>) => Promise<UploadTicket>;
    keepTicket: (ticket: UploadTicket) => Promise<void>;
    /** Cuts the connections of the page. */
    cutConnections: () => Promise<void>;
  }
}

/** What a page does with files, without the rest of the messenger. */
async function bundleFiles(): Promise<string> {
  const messaging = join(import.meta.dirname, '../../client-sdk/src/messaging');
  const contents = [
    ['preparePicture', 'pictures/preparePicture.ts'],
    ['recordVoice', 'voice/VoiceRecorder.ts'],
    ['uploadAttachment', 'uploads/uploadAttachment.ts'],
  ].map(([name, file]) => `export { ${name} } from './${file}';`);
  const stdin = { contents: contents.join('\n'), resolveDir: messaging, loader: 'ts' } as const;
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'iife', globalName: 'files' });
  return outputFiles[0]!.text;
}

describe('files in a page', function () {
  this.timeout(60_000);
  let node: AttachmentNode;
  let proxy: TcpProxy;
  let chromium: Chromium;
  let page: Page;
  let talk: Talk;
  let tickets: UploadTicket[];

  before(async () => {
    [node, chromium] = await Promise.all([AttachmentNode.start(), launchChromium()]);
    proxy = await TcpProxy.start(node.url);
    page = await chromium.browser.newPage();
    await page.setBypassCSP(true);
    await page.goto(`${proxy.url}/healthz`);
    await page.addScriptTag({ content: await bundleFiles() });
    await page.exposeFunction('createAttachment', (request: RealtimeRequestInput<'createAttachment'>) =>
      node.desk.createAttachment(talk.person, talk.conversationId, request),
    );
    await page.exposeFunction('keepTicket', (ticket: UploadTicket) => void tickets.push(ticket));
    await page.exposeFunction('cutConnections', () => proxy.cut());
  });
  beforeEach(async () => {
    talk = await node.converse();
    tickets = [];
  });
  after(async () => {
    await chromium.close();
    await proxy.close();
    await node.close();
  });

  const rowOf = (attachmentId: string) => node.storage.messaging.attachments.find(attachmentId);
  const bytesOf = (attachmentId: string, part: string) => readFile(join(node.folder, `${attachmentId}.${part}`));

  it('are voices, with their waveform, that the server takes for sound', async () => {
    const levels = await page.evaluate(async () => {
      const heard: number[] = [];
      window.recorder = await window.files.recordVoice();
      // The fake microphone beeps each second.
      await new Promise<void>((resolve) =>
        window.recorder.on('levelChanged', (level) => {
          heard.push(level);
          if (heard.length > 10 && Math.max(...heard) > 30) resolve();
        }),
      );
      return heard;
    });
    const { attachmentId, ...recording } = await page.evaluate(async () => {
      const { blob, durationMs, waveform } = await window.recorder.stop();
      const attachmentId = await window.files.uploadAttachment({
        conversationId: '',
        blob,
        name: 'voice',
        serverUrl: location.origin,
        ticket: null,
        createAttachment: (request) => window.createAttachment(request),
        keepTicket: (ticket) => window.keepTicket(ticket),
        progressed: () => undefined,
        signal: new AbortController().signal,
      });
      return { attachmentId, type: blob.type, durationMs, waveform };
    });
    expect(recording.type).to.equal('audio/webm');
    expect(recording.durationMs).to.be.within(500, 30_000);
    expect(Math.max(...recording.waveform)).to.equal(Math.max(...levels));
    expect(await rowOf(attachmentId)).to.deep.include({ mimeType: 'audio/webm', state: 'ready', hasPreview: 0 });
    const { content } = await node.send(talk, {
      type: 'voice',
      attachmentId,
      durationMs: recording.durationMs,
      waveform: recording.waveform,
    });
    expect(content).to.include({ type: 'voice', durationMs: recording.durationMs });
  });

  it('are voices that can be given up, and the microphone is free then', async () => {
    const seen = await page.evaluate(async () => {
      const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = () => Promise.resolve(new MediaStream([track!]));
      const recorder = await window.files.recordVoice();
      recorder.cancel();
      const code = await recorder.stop().catch((error: { code: string }) => error.code);
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      const denied = await window.files.recordVoice().catch((error: { code: string }) => error.code);
      navigator.mediaDevices.getUserMedia = open;
      return { code, denied, state: track!.readyState };
    });
    expect(seen).to.deep.equal({ code: 'invalidState', denied: 'microphoneDenied', state: 'ended' });
  });

  it('are voices that end when the microphone is gone, with what there is', async () => {
    const size = await page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = () => Promise.resolve(stream);
      const recorder = await window.files.recordVoice();
      navigator.mediaDevices.getUserMedia = open;
      const ended = new Promise<void>((resolve) => recorder.once('ended', resolve));
      await new Promise<void>((resolve) => recorder.once('levelChanged', () => resolve()));
      for (const track of stream.getTracks()) track.stop();
      await ended;
      return (await recorder.stop()).blob.size;
    });
    expect(size).to.be.above(0);
  });

  it('are pictures without their places, sent over a connection that is cut, with a preview', async () => {
    const { attachmentId, sent, progress } = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(1_600, 1_200);
      const context = canvas.getContext('2d')!;
      // Noise is not compressed: some megabytes, in more than one request.
      const pixels = context.createImageData(1_600, 1_200);
      for (let at = 0; at < pixels.data.length; at += 65_536)
        crypto.getRandomValues(pixels.data.subarray(at, at + 65_536));
      for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255;
      context.putImageData(pixels, 0, 0);
      const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer());
      const tiff = 'Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS 25.05 N';
      const exif = [0xff, 0xe1, 0, tiff.length + 2, ...new TextEncoder().encode(tiff)];
      const photo = new File([jpeg.subarray(0, 2), new Uint8Array(exif), jpeg.subarray(2)], 'tea.jpg', {
        type: 'image/jpeg',
      });
      const blob = await window.files.preparePicture(photo);
      const progress: number[] = [];
      let isCut = false;
      const attachmentId = await window.files.uploadAttachment({
        conversationId: '',
        blob,
        name: photo.name,
        serverUrl: location.origin,
        ticket: null,
        createAttachment: (request) => window.createAttachment(request),
        keepTicket: (ticket) => window.keepTicket(ticket),
        progressed: (sentBytes) => {
          progress.push(sentBytes);
          if (sentBytes > 2_000_000 && !isCut) {
            isCut = true;
            void window.cutConnections();
          }
        },
        signal: new AbortController().signal,
      });
      return { attachmentId, sent: { size: blob.size, type: blob.type, was: photo.size }, progress };
    });
    expect(sent.size).to.be.within(2_000_001, sent.was - 10);
    expect(progress.at(-1)).to.equal(sent.size);
    expect(await rowOf(attachmentId)).to.deep.include({
      mimeType: 'image/jpeg',
      width: 1_200,
      height: 1_600,
      sizeBytes: sent.size,
      hasPreview: 1,
      state: 'ready',
    });
    const stored = await bytesOf(attachmentId, 'file');
    expect([stored.length, stored.includes('GPS 25.05 N'), imageSize(stored).orientation]).to.deep.equal([
      sent.size,
      false,
      6,
    ]);
    expect(imageSize(await bytesOf(attachmentId, 'preview'))).to.include({ width: 360, height: 480, type: 'jpg' });
  });

  it('are pictures as large as a screen shows, and such that everyone can see', async () => {
    const prepared = await page.evaluate(async () => {
      const large = new OffscreenCanvas(5_000, 100);
      large.getContext('2d')!.fillRect(0, 0, 10, 10);
      const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'], {
        type: 'image/svg+xml',
      });
      const describe = async (file: Blob) => {
        const blob = await window.files.preparePicture(file);
        const { width, height } = await createImageBitmap(blob);
        return [blob.type, width, height];
      };
      const gif = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7'), (c) =>
        c.charCodeAt(0),
      );
      return {
        large: await describe(await large.convertToBlob()),
        gif: await describe(new Blob([gif], { type: 'image/gif' })),
        svg: await window.files.preparePicture(svg).catch((error: { code: string }) => error.code),
        text: await window.files.preparePicture(new Blob(['tea'])).catch((error: { code: string }) => error.code),
      };
    });
    expect(prepared).to.deep.equal({
      large: ['image/jpeg', 4_096, 82],
      gif: ['image/jpeg', 1, 1],
      svg: 'fileNotSupported',
      text: 'fileNotSupported',
    });
  });
});
