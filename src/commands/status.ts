import { type Clock, sleep } from '../base/clock.ts';
import type { Modem, Sim } from '../http/schemas/hardware.ts';
import { type AskingWorld, type DaemonClient, type DaemonOptions, daemonClient } from './daemon-client.ts';

export interface StatusCommand extends DaemonOptions {
  readonly watch?: boolean;
}

export interface StatusWorld extends AskingWorld {
  readonly clock: Clock;
  /** Whether `out` is a terminal, whose screen may be cleared. */
  readonly isTerminal: boolean;
  /** Resolves when nobody wants to watch any more. */
  readonly stopped: Promise<unknown>;
  out(text: string): void;
}

/** Milliseconds between two looks of `--watch`. */
const PERIOD = 2000;

/** A count stops here: more would be read only to be counted. */
const MOST = 100;

const WAITING = ['held', 'queued', 'sending', 'uncertain'] as const;

interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/** `simpost status`: what the running daemon is doing now; with `--watch` again every 2 s until it is stopped. */
export async function status(options: StatusCommand, world: StatusWorld): Promise<void> {
  const daemon = daemonClient(options, world);
  let isOver = false;
  const over = world.stopped.then(() => {
    isOver = true;
  });
  for (;;) {
    const text = await statusText(daemon);
    // Home, the text, and away with what stood below: calmer than an empty screen in between.
    world.out(options.watch && world.isTerminal ? `\x1b[H${text.replaceAll('\n', '\x1b[K\n')}\x1b[J` : text);
    if (!options.watch) return;
    await Promise.race([sleep(world.clock, PERIOD), over]);
    if (isOver) return;
  }
}

/** How the reason begins that repeats what each modem says below. */
const NO_SIM = 'No SIM is ready.';

async function statusText(daemon: DaemonClient): Promise<string> {
  const [{ ready, reasons }, modems, sims, ...waiting] = await Promise.all([
    daemon.readiness(),
    daemon.get<Page<Modem>>('/v1/modems?limit=500'),
    daemon.get<Page<Sim>>('/v1/sims?limit=500'),
    ...WAITING.map(async (name) => countText(name, await daemon.get<Page<unknown>>(`/v1/messages?status=${name}&limit=${MOST}`))),
  ]);
  const steps = modems.data.flatMap((m) => (m.nextStep === null ? [] : [`  ${modemName(m)}: ${m.sentence} ${m.nextStep}`]));
  const blocks = [
    [
      `Simpost at ${daemon.url} is ${ready ? 'ready' : 'not ready'}.`,
      ...reasons.filter((why) => modems.data.length === 0 || !why.startsWith(NO_SIM)),
    ],
    table(
      ['MODEM', 'STATE', 'MODEL', 'SIM'],
      modems.data.map((m) => [modemName(m), m.state, [m.manufacturer, m.model].filter(Boolean).join(' '), nameOf(m.sim, sims.data)]),
    ),
    table(
      ['SIM', 'STATE', 'OPERATOR', 'SIGNAL', 'SENT', 'DELIVERED', 'FAILED', 'RECEIVED'],
      sims.data.map((s) => [
        nameOf(s.iccid, sims.data),
        s.state,
        s.operator ?? '',
        s.signalDbm === null ? '' : `${s.signalDbm} dBm`,
        ...[s.counters.sent, s.counters.delivered, s.counters.failed, s.counters.received].map(String),
      ]),
    ),
    [`Messages: ${waiting.join(', ')}.`],
    steps.length > 0 ? ['To do:', ...steps] : [],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const modemName = (m: Modem): string => m.name ?? m.port ?? m.imei ?? m.usbPath ?? '';

const nameOf = (iccid: string | null, sims: readonly Sim[]): string => sims.find((s) => s.iccid === iccid)?.name ?? iccid ?? '';

const countText = (name: string, { data, nextCursor }: Page<unknown>): string =>
  nextCursor === null ? `${data.length} ${name}` : `more than ${data.length} ${name}`;

/** Columns as wide as their widest cell; nothing where there are no rows. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => [...(row[i] ?? '')].length)));
  return all.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  );
}
