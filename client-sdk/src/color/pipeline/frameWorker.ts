import { FramePump } from './FramePump.ts';
import type { FrameWorkerReply, FrameWorkerRequest } from './frameWorkerMessages.ts';

/** A FramePump away from the page's own thread, so that neither disturbs the other. */
const worker = globalThis as unknown as {
  onmessage: ((event: MessageEvent<FrameWorkerRequest>) => void) | null;
  postMessage(reply: FrameWorkerReply): void;
  close(): void;
};

let pump: FramePump | null = null;

worker.onmessage = ({ data }) => {
  switch (data.type) {
    case 'open':
      pump = new FramePump(data.output, data.settings, {
        flowing: () => worker.postMessage({ type: 'flowing' }),
        failed: (message) => worker.postMessage({ type: 'failed', message }),
      });
      break;
    case 'input':
      pump?.setInput(data.frames);
      break;
    case 'settings':
      pump?.setSettings(data.settings);
      break;
    case 'close':
      pump?.close();
      worker.close();
      break;
  }
};

worker.postMessage({ type: 'ready' });
