import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { AttachmentNodesOptions } from '../../server/messaging/attachments/AttachmentNodes.ts';

type Link = AttachmentNodesOptions['cluster'];
type Handler = (data: unknown, from: string) => unknown;

/** Nodes that reach each other in this process, without Redis. */
export class NodeLinks {
  /** Addresses of those that are there, by name. */
  readonly urls = new Map<string, string>();
  /** Those that do not answer. */
  readonly silent = new Set<string>();
  /** Questions so far. */
  asked = 0;
  readonly #handlers = new Map<string, Map<string, Handler>>();

  /** What a node has of the others. It is there when `urls` has it. */
  link(nodeId: string): Link {
    const own = new Map<string, Handler>();
    this.#handlers.set(nodeId, own);
    const { urls } = this;
    return {
      nodeId,
      get url() {
        return urls.get(nodeId);
      },
      get nodes() {
        return [...urls].map(([id, url]) => ({ nodeId: id, url })) as Link['nodes'];
      },
      handle: (method, handler) => void own.set(method, handler as Handler),
      request: async (to, method, data) => {
        this.asked += 1;
        if (this.silent.has(to)) throw new ChaxiError('nodeUnavailable');
        return this.#call(to, method, data, nodeId);
      },
      tell: (to, method, data) => void this.#call(to, method, data, nodeId),
    };
  }

  #call(to: string, method: string, data: unknown, from: string): unknown {
    return this.#handlers.get(to)?.get(method)?.(data, from);
  }
}
