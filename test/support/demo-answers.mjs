// Starts `npm run demo` as a person would, waits until the first message went out and its answer came back, asks the API for it with
// the address and key that the demo printed, and stops it. Exits 0 when all of that happened.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'simpost-demo-'));
const data = join(folder, 'data');
const demo = spawn('npm', ['run', '--silent', 'demo', '--', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
const giveUp = setTimeout(() => end(1, 'the demo did not answer within two minutes'), 120_000);
let said = '';

function end(code, why) {
  clearTimeout(giveUp);
  if (code !== 0) process.stderr.write(`${said}\n${why}\n`);
  process.exitCode = code;
  try {
    process.kill(-demo.pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

async function check(id) {
  const url = /Address\s+(\S+)/.exec(said)?.[1];
  const key = /API key\s+(\S+)/.exec(said)?.[1];
  const response = await fetch(`${url}/v1/inbound/${id}`, { headers: { authorization: `Bearer ${key}` } });
  const reply = await response.json();
  if (reply.text !== 'ПЕРЕНОС' || !reply.answers) return end(1, `the reply is not as it should be: ${JSON.stringify(reply)}`);
  const message = await (await fetch(`${url}/v1/messages/${reply.answers}`, { headers: { authorization: `Bearer ${key}` } })).json();
  if (message.status !== 'delivered') return end(1, `the message is ${message.status}`);
  const visit = await (await fetch(`${url}/v1/occasions/visit/visit-1`, { headers: { authorization: `Bearer ${key}` } })).json();
  const told = visit.steps?.filter((step) => step.state === 'accepted').map((step) => step.step) ?? [];
  if (visit.contact?.externalId !== 'taras' || !told.includes('confirmation')) return end(1, `the visit is ${JSON.stringify(visit)}`);
  process.stdout.write(`The demo answers: ${message.segmentCount} segments delivered, and "${reply.text}" came back.\n`);
  return end(0);
}

demo.stdout.setEncoding('utf8').on('data', (text) => {
  said += text;
  const id = /GET \/v1\/inbound\/(in_\w+) has it/.exec(said)?.[1];
  if (!id) return;
  demo.stdout.removeAllListeners('data');
  demo.stdout.resume();
  check(id).catch((error) => end(1, String(error)));
});
// Not `exit`: that is npm's, and what it has started still writes into the folder then.
demo.on('close', (code) => {
  if (process.exitCode === undefined) end(1, `the demo ended with ${code}`);
  rmSync(folder, { recursive: true, force: true });
});
