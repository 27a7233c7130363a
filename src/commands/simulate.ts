import { Fault } from '../base/fault.ts';
import { createLog } from '../base/log.ts';
import { MAKES } from '../simulator/makes.ts';
import { DEMO_PHONES } from '../simulator/phones.ts';
import { simulate } from '../simulator/simulate.ts';
import { stopSignal } from './stop-signal.ts';
import { makeNamedFolder } from './system-error.ts';

export interface SimulateCommand {
  readonly modems: number;
  readonly tcp?: number;
  readonly pty?: string;
  /** The name of a profile. */
  readonly make: string;
  readonly control?: number;
  readonly ledger?: string;
  readonly radioMs: number;
  readonly deliveryMs: number;
  readonly reportMs: number;
  readonly seed: number;
}

/**
 * `simpost simulate`: virtual modems on TCP ports and ptys until SIGTERM or SIGINT. The phones of the demo are there, and any other
 * number is a phone too.
 * @throws Fault `portBusy`, `unavailable` (no socat), `requestInvalid`
 */
export async function simulateUntilStopped(options: SimulateCommand): Promise<void> {
  if (options.tcp === undefined && options.pty === undefined) {
    throw new Fault('requestInvalid', 'Modems that nobody can reach are of no use: give --tcp PORT, --pty DIR or both.');
  }
  const last = (options.tcp ?? 0) + options.modems - 1;
  if (last > 65_535) {
    const sentence = `${options.modems} modems from port ${options.tcp} on would need the ports up to ${last}, and 65535 is the last there is: give --tcp ${65_536 - options.modems} or less.`;
    throw new Fault('requestInvalid', sentence);
  }
  if (options.pty !== undefined) makeNamedFolder(options.pty);
  const model = MAKES[options.make];
  if (!model)
    throw new Fault('requestInvalid', `There is no virtual make "${options.make}": name one of ${Object.keys(MAKES).join(', ')}.`);
  const stopped = stopSignal();
  const simulation = await simulate({ ...options, modem: { model }, phones: DEMO_PHONES, log: createLog('info') });
  const lines = simulation.modems.map((modem, i) => {
    const ports = [simulation.tcp[i] === undefined ? undefined : `tcp://127.0.0.1:${simulation.tcp[i]}`, simulation.ptys[i]];
    const where = ports.filter((p) => p !== undefined).join('  ');
    return `${modem.name.padEnd(8)} ${where.padEnd(24)}  IMEI ${modem.imei}  ICCID ${modem.card?.iccid ?? 'none'}  ${modem.card?.number ?? ''}`;
  });
  if (simulation.control) lines.push(`control  ${simulation.control}`);
  if (options.ledger) lines.push(`ledger   ${options.ledger}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  await stopped;
  await simulation.close();
}
