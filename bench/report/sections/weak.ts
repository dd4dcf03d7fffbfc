import type { WeakPeer } from '../../options.ts';
import {
  conditionNames,
  isEvent,
  weakConditions,
  weakEnds,
  type ConditionName,
  type WeakEnd,
} from '../../scenarios/weakConditions.ts';
import type { WeakSample } from '../../scenarios/weakMetrics.ts';
import { card, wideCard } from '../card.ts';
import { dotRows } from '../charts/dotRows.ts';
import { escape } from '../escape.ts';
import { formatNumber, formatQuantity } from '../formatNumber.ts';
import type { Result } from '../result.ts';

const peerNames: Record<WeakPeer, string> = { chaxi: 'Chaxi', p2p: 'peer to peer', livekit: 'LiveKit' };
const whose: Record<WeakEnd, string> = { up: "the publisher's network is weak", down: "the watcher's network is weak" };

/** What is drawn of lasting conditions and of events. */
const charts = [
  { measure: 'fps', heading: 'Frames a second', unit: 'frames/s', events: false },
  { measure: 'frozen', heading: 'The picture stands', unit: 'share', events: false },
  { measure: 'concealed', heading: 'Sound made up', unit: 'share', events: false },
  { measure: 'videoBack', heading: 'Until the picture is back', unit: 'ms', events: true },
] as const;

/** Columns of the table. */
const columns = [
  ['fps', 'frames/s'],
  ['frozen', 'stands'],
  ['frozenAtFirst', 'stands at first'],
  ['width', 'width'],
  ['ageP95', 'age p95, ms'],
  ['concealed', 'sound made up'],
  ['videoBack', 'picture back, ms'],
  ['audioBack', 'sound back, ms'],
] as const;

export function weakSection(result: Result): string[] {
  const samples = (result.samples as WeakSample[]).filter((sample) => sample.part === 'tasting');
  return weakEnds.flatMap((end) => {
    const own = samples.filter((sample) => sample.end === end);
    const peers = (Object.keys(peerNames) as WeakPeer[]).filter((peer) => own.some((sample) => sample.peer === peer));
    const conditions = conditionNames.filter((name) => own.some(({ condition }) => condition === name));
    if (peers.length === 0) return [];
    return [...chartsOf(result, { end, peers, conditions }), tableOf(result, { end, peers, conditions })];
  });
}

interface Shown {
  end: WeakEnd;
  peers: readonly WeakPeer[];
  conditions: readonly ConditionName[];
}

function chartsOf({ metrics, verdicts }: Result, { end, peers, conditions }: Shown): string[] {
  return charts.flatMap(({ measure, heading, unit, events }) => {
    const shown = conditions.filter((name) => isEvent(weakConditions[name]) === events);
    if (shown.length === 0) return [];
    const rows = shown.map((condition) => ({
      name: weakConditions[condition].title,
      values: peers.map((peer) => metrics[`${end}.${condition}.${peer}.${measure}`]?.p50 ?? null),
      limit: verdicts.find(({ rule }) => rule.metric === `${end}.${condition}.chaxi.${measure}`)?.rule.limit,
    }));
    const title = `${heading}, ${whose[end]}`;
    return [card(title, dotRows(rows, { series: peers.map((peer) => peerNames[peer]), unit, title }))];
  });
}

function tableOf({ metrics }: Result, { end, peers, conditions }: Shown): string {
  const head = columns.map(([, title]) => `<th class="number">${escape(title)}</th>`).join('');
  const rows = conditions.flatMap((condition) =>
    peers.map((peer, index) => {
      const cells = columns.map(([measure]) => {
        const metric = metrics[`${end}.${condition}.${peer}.${measure}`];
        const shown = !metric
          ? '–'
          : metric.unit === 'share'
            ? formatQuantity(metric.p50, 'share')
            : formatNumber(metric.p50);
        return `<td class="number">${escape(shown)}</td>`;
      });
      const title = index === 0 ? weakConditions[condition].title : '';
      return `<tr><td>${escape(title)}</td><td>${peerNames[peer]}</td>${cells.join('')}</tr>`;
    }),
  );
  return wideCard(
    `All of it, ${whose[end]}`,
    `<table><thead><tr><th>Network</th><th>by</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
    'Medians of the rounds. Of an outage and a new address the window begins when the network is back or has changed; what is not back at its end counts with its whole length.',
  );
}
