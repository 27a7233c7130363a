import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether `socat` is here. With CI=true it has to be: a test that skips itself there proves nothing. */
export function haveSocat(): boolean {
  const found = spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0;
  if (!found && process.env.CI === 'true') throw new Error('socat is missing and CI=true: install it (apt-get install socat)');
  if (!found) process.stderr.write('socat is not installed, so the tests over a real serial port are skipped: apt-get install socat\n');
  return found;
}

export interface PtyPair {
  /** Two devices; what is written to one is read from the other. */
  readonly left: string;
  readonly right: string;
  /** Pulls the cable: both devices vanish. */
  unplug(): Promise<void>;
}

/** Two ptys that are joined: a real serial port to whoever opens one. */
export async function openPtyPair(): Promise<PtyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'simpost-pty-'));
  const left = join(folder, 'left');
  const right = join(folder, 'right');
  const end = (path: string): string => `pty,raw,echo=0,link=${path}`;
  const child = spawn('socat', ['-d', '-d', end(left), end(right)], { stdio: ['ignore', 'ignore', 'pipe'] });
  await started(child);
  await access(left);
  await access(right);
  return {
    left,
    right,
    unplug: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        await gone;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** socat says so when both ends are there. */
function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`socat ended with ${code}: ${said}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('starting data transfer loop')) resolve();
    });
  });
}
