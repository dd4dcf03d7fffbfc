import { z } from 'zod';
import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { attachmentIdSchema } from '../../../protocol/messages.ts';
import { parseInput } from '../../base/parseInput.ts';
import type { Cluster } from '../../cluster/Cluster.ts';
import type { AttachmentRow } from '../../storage/messages/rows.ts';

export interface AttachmentNodesOptions {
  cluster: Pick<Cluster, 'nodeId' | 'nodes' | 'url' | 'handle' | 'request' | 'tell'>;
  /** Whether a file is on the disk of this node. */
  isHere: (attachmentId: string) => Promise<boolean>;
  /** Files that belong to no attachment any more. */
  discard: (attachmentIds: string[]) => Promise<void>;
}

/** Names of what nodes ask and tell each other. */
const FIND = 'findAttachment';
const GONE = 'attachmentsGone';

const findSchema = z.object({ attachmentId: attachmentIdSchema });
const goneSchema = z.object({ attachmentIds: z.array(attachmentIdSchema) });

/** Where files are that lie on the disks of single nodes: a node takes the uploads that begin on it, and serves them. */
export class AttachmentNodes {
  readonly #cluster: AttachmentNodesOptions['cluster'];
  readonly #isHere: AttachmentNodesOptions['isHere'];

  constructor({ cluster, isHere, discard }: AttachmentNodesOptions) {
    this.#cluster = cluster;
    this.#isHere = isHere;
    cluster.handle(FIND, async (data) => {
      const { attachmentId } = parseInput(findSchema, data);
      return { isHere: await isHere(attachmentId) };
    });
    cluster.handle(GONE, (data) => discard(parseInput(goneSchema, data).attachmentIds));
  }

  get nodeId(): string {
    return this.#cluster.nodeId;
  }

  /** Of this very node; undefined outside a cluster, where clients know it. */
  get ownUrl(): string | undefined {
    return this.#cluster.url;
  }

  /**
   * Address of another node that has a file; undefined where it is here, or where all have it. Its row names the node, but one that began
   * again may have another name.
   *
   * @throws attachmentNotFound; nodeUnavailable where a node that may have it does not answer
   */
  async find({ attachmentId, nodeId }: Pick<AttachmentRow, 'attachmentId' | 'nodeId'>): Promise<string | undefined> {
    if (nodeId === null || (await this.#isHere(attachmentId))) return undefined;
    const others = this.#others;
    const named = others.find((node) => node.nodeId === nodeId);
    if (named) return named.url;
    const answers = await Promise.all(
      others.map(async (node) => {
        const answer = await this.#cluster.request(node.nodeId, FIND, { attachmentId }).catch(() => undefined);
        return (answer as { isHere: boolean } | undefined)?.isHere ? node.url : undefined;
      }),
    );
    const url = answers.find((answer) => answer !== undefined);
    if (url !== undefined) return url;
    throw new ChaxiError(nodeId === this.nodeId || others.length === 0 ? 'attachmentNotFound' : 'nodeUnavailable');
  }

  /** Each node removes what it has of these; one that is away sweeps it later. */
  tellGone(attachmentIds: string[]): void {
    for (const { nodeId } of this.#others) this.#cluster.tell(nodeId, GONE, { attachmentIds });
  }

  get #others() {
    return this.#cluster.nodes.filter(({ nodeId }) => nodeId !== this.nodeId);
  }
}
