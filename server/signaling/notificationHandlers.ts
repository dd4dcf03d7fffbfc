import type { ClientNotification, ClientNotificationData } from '../../protocol/signaling.ts';
import type { Metrics } from '../base/Metrics.ts';
import type { RequestContext } from './requestHandlers.ts';

export interface NotificationContext extends RequestContext {
  metrics: Metrics;
}

type Handler<N extends ClientNotification> = (
  context: NotificationContext,
  data: ClientNotificationData<N>,
) => void | Promise<void>;

/** One handler a notification. What it throws is counted and logged; nobody waits for an answer. */
export const notificationHandlers: { [N in ClientNotification]: Handler<N> } = {
  joinTiming({ metrics }, timing) {
    metrics.observeJoin(timing);
  },
  async networkReport({ room, participant, metrics }, report) {
    await room.quality.report(participant, report);
    metrics.observeNetwork(report);
  },
};
