import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { configKeys } from '../../../config/keys.ts';
import { Metrics } from '../../../server/base/Metrics.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const matchesOf = (text: string, pattern: RegExp) => [...new Set(text.match(pattern))];

describe('the files to run a cluster', () => {
  for (const [file, pattern] of [
    ['compose.yaml', /^ +(CHAXI_\w+)(?=:)/gm],
    ['deploy/kubernetes.yaml', /(?<=name: )CHAXI_\w+/g],
  ] as const) {
    it(`set variables in ${file} that there are`, () => {
      const known = configKeys.map(({ envName }) => envName);
      const set = matchesOf(read(file), pattern).map((name) => name.trim());
      expect(set).to.include('CHAXI_CLUSTER_SECRET');
      expect(known).to.include.members(set);
    });
  }

  it('give Redis a password that is not the secret of the cluster', () => {
    const compose = read('compose.yaml');
    expect(compose).to.match(/CHAXI_CLUSTER_SECRET: \$\{CHAXI_SECRET:\?\}/);
    expect(compose).to.match(/CHAXI_REDIS_URL: redis:\/\/:\$\{REDIS_PASSWORD:\?\}@/);
    expect(compose).to.match(/'--requirepass', '\$\{REDIS_PASSWORD:\?\}'/);
  });

  it('open Grafana and Prometheus to their own machine alone', () => {
    expect(read('compose.yaml')).to.include('GF_SERVER_HTTP_ADDR: 127.0.0.1');
    expect(read('compose.yaml')).to.include('--web.listen-address=127.0.0.1:9090');
  });

  it('show metrics that there are', async () => {
    const { text } = await new Metrics().render();
    const dashboard = JSON.parse(read('deploy/grafana/dashboard.json')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join(' ');
    const names = matchesOf(shown, /chaxi_\w+/g).map((name) => name.replace(/_bucket$/, ''));
    expect(names).to.have.length.above(8);
    for (const name of [...names, ...matchesOf(read('docs/operations.md'), /chaxi_\w+/g)]) {
      expect(text, name).to.include(`# TYPE ${name.replace(/_bucket$/, '')} `);
    }
  });
});
