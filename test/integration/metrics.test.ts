import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveSite, liveSite } from '../support/live-site.ts';

/** One line of the format: a name, labels, a figure. */
const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*)\})? (-?[\d.e+-]+|\+Inf|NaN)$/;

let site: LiveSite;
let key: string;
let text: string;
const samples = new Map<string, { labels: string; value: number }[]>();
const types = new Map<string, string>();

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(site.url + path, { ...init, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } });

beforeAll(async () => {
  site = await liveSite({
    scopes: 'send,read:all,admin',
    more: '[[webhook]]\nurl = "http://127.0.0.1:1/T0K3N"\nsecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"\n',
  });
  key = readFileSync(site.keyFile, 'utf8').trim();
  const sent = await ask('/v1/messages', { method: 'POST', body: JSON.stringify({ to: '+380501234567', text: 'CANARY-T3XT' }) });
  const { id }: { id: string } = JSON.parse(await sent.text());
  for (;;) {
    const { status }: { status: string } = JSON.parse(await (await ask(`/v1/messages/${id}`)).text());
    if (status === 'delivered') break;
  }
  text = await (await ask('/metrics')).text();
  for (const line of text.split('\n')) {
    const [, name, type] = /^# TYPE (\S+) (gauge|counter|histogram)$/.exec(line) ?? [];
    if (name !== undefined) types.set(name, type ?? '');
    if (line === '' || line.startsWith('#')) continue;
    const [, sample = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
    expect(sample, line).not.toBe('');
    samples.set(sample, [...(samples.get(sample) ?? []), { labels, value: Number(value.replace('+Inf', 'Infinity')) }]);
  }
});
afterAll(() => site.stop());

const figure = (name: string, labels = ''): number | undefined =>
  samples.get(name)?.find((sample) => sample.labels.includes(labels))?.value;

/** The names of metrics in expressions of Prometheus. */
const namesIn = (file: string): string[] => [
  ...new Set([...readFileSync(`observability/${file}`, 'utf8').matchAll(/\bsimpost_[a-z_]+/g)].map(([name]) => name)),
];

describe('/metrics', () => {
  it('counts what was accepted, tried, sent and delivered', () => {
    expect(figure('simpost_messages_accepted_total', 'purpose="service"')).toBe(1);
    expect(figure('simpost_send_attempts_total', 'outcome="ok"')).toBe(1);
    expect(figure('simpost_radio_seconds_total')).toBeGreaterThan(0.01);
    expect(figure('simpost_segments_sent_total')).toBe(1);
    expect(figure('simpost_segments_delivered_total')).toBe(1);
    expect(figure('simpost_queue_ready_segments', 'purpose="service"')).toBe(0);
    expect(figure('simpost_ready')).toBe(1);
    expect(figure('simpost_sim_ready')).toBe(1);
    expect(figure('simpost_commit_seconds_count')).toBeGreaterThan(3);
    expect(figure('simpost_commit_seconds_bucket', 'le="+Inf"')).toBe(figure('simpost_commit_seconds_count'));
    expect(figure('simpost_store_bytes', 'file="store"')).toBeGreaterThan(10_000);
    expect(figure('simpost_event_loop_lag_seconds', 'quantile="0.99"')).toBeGreaterThanOrEqual(0);
    expect(figure('simpost_webhook_pending', 'host="127.0.0.1:1"')).toBeGreaterThan(0);
  });

  it('is one family after the other, each with its type', () => {
    for (const name of samples.keys()) {
      const family = [name, name.replace(/_(bucket|sum|count)$/, '')].find((one) => types.has(one));
      expect(family, name).toBeDefined();
    }
    expect([...types.keys()].filter((name) => types.get(name) === 'counter' && !name.endsWith('_total'))).toEqual([]);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('X24: has no number, no text and no token of an address', () => {
    expect(text).not.toMatch(/380501234567|CANARY|T0K3N|whsec_/);
  });

  it('is asked for by name in the dashboard and the rules, each of them one that there is', () => {
    const written = (name: string): boolean =>
      types.has(name) || types.has(name.replace(/_(bucket|sum|count)$/, '')) || OF_OTHERS.includes(name);
    for (const file of ['grafana-dashboard.json', 'simpost-rules.yml']) {
      expect(namesIn(file).length).toBeGreaterThan(8);
      expect(namesIn(file).filter((name) => !written(name))).toEqual([]);
    }
  });

  it('is for those who may read', async () => {
    expect((await fetch(`${site.url}/metrics`)).status).toBe(401);
  });
});

/** Those that this site has nothing to say of: no caps, no package, no balance, no backup yet. */
const OF_OTHERS = [
  'simpost_sim_cap_left_segments',
  'simpost_sim_package_left_segments',
  'simpost_sim_balance',
  'simpost_last_backup_age_seconds',
];
