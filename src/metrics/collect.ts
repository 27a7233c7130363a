import type { StoreGauges } from '../store/records/gauges.ts';
import type { CapName } from '../store/records/plan.ts';
import type { StoredSim } from '../store/records/sim.ts';
import { exposition, type Family, type Sample } from './exposition.ts';
import type { Meters } from './meters.ts';

/** A SIM that is in a modem now. */
interface LiveSim {
  readonly iccid: string;
  readonly state: 'ready' | 'notReady';
  readonly operator: string | null;
  readonly signalDbm: number | null;
}

interface ModemFacts {
  readonly port: string | null;
  readonly usbPath: string | null;
  readonly name: string | null;
  readonly state: string;
}

/** How the box is now, for whoever watches it. No number, no text and no secret is among it. */
export interface BoxFacts {
  readonly now: number;
  readonly version: string;
  readonly meters: Meters;
  readonly store: StoreGauges;
  readonly sims: readonly StoredSim[];
  readonly live: readonly LiveSim[];
  readonly modems: readonly ModemFacts[];
  simName(iccid: string): string | null;
  caps(iccid: string): readonly { readonly name: CapName; readonly used: number; readonly limit: number }[];
  /** Segments of the package that are left; null where it has none. */
  packageLeft(iccid: string): number | null;
  /** What an endpoint of webhooks is called: its host, since the rest of an address may hold a token. */
  hostOf(endpoint: string): string;
  readonly ready: boolean;
  readonly clockTrusted: boolean;
  readonly paused: boolean;
  /** Milliseconds since 1970; null where there is none. */
  readonly lastBackupAt: number | null;
  readonly diskFree: number;
  readonly memory: number;
}

const MS = 1000;

/** All metrics, in the text format of Prometheus. */
export function collect(facts: BoxFacts): string {
  const { now, meters, store, sims, live } = facts;
  const lag = meters.loopLag();
  const one = (value: number): Sample[] => [{ value }];
  const flag = (is: boolean): Sample[] => one(is ? 1 : 0);
  const ofSims = (read: (sim: StoredSim) => number): Sample[] => sims.map((sim) => ({ labels: { sim: sim.iccid }, value: read(sim) }));
  const age = (at: number): number => Math.max(0, now - at) / MS;

  const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name: `simpost_${name}`,
    type: 'gauge',
    help,
    samples,
  });
  const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
    name: `simpost_${name}_total`,
    type: 'counter',
    help,
    samples,
  });

  return exposition([
    gauge('build_info', 'The version, always 1.', [{ labels: { version: facts.version }, value: 1 }]),
    gauge('start_time_seconds', 'When this process began, seconds since 1970.', one(meters.startedAt / MS)),
    gauge('ready', '1 while a SIM can send (as GET /readyz).', flag(facts.ready)),
    gauge('clock_trusted', '1 while the clock is believed.', flag(facts.clockTrusted)),
    gauge('paused', '1 while sending is paused as a whole.', flag(facts.paused)),

    counter('messages_accepted', 'Messages taken into the queue since this process began.', meters.acceptedSamples()),
    gauge(
      'queue_ready_segments',
      'Segments that are ready to be sent.',
      store.queue.map(({ purpose, segments }) => ({ labels: { purpose }, value: segments })),
    ),
    gauge(
      'queue_oldest_seconds',
      'Age of the oldest message that is ready; 0 where none is.',
      store.queue.map(({ purpose, oldestAt }) => ({ labels: { purpose }, value: oldestAt === null ? 0 : age(oldestAt) })),
    ),
    gauge('queue_waiting_segments', 'Segments that wait for their time, another try or a person.', one(store.waiting)),
    gauge('messages_uncertain', 'Messages of which nobody knows whether they went out.', one(store.uncertain)),

    counter('send_attempts', 'Tries to send a segment since this process began, by how they ended.', meters.attempts.samples()),
    counter(
      'radio_seconds',
      'Seconds in which a SIM was busy with a segment since this process began; its rate is its share.',
      meters.radio.samples(),
    ),
    counter(
      'segments_sent',
      'Segments that the network took.',
      ofSims((sim) => sim.counters.sent),
    ),
    counter(
      'segments_delivered',
      'Segments that a status report called delivered.',
      ofSims((sim) => sim.counters.delivered),
    ),
    counter(
      'segments_failed',
      'Tries that failed.',
      ofSims((sim) => sim.counters.failed),
    ),
    counter(
      'tpdus_received',
      'What came in, status reports too.',
      ofSims((sim) => sim.counters.received),
    ),
    gauge(
      'sim_info',
      'SIMs that are known, always 1.',
      sims.map(({ iccid }) => ({
        labels: { sim: iccid, name: facts.simName(iccid) ?? '', operator: live.find((one) => one.iccid === iccid)?.operator ?? '' },
        value: 1,
      })),
    ),
    gauge(
      'sim_ready',
      '1 while it is registered in a modem.',
      sims.map(({ iccid }) => ({
        labels: { sim: iccid },
        value: live.some((one) => one.iccid === iccid && one.state === 'ready') ? 1 : 0,
      })),
    ),
    gauge(
      'sim_signal_dbm',
      'Signal, dBm.',
      live.flatMap(({ iccid, signalDbm }) => (signalDbm === null ? [] : [{ labels: { sim: iccid }, value: signalDbm }])),
    ),
    gauge(
      'sim_cap_left_segments',
      'What is left of each cap; recipients where the cap counts those.',
      sims.flatMap(({ iccid }) =>
        facts.caps(iccid).map(({ name, used, limit }) => ({ labels: { sim: iccid, cap: name }, value: Math.max(0, limit - used) })),
      ),
    ),
    gauge(
      'sim_package_left_segments',
      'What is left of the package this month.',
      sims.flatMap(({ iccid }) => {
        const left = facts.packageLeft(iccid);
        return left === null ? [] : [{ labels: { sim: iccid }, value: left }];
      }),
    ),
    gauge(
      'sim_balance',
      'Money that is left, as the operator last said.',
      sims.flatMap(({ iccid, balance }) =>
        balance?.amount === null || balance === null
          ? []
          : [{ labels: { sim: iccid, currency: balance.currency ?? '' }, value: balance.amount }],
      ),
    ),
    gauge(
      'modem_state',
      'Modems and how they are, always 1.',
      facts.modems.map(({ name, port, usbPath, state }) => ({ labels: { modem: name ?? port ?? usbPath ?? '', state }, value: 1 })),
    ),

    gauge(
      'webhook_pending',
      'Deliveries that are still tried.',
      store.webhooks.map(({ endpoint, pending }) => ({
        labels: { host: facts.hostOf(endpoint), webhook: endpoint.startsWith('whk_') ? endpoint : '' },
        value: pending,
      })),
    ),
    gauge(
      'webhook_lag_seconds',
      'Age of the oldest event that an endpoint was not told of; 0 where there is none.',
      store.webhooks.map(({ endpoint, oldestAt }) => ({
        labels: { host: facts.hostOf(endpoint), webhook: endpoint.startsWith('whk_') ? endpoint : '' },
        value: oldestAt === null ? 0 : age(oldestAt),
      })),
    ),

    gauge('event_loop_lag_seconds', 'How late the event loop ran, of the last minute at most.', [
      { labels: { quantile: '0.5' }, value: lag.median },
      { labels: { quantile: '0.99' }, value: lag.p99 },
      { labels: { quantile: '1' }, value: lag.max },
    ]),
    {
      name: 'simpost_commit_seconds',
      type: 'histogram',
      help: 'How long commits took, their fsync included.',
      samples: meters.commits.samples(),
    },
    gauge('store_bytes', 'Octets of the store.', [
      { labels: { file: 'store' }, value: store.octets },
      { labels: { file: 'wal' }, value: store.walOctets },
    ]),
    gauge('disk_free_bytes', 'Octets that are free on the disk of the store.', one(facts.diskFree)),
    gauge('memory_bytes', 'Resident memory of the process.', one(facts.memory)),
    gauge('last_backup_age_seconds', 'Age of the newest backup.', facts.lastBackupAt === null ? [] : one(age(facts.lastBackupAt))),
  ]);
}
