import { type FileHandle, mkdir, open, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Trace, type TraceLine, traceText } from '../at/trace.ts';
import { type Clock, rfc3339, type Timer } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import type { Log } from '../base/log.ts';
import type { ModemFault } from './modem.ts';

/** Files that are kept: of faults for each modem and in all, and of recordings. */
const FAULTS_EACH = 10;
const FAULTS_ALL = 100;
const RECORDINGS = 10;

/** Characters of a recording; a modem at work says some 200 a second. */
const LONGEST = 8 * 2 ** 20;

/** A dialogue that is being written down. */
export interface Recording {
  /** The path of its file. */
  readonly file: string;
  /** When it ends by itself, milliseconds since 1970. */
  readonly until: number;
}

interface Running extends Recording {
  end(): Promise<void>;
}

/**
 * The folder `traces`: what modems and we said to each other before each fault, and, when asked, all of it for a time. Lines are
 * redacted before they come here (X24); the files are this user's alone, and bounded in number and size.
 */
export class TraceFolder {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: Log;
  /** By port. */
  readonly #running = new Map<string, Running>();
  /** Files of recordings that are not closed yet. */
  readonly #open = new Set<Promise<void>>();
  /** One after the other, so that no two count the files at once. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(parts: { folder: string; clock: Clock; log: Log }) {
    this.#folder = parts.folder;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** Keeps what was said before a fault. A disk that takes it not is a line in the log, no more. */
  save({ port, kind, detail, lines }: ModemFault): void {
    const text = `# ${port}: ${kind}, ${detail}\n${lines.map((line) => `${traceText(line)}\n`).join('')}`;
    this.#next(async () => {
      const name = this.#name(port, kind);
      await this.#makeRoom(name);
      await writeFile(join(this.#folder, name), text, { mode: 0o600, flag: 'wx' });
    }).catch((error: unknown) => this.#log.warn({ err: error, port }, 'the trace of a fault could not be kept'));
  }

  /** What is being recorded of a port now. */
  recording(port: string): Recording | undefined {
    const running = this.#running.get(port);
    return running && { file: running.file, until: running.until };
  }

  /**
   * Writes down all that is said from now on, and ends by itself; one that runs for the port ends first.
   * @param seconds how long
   * @throws Fault `unavailable` when the file cannot be made
   */
  record(port: string, trace: Trace, seconds: number): Promise<Recording> {
    return this.#next(async () => {
      await this.#running.get(port)?.end();
      const name = this.#name(port, 'recording');
      const file = join(this.#folder, name);
      let handle: FileHandle;
      try {
        await this.#makeRoom(name);
        handle = await open(file, 'wx', 0o600);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Fault('unavailable', `The dialogue cannot be recorded in ${this.#folder}: ${why}.`, [], { cause: error });
      }
      const until = this.#clock.now() + seconds * 1000;
      const running: Running = { file, until, end: this.#write(port, handle, trace, seconds, () => this.#over(port, file)) };
      this.#running.set(port, running);
      return { file, until };
    });
  }

  /** Ends all recordings, and resolves when everything is in its file. */
  async close(): Promise<void> {
    await this.#next(async () => {
      for (const running of [...this.#running.values()]) await running.end();
      await Promise.all(this.#open);
    });
  }

  #over(port: string, file: string): void {
    if (this.#running.get(port)?.file === file) this.#running.delete(port);
  }

  /** @returns what ends it; resolves when the file is closed */
  #write(port: string, handle: FileHandle, trace: Trace, seconds: number, over: () => void): () => Promise<void> {
    const stream = handle.createWriteStream({ encoding: 'utf8' });
    let left = LONGEST;
    let timer: Timer | undefined;
    const closed = new Promise<void>((resolve) => stream.once('close', resolve)).then(() => void this.#open.delete(closed));
    this.#open.add(closed);
    const stop = (last?: string): void => {
      unfollow();
      timer?.cancel();
      over();
      if (!stream.writableEnded && !stream.destroyed) stream.end(last);
    };
    const put = (text: string): void => {
      left -= text.length;
      stream.write(text);
      if (left <= 0) stop('# It ends here, since the file is as long as one may be.\n');
    };
    const unfollow = trace.follow((line: TraceLine) => put(`${traceText(line)}\n`));
    stream.on('error', (error) => {
      this.#log.warn({ err: error, port }, 'the recording of a dialogue ended');
      stop();
    });
    put(`# ${port}: recorded from ${rfc3339(this.#clock.now())} for ${seconds} s\n`);
    timer = this.#clock.setTimer(seconds * 1000, () => stop());
    return async () => {
      stop();
      await closed;
    };
  }

  #name(port: string, kind: string): string {
    const slug = port
      .replaceAll(/[^\w.-]+/g, '-')
      .replace(/^-+/, '')
      .slice(-80);
    return `${rfc3339(this.#clock.now()).replaceAll(':', '-')}_${kind}_${slug}.txt`;
  }

  /** Removes the oldest, so that one more file is within the bounds. */
  async #makeRoom(name: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const open = new Set([...this.#running.values()].map((r) => r.file));
    for (const old of surplus(await readdir(this.#folder), name)) {
      if (!open.has(join(this.#folder, old))) await unlink(join(this.#folder, old));
    }
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }
}

const NAME = /^\d{4}-[\dT.-]+Z_(uncertain|mute|rubbish|recording)_(.*)\.txt$/;

/**
 * The files that go when one more comes.
 * @param names those that are there; what is not one of ours is left alone
 * @param more the one that comes
 */
export function surplus(names: readonly string[], more: string): string[] {
  const newestFirst = [...names.filter((name) => NAME.test(name) && name !== more), more].sort().reverse();
  const counts = new Map<string, number>();
  const nth = (what: string): number => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
    return counts.get(what) ?? 0;
  };
  return newestFirst.filter((name) => {
    const [, kind, port = ''] = NAME.exec(name) ?? [];
    if (kind === 'recording') return nth('recording:') > RECORDINGS;
    return nth(`of ${port}`) > FAULTS_EACH || nth('fault:') > FAULTS_ALL;
  });
}

/** Faults that a report takes along, and characters of each, from its end. */
const FAULTS_TOLD = 10;
const TOLD = 20_000;

/**
 * What was said before the newest faults, newest first, redacted as it was written.
 * @returns nothing where no fault was yet
 * @throws what the system says of a folder or a file that cannot be read
 */
export async function savedFaults(folder: string): Promise<{ readonly name: string; readonly text: string }[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const faults = names.filter((name) => NAME.test(name) && NAME.exec(name)?.[1] !== 'recording');
  const newest = faults.sort().reverse().slice(0, FAULTS_TOLD);
  return await Promise.all(newest.map(async (name) => ({ name, text: (await readFile(join(folder, name), 'utf8')).slice(-TOLD) })));
}
