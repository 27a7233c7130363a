import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { simulate } from '../../src/simulator/simulate.ts';
import { apiClient } from '../support/api-client.ts';
import { type DaemonProcess, makeKey, makeSite, startDaemonProcess } from '../support/daemon-process.ts';

/** A list of clients as large as a chain of clinics has: imported, looked through, and written to, in the built daemon. */

const LOOP_DELAY = resolve(import.meta.dirname, 'loop-delay.mjs');
const CONTACTS = 50_000;

const FIRST = ['Олена', 'Ірина', 'Марія', 'Петро', 'Іван', 'Андрій', 'Оксана', 'Юлія', 'Василь', 'Ганна'];
const LAST = ['Коваль', 'Бойко', 'Шевченко', 'Мельник', 'Ткаченко', 'Бондар', 'Лис', 'Кравець'];
const CONSENT = { purpose: 'promotional', source: 'paper', wording: 'Надсилайте знижки', actor: 'Olena', at: '2026-01-10T10:00:00Z' };

/** What a person at the desk asks of the list. */
const LISTS = [
  '',
  'search=олен',
  'search=о',
  'search=бойко 499',
  'search=10499',
  'search=ніхто',
  'tag=vip',
  'tag=a&search=бондар',
  'number=%2B380501004999',
];

export interface BusinessFigures {
  readonly importSeconds: number;
  /** Messages handed over meanwhile, milliseconds. */
  readonly acceptP95: number;
  readonly importLoopP99: number;
  readonly listWorst: number;
  readonly planSeconds: number;
  readonly planLoopP99: number;
  /** Urgent messages while recipients were planned: from the request to the network, milliseconds. */
  readonly urgentP95: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function listOf(count: number): string {
  const rows = Array.from({ length: count }, (_, n) => {
    const [first, last] = [FIRST[n % FIRST.length], LAST[n % LAST.length]];
    return `crm-${n};${last} ${first} ${n};${first};+38050${1_000_000 + n};uk;${n % 7 === 0 ? 'vip' : 'a'};${n % 20}`;
  });
  return ['id;name;firstName;phone;language;tags;fields.visits', ...rows].join('\n');
}

export async function businessFigures(): Promise<BusinessFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'simpost-bench-'));
  const simulation = await simulate({ modems: 1, pty: folder, radioMs: 20, deliveryMs: 20, reportMs: 20 });
  const site = makeSite(simulation.ptys, '[messages.quota]\nurgent = 0\n');
  const key = await makeKey(site, 'send,read:all,operate');
  const loopFile = join(folder, 'loop.json');
  const begin = async (): Promise<DaemonProcess> => {
    const daemon = await startDaemonProcess(site, {
      NODE_OPTIONS: `--import ${LOOP_DELAY}`,
      LOOP_DELAY_FILE: loopFile,
    });
    const { get } = apiClient(daemon.url, key);
    while (!(await get<{ data: { state: string }[] }>('/v1/sims')).data.some(({ state }) => state === 'ready'))
      await sleep(systemClock, 50);
    daemon.child.kill('SIGUSR2');
    return daemon;
  };
  const end = async (daemon: DaemonProcess): Promise<{ p99Ms: number }> => {
    await daemon.stop();
    return existsSync(loopFile) ? JSON.parse(readFileSync(loopFile, 'utf8')) : { p99Ms: Number.NaN };
  };

  let daemon = await begin();
  let api = apiClient(daemon.url, key);
  let done = false;
  const started = performance.now();
  const imported = fetch(`${daemon.url}/v1/contacts/import?consent=${encodeURIComponent(JSON.stringify(CONSENT))}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: listOf(CONTACTS),
  })
    .then((answer) => answer.text())
    .finally(() => {
      done = true;
    });
  const accepted: number[] = [];
  for (let i = 0; !done; i += 1) {
    const at = performance.now();
    await api.post('/v1/messages', { to: `+38067${1_000_000 + i}`, text: 'Ваше авто готове' });
    accepted.push(performance.now() - at);
    await sleep(systemClock, 20);
  }
  const said = await imported;
  const importSeconds = (performance.now() - started) / 1000;
  if (JSON.parse(said).created !== CONTACTS) throw new Error(`not all contacts were made: ${said.slice(0, 500)}`);

  const lists: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (const asked of LISTS) {
      const at = performance.now();
      await api.get(`/v1/contacts?limit=50&${asked}`);
      lists.push(performance.now() - at);
    }
  }
  const { p99Ms: importLoopP99 } = await end(daemon);

  daemon = await begin();
  api = apiClient(daemon.url, key);
  const variants = [{ name: 'A', share: 100, texts: { uk: '{site}: {firstName}, знижка 20%. Не цікаво? СТОП' } }];
  const { body: campaign } = await api.post<{ id: string }>('/v1/campaigns', { name: 'All', variants, perHour: 3600 });
  const urgent: number[] = [];
  await api.post(`/v1/campaigns/${campaign.id}/start`, { recipients: CONTACTS });
  const planned = performance.now();
  for (let i = 0; ; i += 1) {
    const to = `+38063${1_000_000 + i}`;
    const at = performance.now();
    const onAir = new Promise<void>((resolve) => simulation.network.events.once('accepted', () => resolve()));
    await api.post('/v1/messages', { to, text: 'Ліфт не працює', purpose: 'urgent' });
    await onAir;
    urgent.push(performance.now() - at);
    const { state } = await api.get<{ state: string }>(`/v1/campaigns/${campaign.id}`);
    if (state !== 'scheduled' && state !== 'planning') break;
  }
  const planSeconds = (performance.now() - planned) / 1000;
  const { p99Ms: planLoopP99 } = await end(daemon);
  await simulation.close();
  rmSync(folder, { recursive: true, force: true });
  site.remove();

  for (const times of [accepted, lists, urgent]) times.sort((a, b) => a - b);
  return {
    importSeconds,
    acceptP95: quantile(accepted, 0.95),
    importLoopP99,
    listWorst: lists.at(-1) ?? 0,
    planSeconds,
    planLoopP99,
    urgentP95: quantile(urgent, 0.95),
  };
}
