import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Fault } from '../../src/base/fault.ts';
import { deferred } from '../../src/base/waits.ts';
import { type SendCommand, send } from '../../src/commands/send.ts';
import { type StatusWorld, status } from '../../src/commands/status.ts';
import { type LiveSite, liveSite } from '../support/live-site.ts';
import { freePort } from '../support/port-of.ts';

/** Where no daemon is. */
const NOBODY = `http://127.0.0.1:${await freePort()}`;

let site: LiveSite;

beforeAll(async () => {
  site = await liveSite();
});
afterAll(() => site.stop());

/** Looks often, so that a test takes no half seconds; its time is that of the system. */
const QUICK: Clock = { ...systemClock, setTimer: (_, fn) => systemClock.setTimer(5, fn) };

interface Said {
  readonly out: string;
  readonly progress: readonly string[];
  readonly fault: Fault | undefined;
}

interface Asked extends Omit<Partial<SendCommand>, 'url' | 'keyFile'> {
  /** Undefined: not given. */
  readonly url?: string | undefined;
  readonly keyFile?: string | undefined;
}

async function sending(asked: Asked, env: Record<string, string> = {}): Promise<Said> {
  let out = '';
  const progress: string[] = [];
  const world = {
    fetch,
    env,
    clock: QUICK,
    out: (text: string) => {
      out += text;
    },
    progress: (text: string) => void progress.push(text),
  };
  const { url, keyFile, ...options } = { url: site.url, keyFile: site.keyFile, ...asked };
  const given = { ...(url !== undefined && { url }), ...(keyFile !== undefined && { keyFile }) };
  const fault = await send({ to: '+380501234567', text: 'Ваше авто готове', timeout: 30, ...options, ...given }, world).then(
    () => undefined,
    (error: Fault) => error,
  );
  return { out, progress, fault };
}

describe('simpost send', () => {
  it('prints the id and nothing else, and the phone gets the text', async () => {
    const arrived = once(site.network.events, 'text');
    const { out, progress, fault } = await sending({});
    expect([fault, progress]).toEqual([undefined, []]);
    expect(out).toMatch(/^msg_\w+\n$/);
    expect(await arrived).toMatchObject([{ phone: { number: '+380501234567' }, text: { text: 'Ваше авто готове' } }]);
  });

  it('tells each step until the message is delivered', async () => {
    const { out, progress, fault } = await sending({ to: '050 123 45 67', wait: 'delivered', purpose: 'urgent' });
    expect(fault).toBeUndefined();
    expect(out).toMatch(/^msg_\w+\n$/);
    expect(progress[0]).toBe('queued, 1 segment\n');
    expect(progress.at(-1)).toBe('delivered, 1 segment\n');
  });

  it('waits for "sent" when nothing else is said, and takes the key from the environment', async () => {
    const said = await sending({ keyFile: undefined, wait: true }, { SIMPOST_API_KEY: readFileSync(site.keyFile, 'utf8') });
    expect(said.fault).toBeUndefined();
    expect(said.progress.at(-1)).toMatch(/^(sent|delivered), /);
  });

  it('ends with a fault when the message fails, and says why', async () => {
    site.network.addFault({ fault: 'errorAfter', cms: 1 });
    const { out, fault } = await sending({ wait: true });
    expect(out).toMatch(/^msg_/);
    expect(fault?.message).toMatch(/^The message msg_\w+ is failed \(refusedByNetwork\)\.$/);
  });

  it('ends with a fault when it takes longer than asked, and the message goes on', async () => {
    site.network.addPhone({ number: '+380509999999', state: 'off' });
    const { fault } = await sending({ to: '+380509999999', wait: 'delivered', timeout: 1 });
    expect(fault?.message).toMatch(/^The message msg_\w+ is sent after 1 s, not delivered yet: it goes on by itself/);
  });

  it.each([
    ['a number that is none', { to: '12' }, /./, ['/to']],
    ['a purpose that there is not', { purpose: 'fun' }, /purpose/, ['/purpose']],
    [
      'something to wait for that there is not',
      { wait: 'read' },
      /^--wait "read" is nothing to wait for; there are sent and delivered\.$/,
      [],
    ],
    ['a key file that is not there', { keyFile: '/nope/key' }, /^The key file \/nope\/key is not there\.$/, []],
    ['an address that is none', { url: 'localhost' }, /^--url "localhost" is no address/, []],
    [
      'a daemon that is not there',
      { url: NOBODY },
      /^No daemon answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\): start the daemon/,
      [],
    ],
  ])('refuses %s in a sentence, and sends nothing', async (_, options, sentence, pointers) => {
    const { out, fault } = await sending(options);
    expect(out).toBe('');
    expect(fault).toMatchObject({ name: 'Fault', message: expect.stringMatching(sentence) });
    expect(fault?.places.map((p) => p.pointer)).toEqual(pointers);
  });

  it('asks for a key when it has none, and says how to get one', async () => {
    const { fault } = await sending({ keyFile: undefined });
    expect(fault?.message).toMatch(/^An API key is needed: .*--key-file, or set SIMPOST_API_KEY; `simpost keys create/);
  });

  it('refuses a key that is not known, and a file that holds none', async () => {
    const file = join(site.folder, 'other.key');
    writeFileSync(file, 'simpost_unknown\n');
    expect((await sending({ keyFile: file })).fault?.message).toMatch(/^This API key is not known here/);
    writeFileSync(file, 'two words\n');
    expect((await sending({ keyFile: file })).fault?.message).toMatch(/holds is no API key/);
  });

  it('says that a port which the configuration leaves open must be named', async () => {
    const said = await sending({ url: undefined, config: site.config });
    expect(said.fault?.message).toMatch(/takes any port; name the daemon's with --url/);
  });

  it('says that nobody knows what became of a message whose answer was lost', async () => {
    const server = createServer((request) => request.socket.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { fault } = await sending({ url: `http://127.0.0.1:${port}` });
    server.close();
    expect(fault?.message).toMatch(/was lost, so nobody knows whether the message was taken; look at/);
  });
});

describe('simpost status', () => {
  async function showing(options: { watch?: boolean; isTerminal?: boolean }, looks = 1): Promise<string[]> {
    const shown: string[] = [];
    const stop = deferred<void>();
    const world: StatusWorld = {
      fetch,
      env: {},
      clock: QUICK,
      isTerminal: options.isTerminal ?? false,
      stopped: stop.promise,
      out(text) {
        shown.push(text);
        if (shown.length === looks) stop.resolve();
      },
    };
    await status({ url: site.url, keyFile: site.keyFile, watch: options.watch ?? false }, world);
    return shown;
  }

  it('shows modems, SIMs and what is under way', async () => {
    const [text = ''] = await showing({});
    expect(text).toMatch(
      /^Simpost at http:\/\/127\.0\.0\.1:\d+ is ready\.\n(Policy is off: .*\n)?\nMODEM +STATE +MODEL +SIM\nleft +ready +\S.* \d{19,20}\n/,
    );
    expect(text).toMatch(
      /\nSIM +STATE +OPERATOR +SIGNAL +SENT +DELIVERED +FAILED +RECEIVED\n\d{19,20} +ready +\S.* -\d+ dBm +\d+ +\d+ +\d+ +\d+\n/,
    );
    expect(text).toMatch(/\nMessages: 0 held, 0 queued, 0 sending, 0 uncertain\.\n$/);
    for (const line of text.split('\n')) expect(line).toBe(line.trimEnd());
  });

  it('names what somebody should do about a modem', async () => {
    site.network.modem('left').unplug();
    await expect.poll(async () => (await showing({}))[0]).toContain('To do:');
    const [text = ''] = await showing({});
    expect(text).toMatch(/^Simpost at \S+ is not ready\./);
    expect(text).toMatch(/To do:\n {2}left: .*\. Plug the modem in/);
    site.network.modem('left').plug();
  });

  it('--watch shows it again until it is stopped; only a terminal is told to move its cursor', async () => {
    expect(await showing({ watch: true }, 3)).toHaveLength(3);
    expect((await showing({ watch: true })).join('')).not.toContain('\x1b');
    expect((await showing({ watch: true, isTerminal: true })).join('').startsWith('\x1b[HSimpost at ')).toBe(true);
  });
});
