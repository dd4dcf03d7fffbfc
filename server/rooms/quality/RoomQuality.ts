import { ChaxiError } from '../../../protocol/ChaxiError.ts';
import { NETWORK_REPORT_INTERVAL_MS } from '../../../protocol/constants.ts';
import { limits } from '../../../protocol/limits.ts';
import type { NetworkReport } from '../../../protocol/networkReport.ts';
import type { Participant } from '../Participant.ts';
import { Quotas } from '../Quotas.ts';
import { confirmLoss } from './confirmLoss.ts';
import { judgeNetwork, levels, type Verdict } from './judgeNetwork.ts';
import { SilenceWatch } from './SilenceWatch.ts';
import { smoothQuality, unknownQuality, type SmoothedQuality } from './smoothQuality.ts';
import { videoWithheld } from './videoWithheld.ts';

export interface RoomQualityOptions {
  changed: (participant: Participant) => void;
  /** Reports that stay away for this long mean a network that carries none, where nothing else comes either. */
  silenceMs?: number;
}

/** A base grows by this with each report, so that after a change of network it is forgotten within two minutes. */
const BASE_GROWTH = 1.03;

/** What a network looks like that carries nothing, not even the report of it. */
const silent: Verdict = { level: levels.poor, reason: 'loss', severe: true };

/** How good the networks of those in one room are, by what their pages report and the workers know. */
export class RoomQuality {
  readonly #changed: (participant: Participant) => void;
  readonly #silences: SilenceWatch;
  readonly #quotas = new Quotas({ perMinute: limits.networkReportsPerMinute, burst: limits.networkReportBurst });
  /** Until the last report of each is judged. */
  readonly #turns = new WeakMap<Participant, Promise<void>>();
  /** The shortest round trip of each, milliseconds. */
  readonly #baseRoundTripTimes = new WeakMap<Participant, number>();

  constructor({ changed, silenceMs = 3 * NETWORK_REPORT_INTERVAL_MS }: RoomQualityOptions) {
    this.#changed = changed;
    this.#silences = new SilenceWatch({
      silenceMs,
      fellSilent: (participant) => this.#show(participant, smoothQuality(participant.network, silent)),
    });
  }

  /** @throws wrongStage, rateLimited */
  async report(participant: Participant, report: NetworkReport): Promise<void> {
    if (!participant.inside) throw new ChaxiError('wrongStage');
    this.#quotas.take(participant);
    // Who has nothing to report of says so once, and is silent from then on.
    if (report.up || report.down) this.#silences.expect(participant);
    else this.forget(participant);
    // One after the other: whether a worker is asked or not, a later report is the later one.
    const judge = () => this.#judge(participant, report);
    const turn = (this.#turns.get(participant) ?? Promise.resolve()).then(judge, judge);
    this.#turns.set(participant, turn);
    await turn;
  }

  /** All that was known is of media that are lost. */
  reset(participant: Participant): void {
    this.forget(participant);
    this.#baseRoundTripTimes.delete(participant);
    this.#show(participant, unknownQuality);
  }

  /** Someone has gone. */
  forget(participant: Participant): void {
    this.#silences.forget(participant);
  }

  async #judge(participant: Participant, report: NetworkReport): Promise<void> {
    const { media } = participant;
    // A report of transports that are no more.
    if (!media) return;
    const confirmed = await confirmLoss(report, media);
    if (!participant.inside || participant.media !== media) return;
    const verdict = judgeNetwork({
      report: confirmed,
      baseRoundTripTimeMs: this.#baseRoundTripTimes.get(participant),
      shown: participant.network.level,
      withheld: videoWithheld([...participant.subscriptions.values()].map(({ consumer }) => consumer)),
    });
    this.#noteRoundTrip(participant, report);
    this.#show(participant, verdict ? smoothQuality(participant.network, verdict) : unknownQuality);
  }

  #noteRoundTrip(participant: Participant, { up, down }: NetworkReport): void {
    const base = (this.#baseRoundTripTimes.get(participant) ?? Infinity) * BASE_GROWTH;
    const shortest = Math.min(base, up?.roundTripTimeMs ?? Infinity, down?.roundTripTimeMs ?? Infinity);
    if (Number.isFinite(shortest)) this.#baseRoundTripTimes.set(participant, shortest);
  }

  #show(participant: Participant, quality: SmoothedQuality): void {
    const before = participant.network;
    participant.network = quality;
    if (before.level !== quality.level || before.reason !== quality.reason) this.#changed(participant);
  }
}
