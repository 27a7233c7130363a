import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { createLog } from '../base/log.ts';
import { LINUX_TIME_FILES, machineTime } from '../base/machine-time.ts';
import { seededRandom, systemRandom } from '../base/random.ts';
import { whyUnbound } from '../base/unbound.ts';
import { isLoopback, parseListen } from '../config/listen.ts';
import { loadConfig } from '../config/load.ts';
import { runDaemon } from '../daemon/run-daemon.ts';
import { VirtualNetwork } from '../simulator/network.ts';
import { PhoneScreens } from '../simulator/phone-screens.ts';
import { DEMO_PHONES } from '../simulator/phones.ts';
import { DEMO_MARK } from './demo-mark.ts';
import { type Ask, bringPeople, firstMessage } from './demo-people.ts';
import { eventsIn } from './event-stream.ts';
import { createKey } from './keys.ts';
import { machineNetwork } from './machine-network.ts';
import { stopSignal } from './stop-signal.ts';
import { makeNamedFolder } from './system-error.ts';

const MODEMS = ['left', 'right'];

/** Who logs in to the console of a demo. */
const DEMO_USER = 'demo';

/** As on 2G: what makes a demo feel like the real thing, milliseconds. */
const PACE = { radioMs: [900, 1600], deliveryMs: [400, 900], reportMs: [300, 800] } as const;

/** Somebody calls a while after the start, and gives up, milliseconds. */
const CALL_AFTER = 15_000;
const CALL_LASTS = 9_000;

/**
 * `simpost demo`: a daemon as it would be installed, on two virtual modems in memory. Everything in the terminal is what
 * the phones and the public API say; nothing is made up.
 * @throws Fault `storeForeign` for a folder that is not a demo's, `requestInvalid` for one that cannot be used or an address that is none
 */
export async function demo(options: { data: string; listen: string }): Promise<void> {
  const folder = resolve(options.data);
  const listen = await freeAddress(options.listen);
  claimFolder(folder);
  const isNew = !existsSync(join(folder, 'store'));
  const configFile = join(folder, 'simpost.toml');
  writeFileSync(configFile, configText(listen));
  const key = await demoKey(folder, configFile);
  // Virtual modems are no part of a configuration: an installation could not have them.
  const config = { ...loadConfig(configFile, {}), modem: MODEMS.map((name) => ({ port: `sim://${name}`, name, baudRate: 115_200 })) };

  const network = new VirtualNetwork({ clock: systemClock, random: seededRandom(1), ...PACE });
  for (const name of MODEMS) network.addModem({ name });
  for (const phone of DEMO_PHONES) network.addPhone(phone);
  const phones = new PhoneScreens(network);

  const stopped = stopSignal();
  const daemon = await runDaemon(config, {
    clock: systemClock,
    machine: machineTime(LINUX_TIME_FILES, systemRandom.bytes(12).toString('hex')),
    random: systemRandom,
    log: createLog('warn'),
    ...machineNetwork,
    open: (port) => Promise.resolve(network.open(port.slice('sim://'.length))),
    phones,
    fatal(error) {
      throw error;
    },
  });
  const password = await demoOwner(folder, daemon.url, key);
  greet({ url: daemon.url, key, password, folder });
  narrate(network);
  network.after(CALL_AFTER, () => void network.call({ from: '+380670000002', modem: 'left', forMs: CALL_LASTS }));
  const watching = new AbortController();
  const ended = watchEvents(daemon.url, key, watching.signal);
  const ask = askAt(daemon.url, key);
  await ask('POST', '/v1/messages', firstMessage(systemClock, config.site.timeZone));
  // At a later start they would be visits that were moved.
  if (isNew) await bringPeople(ask, systemClock, config.site.timeZone);

  await stopped;
  say('', 'Stopping …');
  watching.abort();
  await ended;
  await daemon.stop();
  network.close();
}

/** A demo keeps to folders that it made itself, so that it is never mixed with a real installation. */
function claimFolder(folder: string): void {
  const mark = join(folder, DEMO_MARK);
  const facts = statSync(folder, { throwIfNoEntry: false });
  const isForeign = facts !== undefined && (!facts.isDirectory() || (readdirSync(folder).length > 0 && !existsSync(mark)));
  if (isForeign) throw new Fault('storeForeign', `${folder} is not a demo's folder; name an empty one or a new one with --data.`);
  makeNamedFolder(folder);
  writeFileSync(mark, 'This folder belongs to simpost demo: virtual modems, nothing real. It may be deleted at any time.\n');
}

function configText(listen: string): string {
  return `# Made by simpost demo at each start; its virtual modems are no part of it.
[site]
name = "Клініка (demo)"
country = "UA"
timeZone = "Europe/Kyiv"
phone = "044 000 00 00"

[http]
listen = "${listen}"

[store]
path = "store"

[balance]
every = 3600

# No operator watches: a demo may send as fast as its modems do.
[simDefaults]
perMinute = 0
perHour = 0
uniquePerDay = 0
offerGapMax = 0

# Nobody is woken by a virtual phone: a demo works at any hour.
[policy]
profile = "off"

# And every text of a demo goes to the same few phones.
[limits]
recipientPerHour = 0
recipientPerDay = 0
otpPerTenMinutes = 0
adjacentNumbers = 0
`;
}

/** The key of earlier starts, so that a pasted line goes on working; a demo may keep it in the clear. */
async function demoKey(folder: string, config: string): Promise<string> {
  const file = join(folder, 'api-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const key = await createKey({ name: 'demo', scopes: 'send,read:all,operate,admin', config });
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}

/** The password of the one who logs in to the console as `demo`: chosen by chance at the first start, kept in the clear as the key is. */
async function demoOwner(folder: string, url: string, key: string): Promise<string> {
  const file = join(folder, 'console-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = systemRandom.bytes(6).toString('hex');
  await askAt(url, key)('POST', '/v1/users', { name: DEMO_USER, password, role: 'owner' });
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** The address asked for, or the next free port after it. */
async function freeAddress(listen: string): Promise<string> {
  const asked = parseListen(listen);
  if (!asked) throw new Fault('requestInvalid', `--listen "${listen}" is no address to listen on; write it as 127.0.0.1:8025.`);
  if (!isLoopback(asked.host)) {
    throw new Fault('requestInvalid', `The demo listens on this machine only; write --listen 127.0.0.1:${asked.port} or leave it out.`);
  }
  const last = Math.min(asked.port + 19, 65_535);
  for (let port = asked.port; port <= last; port += 1) {
    const refusal = port === 0 ? undefined : await refusalOf(asked.host, port);
    if (refusal === undefined) return listen.replace(/\d+$/, String(port));
    if (refusal.code !== 'EADDRINUSE') {
      const why = `The demo cannot listen on ${asked.host}:${port}: ${whyUnbound(refusal)}. Name another address with --listen.`;
      throw new Fault('requestInvalid', why, [], { cause: refusal });
    }
  }
  throw new Fault('unavailable', `The ports from ${asked.port} to ${last} are all taken; name a free one with --listen.`);
}

/** Why nobody can listen there; undefined when it is free. */
function refusalOf(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', done);
    probe.listen(port, host, () => probe.close(() => done(undefined)));
  });
}

function greet({ url, key, password, folder }: { url: string; key: string; password: string; folder: string }): void {
  const people = DEMO_PHONES.map((p) => `${p.number} ${p.name ?? ''}`).join('\n               ');
  process.stdout.write(`
  This is a demo: two virtual modems, two virtual SIMs, virtual phones. Nothing leaves this machine.
  Quiet hours and the other rules of policy are off here; an installation of your own has them.

  Address      ${url}
  Console      the same address in a browser: log in as ${DEMO_USER} with the password ${password}
  API key      ${key}
  Data folder  ${folder}
  Phones       ${people}

  Paste this into another terminal:

    curl ${url}/v1/messages -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
      -d '{"to": "+380670000002", "text": "Ваш візит завтра о 9:30. Відповідайте ТАК, щоб підтвердити."}'

  ask the virtual operator what is left (a menu is at *100#):

    curl ${url}/v1/sims/8938001000000000010/ussd -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '{"code": "*101#"}'

  and see the answers:

    curl ${url}/v1/inbound -H 'Authorization: Bearer ${key}'

  Ctrl-C stops it.

`);
}

function say(who: string, what: string): void {
  const time = new Date(systemClock.now()).toTimeString().slice(0, 8);
  process.stdout.write(`  ${time}  ${who.padEnd(12)} ${what}\n`);
}

/** What happens outside the box: on the air and at the phones. */
function narrate(network: VirtualNetwork): void {
  network.events.on('accepted', (entry) => say('network', `took a segment for ${entry.to} from SIM ${entry.imsi}, TP-MR ${entry.mr}`));
  network.events.on('text', ({ phone, text }) => {
    say('phone', `${phone.name ?? phone.number} reads (${text.segments === 1 ? '1 segment' : `${text.segments} segments`}): ${text.text}`);
  });
  network.events.on('sent', ({ from, text }) => {
    say('phone', `${network.phones.get(from)?.name ?? from} answers: ${text}`);
  });
}

/** What the box says, by its own stream of events. */
async function watchEvents(url: string, key: string, signal: AbortSignal): Promise<void> {
  try {
    const response = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${key}` }, signal });
    for await (const { data } of eventsIn(response.body)) sayEvent(data);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

interface DemoEvent {
  readonly type: string;
  readonly data: {
    readonly id?: string;
    readonly to?: string;
    readonly from?: string | null;
    readonly text?: string | null;
    readonly answers?: string | null;
  };
}

function sayEvent(data: string): void {
  const event: DemoEvent = JSON.parse(data);
  const { id, to, from, text, answers } = event.data;
  if (event.type === 'inbound.received') {
    say('simpost', `${event.type}  from ${from}: "${text}"${answers ? `, an answer to ${answers}` : ''}`);
    say('', `… and GET /v1/inbound/${id} has it`);
  } else if (event.type === 'call.missed') {
    say('simpost', `${event.type}  from ${from ?? 'a withheld number'}: GET /v1/calls has it`);
  } else say('simpost', `${event.type}  ${id ?? ''}${to === undefined ? '' : ` to ${to}`}`);
}

function askAt(url: string, key: string): Ask {
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path} of the demo itself was refused: ${await response.text()}`);
  };
}
