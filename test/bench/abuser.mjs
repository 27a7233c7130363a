import { Agent, request } from 'node:http';
import { createConnection } from 'node:net';

// What a box may meet on its port, as fast as one process can, until it is ended: bodies that are too large, that are no JSON, wrong keys, a key
// that asks far more often than it may, and connections that never finish what they began. `node abuser.mjs PORT KEY`
const [, , port = '', key = ''] = process.argv;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const huge = `{"to":"${'9'.repeat(2_000_000)}"}`;
let asked = 0;

const kinds = [
  { method: 'POST', path: '/v1/messages', authorization: `Bearer ${key}`, body: huge },
  { method: 'POST', path: '/v1/messages', authorization: `Bearer ${key}`, body: `{"to":${'['.repeat(50_000)}` },
  { method: 'POST', path: '/v1/messages', authorization: 'Bearer simpost_wrong', body: '{}' },
  { method: 'GET', path: '/v1/messages?limit=500', authorization: `Bearer ${key}` },
  { method: 'POST', path: '/v1/session', body: '{"name":"owner","password":"guess"}' },
  { method: 'GET', path: '/v1/inbound?cursor=rubbish', authorization: `Bearer ${key}` },
];

function ask(n) {
  const { method, path, authorization, body } = kinds[n % kinds.length];
  const headers = {
    ...(authorization && { authorization }),
    ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  const one = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => response.resume());
  one.on('close', () => {
    asked += 1;
    ask(n + 1);
  });
  one.on('error', () => undefined);
  one.end(body);
}

function stall() {
  const socket = createConnection(port, '127.0.0.1', () => socket.write('POST /v1/messages HTTP/1.1\r\nhost: loc'));
  socket.on('error', () => undefined);
  socket.on('close', stall);
}

for (let n = 0; n < 8; n += 1) ask(n);
for (let n = 0; n < 50; n += 1) stall();
process.on('SIGTERM', () => {
  process.stdout.write(`${asked}\n`, () => process.exit(0));
});
