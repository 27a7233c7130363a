import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPILER } from './fsync-count.ts';

const SOURCE = fileURLToPath(new URL('./disk-trace.c', import.meta.url));

/** One thing that a traced process did, in the order in which it did them. */
export type Op =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly length: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'unlink'; readonly file: string }
  /** Said to a socket or pipe, by its descriptor. */
  | { readonly kind: 'said'; readonly to: number; readonly data: Buffer };

export interface DiskTrace {
  /** What the process needs in its environment. */
  readonly env: Record<string, string>;
  /** What it did, once it has ended. */
  read(): Op[];
}

/**
 * Builds the recorder and points it at a folder.
 * @param scratch a folder for the recorder and its log, not the traced one
 */
export function traceDisk(folder: string, scratch: string): DiskTrace {
  const library = join(scratch, 'disk-trace.so');
  const log = join(scratch, 'disk.trace');
  execFileSync(COMPILER, ['-O2', '-Wall', '-shared', '-fPIC', '-o', library, SOURCE, '-ldl']);
  return { env: { LD_PRELOAD: library, TRACE_DIR: folder, TRACE_LOG: log }, read: () => parse(readFileSync(log)) };
}

function parse(octets: Buffer): Op[] {
  const ops: Op[] = [];
  for (let at = 0; at < octets.length; ) {
    const kind = String.fromCharCode(octets.readUInt8(at));
    const number = Number(octets.readBigUInt64LE(at + 2));
    const name = at + 14;
    const data = name + octets.readUInt8(at + 1);
    const end = data + octets.readUInt32LE(at + 10);
    ops.push(opOf(kind, octets.toString('utf8', name, data), number, octets.subarray(data, end)));
    at = end;
  }
  return ops;
}

function opOf(kind: string, file: string, number: number, data: Buffer): Op {
  switch (kind) {
    case 'W':
      return { kind: 'write', file, at: number, data };
    case 'T':
      return { kind: 'truncate', file, length: number };
    case 'S':
      return { kind: 'sync', file };
    case 'U':
      return { kind: 'unlink', file };
    case 'A':
      return { kind: 'said', to: number, data };
    default:
      throw new Error(`the trace has a record of kind ${kind}`);
  }
}
