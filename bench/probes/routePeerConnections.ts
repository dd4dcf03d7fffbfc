export interface MediaRoute {
  /** Where remote candidates are said to be, and where they are looked for instead. */
  from: string;
  to: string;
}

/** An address or name within a candidate: `candidate:FOUNDATION COMPONENT PROTOCOL PRIORITY ADDRESS PORT …` (RFC 8839 section 5.1). */
const CANDIDATE = /(candidate:\S+ \d+ \S+ \d+ )(\S+)/g;
const CANDIDATE_LINES = /^a=(candidate:.*|end-of-candidates)\r\n/gm;

/**
 * Makes the connections of this page take a certain way and no other, whatever library opens them: they look for the other side at
 * another address than it names, and tell nobody their own, so that nothing comes to them but in answer to what they have sent.
 * To be called before any library connects.
 */
export function routePeerConnections({ from, to }: MediaRoute): void {
  const routed = (text: string) =>
    text.replace(CANDIDATE, (found, before: string, address: string) => (address === from ? before + to : found));
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    override get localDescription(): RTCSessionDescription | null {
      return withoutCandidates(super.localDescription);
    }

    override set onicecandidate(_handler: RTCPeerConnection['onicecandidate']) {
      // Own candidates are nobody's business.
    }

    // `never` stands for what either of their overloads answers.
    override async createOffer(...args: never[]): Promise<never> {
      return withoutCandidates(await super.createOffer(...args)) as never;
    }

    override async createAnswer(...args: never[]): Promise<never> {
      return withoutCandidates(await super.createAnswer(...args)) as never;
    }

    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      await super.setRemoteDescription({ type: description.type, sdp: routed(description.sdp ?? '') });
    }

    override async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
      if (!candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      const text = routed(candidate.candidate ?? '');
      await super.addIceCandidate({ candidate: text, sdpMid, sdpMLineIndex, usernameFragment });
    }
  };
}

function withoutCandidates<D extends RTCSessionDescriptionInit | null>(description: D): D {
  if (!description) return description;
  return { type: description.type, sdp: description.sdp?.replace(CANDIDATE_LINES, '') } as D;
}
