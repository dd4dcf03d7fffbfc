import type { MediaTransport } from './MediaTransport.ts';

export interface HandshakeEvents {
  iceConnected(atMs: number): void;
  dtlsConnected(atMs: number): void;
}

const iceDone: ReadonlySet<string> = new Set(['connected', 'completed']);

/** Tells when ICE and DTLS of a transport are through, by the browser's own objects where it has them. */
export function watchHandshake(transport: MediaTransport, events: HandshakeEvents): void {
  transport.on('stateChanged', (state) => {
    if (state === 'connected') events.dtlsConnected(performance.now());
  });
  transport.transport.observer.on('newconsumer', ({ rtpReceiver }) => {
    const ice = rtpReceiver?.transport?.iceTransport;
    if (!ice) return;
    const check = () => {
      if (!iceDone.has(ice.state)) return;
      ice.removeEventListener('statechange', check);
      events.iceConnected(performance.now());
    };
    ice.addEventListener('statechange', check);
    check();
  });
}
