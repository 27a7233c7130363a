import { Worker } from 'node:worker_threads';
import { Fault } from '../base/fault.ts';
import { deferred } from '../base/waits.ts';

export interface Statement {
  readonly sql: string;
  readonly values?: readonly string[];
}

/** A statement failed in the thread: SQLite's name for it, and its words. */
export class AsideError extends Error {
  override readonly name = 'AsideError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What the thread runs: the statements in order on a connection of its own, answered by all their rows. */
const THREAD = `
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
const Database = createRequire(workerData.base)('better-sqlite3');
let db;
let answer;
try {
  db = new Database(workerData.file, { readonly: workerData.readonly, fileMustExist: true, timeout: 5000 });
  db.pragma('trusted_schema = OFF');
  const rows = workerData.statements.map(({ sql, values }) => {
    const statement = db.prepare(sql);
    return statement.reader ? statement.raw().all(...(values ?? [])) : (statement.run(...(values ?? [])), []);
  });
  answer = { rows };
} catch (error) {
  answer = { code: String(error.code), message: String(error.message) };
} finally {
  db?.close();
}
parentPort.postMessage(answer);
`;

type Answer = { readonly rows: readonly unknown[][][] } | { readonly code: string; readonly message: string };

/**
 * Runs SQL that takes long in a thread, so that the event loop is not held. The schema of the file is not trusted.
 * @returns the rows of each statement, each an array of its columns
 * @throws AsideError when a statement fails, Fault `internal` when the thread does
 */
export async function runAside(
  file: string,
  statements: readonly Statement[],
  options: { readonly: boolean },
): Promise<readonly unknown[][][]> {
  const workerData = { base: import.meta.url, file, statements, readonly: options.readonly };
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(THREAD)}`), { workerData, execArgv: [] });
  const { promise, resolve, reject } = deferred<Answer>();
  thread.once('message', (answer: Answer) => resolve(answer));
  thread.once('error', (error) => reject(new Fault('internal', 'A thread of the store failed.', [], { cause: error })));
  thread.once('exit', () => reject(new Fault('internal', 'A thread of the store ended without an answer.')));
  const answer = await promise;
  if ('rows' in answer) return answer.rows;
  throw new AsideError(answer.code, answer.message);
}
