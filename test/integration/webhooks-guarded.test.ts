import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Destinations } from '../../src/webhooks/destinations.ts';
import { GuardedPost, type Resolve } from '../../src/webhooks/guarded-post.ts';
import { portOf } from '../support/port-of.ts';

/** A server of the box or of its neighbourhood, which nobody may reach by a webhook. */
let inside: Server;
let port: number;
let connects: number;
let status: number;
beforeAll(async () => {
  inside = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { location: `http://127.0.0.1:${port}/elsewhere` }).end('the secrets of the inside');
  });
  inside.on('connection', () => (connects += 1));
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  port = portOf(inside);
});
afterAll(() => inside.close());
beforeEach(() => {
  connects = 0;
  status = 204;
});

/** What names of the world outside mean. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'foo.localhost': ['127.0.0.1'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  '10-0-0-1.nip.io': ['10.0.0.1'],
  '7f000001.nip.io': ['127.0.0.1'],
  'internal.example': ['192.168.1.5'],
  'mixed.example': ['93.184.215.14', '127.0.0.1'],
  'six.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'ula.example': ['fd12:3456::1'],
  'metadata.google.internal': ['169.254.169.254'],
  'own.example': ['93.184.215.77'],
  'zero.example': ['0.0.0.0'],
};

const resolve: Resolve = (host) => {
  const addresses = NAMES[host];
  if (!addresses) return Promise.reject(new Error(`no such name: ${host}`));
  return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
};

const HOSTS = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0X7F.1', '0177.0.0.1', '017700000001', '127.0.0.1.'],
  ...['127.255.255.254', '0.0.0.0', '0', '00', '0x0', '0.0.0.1', '%31%32%37.0.0.1', '１２７.0.0.1', '127。0。0。1', '①②⑦.0.0.1'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]'],
  ...['[2002:7f00:1::]', '[2001:0:53aa::1]', '[fe80::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[2001:db8::1]', '[::ffff:10.0.0.1]'],
  ...['[::ffff:169.254.169.254]', '[100::1]', '[3fff::1]', '[5f00::1]'],
  ...[
    '10.0.0.1',
    '10.255.255.255',
    '167772161',
    '0xa000001',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.255.255',
    '3232235521',
  ],
  ...[
    '0xc0a80001',
    '0300.0250.0.1',
    '192.168.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '169.254.1.1',
    '100.64.0.1',
    '100.127.255.254',
  ],
  ...['224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '198.51.100.7', '203.0.113.9'],
  ...['192.0.0.1', '192.88.99.1', '93.184.215.77'],
  ...['LOCALHOST', 'LocalHost', 'ⓛocalhost', ...Object.keys(NAMES)],
];

const guarded = (allow: readonly string[] = [], resolveBy: Resolve = resolve): GuardedPost =>
  new GuardedPost(new Destinations({ allow, own: () => ['93.184.215.77'], ownPort: 8025 }), resolveBy);

const call = (post: GuardedPost, url: string): Promise<number> =>
  post.post(url, { headers: { 'content-type': 'application/json' }, body: '{}', signal: AbortSignal.timeout(5000) });

describe('a webhook that was added by API', () => {
  it(`X08: reaches nothing inside, however its address is written (${HOSTS.length} hosts, and other forms)`, async () => {
    const urls = [
      ...HOSTS.map((host) => `http://${host}:${port}/x`),
      `http://good.example@127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}#@good.example/`,
      `http://127.0.0.1:${port}\\@good.example/`,
      `https://127.0.0.1:${port}/`,
      ...[
        'file:///etc/passwd',
        'ftp://127.0.0.1/',
        'gopher://127.0.0.1:25/x',
        'javascript:alert(1)',
        'data:,x',
        'unix:/run/x.sock',
        '//127.0.0.1',
        '',
      ],
    ];
    expect(urls.length).toBeGreaterThan(80);
    const post = guarded();
    for (const url of urls) {
      await expect(post.check(url), url).rejects.toMatchObject({ code: 'webhookRefused' });
      await expect(call(post, url), url).rejects.toMatchObject({ code: 'webhookRefused' });
    }
    expect(connects).toBe(0);
    post.close();
  });

  it('X08: reaches what the configuration opens (control), but never the link, nor this box itself', async () => {
    const post = guarded(['127.0.0.0/8', '169.254.0.0/16', '0.0.0.0/8']);
    await post.check(`http://localhost:${port}/`).catch((error: unknown) => expect(error).toMatchObject({ code: 'webhookRefused' }));
    expect(await call(post, `http://127.0.0.1.nip.io:${port}/`)).toBe(204);
    expect(connects).toBe(1);
    for (const host of ['169.254.169.254', '0.0.0.0', '0']) {
      await expect(call(post, `http://${host}:${port}/`)).rejects.toMatchObject({ code: 'webhookRefused' });
    }
    await expect(call(post, 'http://127.0.0.1:8025/v1/messages')).rejects.toMatchObject({ message: '127.0.0.1 is this box itself.' });
    post.close();
  });

  it('X08: connects to the address that was checked, though the name means another one when it is asked again', async () => {
    const answers = ['127.0.0.2', '127.0.0.1'];
    let asked = 0;
    const rebinding: Resolve = () => Promise.resolve([{ address: answers[asked++] ?? '127.0.0.1', family: 4 }]);
    const post = guarded(['127.0.0.2'], rebinding);
    // The server is at 127.0.0.1 alone: who asked the name a second time would reach it.
    await expect(call(post, `http://rebinding.example:${port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(asked).toBe(1);
    await expect(call(post, `http://rebinding.example:${port}/`)).rejects.toMatchObject({ code: 'webhookRefused' });
    expect(connects).toBe(0);
    post.close();
  });

  it('X08: follows no redirect, and tells nothing of the answer', async () => {
    const post = guarded(['127.0.0.0/8']);
    status = 302;
    expect(await call(post, `http://127.0.0.1:${port}/`)).toBe(302);
    expect(connects).toBe(1);
    post.close();
  });

  it('X08: may be public', async () => {
    const post = guarded([], () =>
      Promise.resolve([
        { address: '93.184.215.14', family: 4 },
        { address: '2606:2800:21f::1', family: 6 },
      ]),
    );
    await post.check('https://clinic.example/sms');
    await post.check('https://[2606:2800:21f::1]:8443/sms');
    post.close();
  });
});
