import { ChaxiError } from '../../protocol/ChaxiError.ts';
import type { Message } from '../../protocol/messages.ts';
import type { Appended, AppendRequest } from '../storage/messages/appendMessages.ts';
import type { Changed, Mutate } from '../storage/messages/changeMessages.ts';

/** Messages of one transaction: so many that one costs little, and so few that nobody waits long for the others. */
const MESSAGES_AT_ONCE = 200;

/** A database that is so far behind does not catch up by waiting longer. */
const WAITING_MESSAGES = 5_000;

export interface SendQueueOptions {
  store: {
    append(requests: readonly AppendRequest[]): Promise<(Appended | ChaxiError)[]>;
    change(conversationId: string, seq: number, mutate: Mutate): Promise<Changed & { message: Message }>;
  };
  /** How many transactions may run at once; what concerns one conversation is always done one after the other. */
  lanes: number;
  /** Nobody knows whether something was stored there. */
  doubtful: (tenant: string, conversationId: string) => void;
}

/** What waits for its transaction. */
type Step =
  | {
      kind: 'append';
      tenant: string;
      request: AppendRequest;
      tell: (appended: Appended) => void;
      answer: PromiseWithResolvers<Appended>;
    }
  | { kind: 'change'; conversationId: string; run: () => Promise<void> };

/** A change of one message. */
export interface ChangeRequest {
  conversationId: string;
  seq: number;
  mutate: Mutate;
}

interface Lane {
  steps: Step[];
  /** Undefined while nothing waits. */
  running: Promise<void> | undefined;
}

/**
 * Through which all goes that takes a number of a conversation. What arrives while a transaction runs goes together into the next one: a busy
 * database is asked less often, an idle one at once.
 */
export class SendQueue {
  readonly #options: SendQueueOptions;
  readonly #lanes: Lane[];
  #waiting = 0;

  constructor(options: SendQueueOptions) {
    this.#options = options;
    this.#lanes = Array.from({ length: options.lanes }, () => ({ steps: [], running: undefined }));
  }

  /**
   * @param tell is called with what was stored before it is answered, of one conversation in the order of changes
   * @throws rateLimited where too much waits, conversationNotFound, attachmentNotFound, storageUnavailable
   */
  append(tenant: string, request: AppendRequest, tell: (appended: Appended) => void): Promise<Appended> {
    const answer = Promise.withResolvers<Appended>();
    this.#add({ kind: 'append', tenant, request, tell, answer });
    return answer.promise;
  }

  /**
   * @param tell is called with what changed, as in `append`
   * @throws rateLimited where too much waits, conversationNotFound, messageNotFound, storageUnavailable, and what `mutate` throws
   */
  change(tenant: string, request: ChangeRequest, tell: (changed: Changed) => void): Promise<Message> {
    const { conversationId, seq, mutate } = request;
    const answer = Promise.withResolvers<Message>();
    const run = async () => {
      try {
        const changed = await this.#options.store.change(conversationId, seq, mutate);
        if (changed.messages.length > 0) tell(changed);
        answer.resolve(changed.message);
      } catch (error) {
        this.#suspect(tenant, conversationId, error);
        answer.reject(error);
      }
    };
    this.#add({ kind: 'change', conversationId, run });
    return answer.promise;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#lanes.map(({ running }) => running));
  }

  #add(step: Step): void {
    const size = sizeOf(step);
    if (this.#waiting + size > WAITING_MESSAGES) throw new ChaxiError('rateLimited');
    this.#waiting += size;
    const { conversationId } = step.kind === 'append' ? step.request : step;
    const lane = this.#lanes[hashOf(conversationId) % this.#lanes.length]!;
    lane.steps.push(step);
    lane.running ??= this.#run(lane);
  }

  async #run(lane: Lane): Promise<void> {
    // What comes in the same turn of the loop goes along.
    await Promise.resolve();
    for (;;) {
      const steps = takeTogether(lane.steps);
      const [first] = steps;
      if (!first) break;
      if (first.kind === 'change') await first.run();
      else await this.#append(steps.filter((step) => step.kind === 'append'));
      for (const step of steps) this.#waiting -= sizeOf(step);
    }
    lane.running = undefined;
  }

  async #append(steps: Extract<Step, { kind: 'append' }>[]): Promise<void> {
    try {
      const outcomes = await this.#options.store.append(steps.map(({ request }) => request));
      for (const [index, { tell, answer }] of steps.entries()) {
        const outcome = outcomes[index]!;
        if (outcome instanceof ChaxiError) {
          answer.reject(outcome);
          continue;
        }
        tell(outcome);
        answer.resolve(outcome);
      }
    } catch (error) {
      for (const { tenant, request, answer } of steps) {
        this.#suspect(tenant, request.conversationId, error);
        answer.reject(error);
      }
    }
  }

  #suspect(tenant: string, conversationId: string, error: unknown): void {
    if (error instanceof ChaxiError && error.code !== 'storageUnavailable') return;
    this.#options.doubtful(tenant, conversationId);
  }
}

function sizeOf(step: Step): number {
  return step.kind === 'append' ? step.request.messages.length : 1;
}

/** Takes from the front what may go in one transaction: one change, or messages. */
function takeTogether(steps: Step[]): Step[] {
  let count = 0;
  let messages = 0;
  for (const step of steps) {
    if (count > 0 && (step.kind === 'change' || messages + sizeOf(step) > MESSAGES_AT_ONCE)) break;
    count += 1;
    messages += sizeOf(step);
    if (step.kind === 'change') break;
  }
  return steps.splice(0, count);
}

/** The same lane for the same conversation; FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
