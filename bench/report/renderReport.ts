import { escape } from './escape.ts';
import { methods } from './methods.ts';
import type { Result } from './result.ts';
import { admitSection } from './sections/admit.ts';
import { clusterSection } from './sections/cluster.ts';
import { colourSection } from './sections/colour.ts';
import { failoverSection } from './sections/failover.ts';
import { joinSection } from './sections/join.ts';
import { latencySection } from './sections/latency.ts';
import { loadSection } from './sections/load.ts';
import { messagesSection } from './sections/messages.ts';
import { peersSection } from './sections/peers.ts';
import { stormSection } from './sections/storm.ts';
import { weakSection } from './sections/weak.ts';
import { styles } from './styles.ts';
import { factsTable, metricsTable, verdictTable } from './tables.ts';

const sections: Record<string, (result: Result) => string[]> = {
  join: joinSection,
  admit: admitSection,
  latency: latencySection,
  storm: stormSection,
  load: loadSection,
  colour: colourSection,
  weak: weakSection,
  failover: failoverSection,
  cluster: clusterSection,
  messages: messagesSection,
  peers: peersSection,
};

/** One page with everything in it: it asks for nothing else. */
export function renderReport(results: readonly Result[]): string {
  const links = results.map(({ scenario }) => `<a href="#${escape(scenario)}">${escape(title(scenario))}</a>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Chaxi bench</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>Chaxi bench</h1>
<p class="soft">Percentiles interpolate linearly between the nearest ranks. How all this is measured: docs/benchmarks.md.</p>
${results.length > 1 ? `<nav>${links.join('')}</nav>` : ''}
${results.map(renderResult).join('\n')}
</main>
</body>
</html>
`;
}

function renderResult(result: Result): string {
  const { scenario, startedAt, machine, versions, params, metrics, verdicts, interrupted, failed } = result;
  const charts = sections[scenario]?.(result) ?? [];
  const facts = {
    started: startedAt,
    processor: `${machine.cpu}, ${machine.cores} cores`,
    memory: `${Math.round(machine.memoryBytes / 2 ** 30)} GiB`,
    kernel: machine.kernel,
    'load before': machine.loadAverage,
    ...versions,
  };
  return `<section id="${escape(scenario)}">
<h2>${escape(title(scenario))}</h2>
${interrupted ? '<p><span class="flag">Interrupted: this is what was measured until then.</span></p>' : ''}
${failed === undefined ? '' : `<p><span class="flag">Failed, and this is what was measured until then: ${escape(failed)}</span></p>`}
<p>${escape(methods[scenario] ?? '')}</p>
<h3>Verdicts</h3>
${verdictTable(verdicts, metrics)}
<div class="charts">${charts.join('\n')}</div>
<details><summary>All figures</summary>${metricsTable(metrics)}</details>
<details><summary>Machine, versions, parameters</summary>${factsTable(facts)}<h3>Parameters</h3>${factsTable(params)}</details>
</section>`;
}

function title(scenario: string): string {
  return scenario.charAt(0).toUpperCase() + scenario.slice(1);
}
