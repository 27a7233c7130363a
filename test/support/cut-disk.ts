import type { Random } from '../../src/base/random.ts';
import type { Op } from './disk-trace.ts';

type DiskOp = Exclude<Op, { kind: 'said' }>;

/** A sector is written whole or not at all; a larger write may be torn between any two. */
const SECTOR = 512;

/** What becomes of the writes that no sync has made safe when the power goes. */
export type Fate = 'dropped' | 'chance';

/**
 * A disk that loses its power. What a file was told before it was synced is safe; what came after is kept, lost or torn, each
 * write by itself, so a later one may be there without an earlier one. A sync also makes safe the names that were removed.
 */
export class CutDisk {
  readonly #safe: Map<string, Buffer>;
  #unsafe: DiskOp[] = [];

  constructor(files: ReadonlyMap<string, Buffer>) {
    this.#safe = new Map(files);
  }

  take(op: DiskOp): void {
    // The index of the WAL lives in memory and is made anew.
    if (op.file.endsWith('-shm')) return;
    if (op.kind !== 'sync') {
      this.#unsafe.push(op);
      return;
    }
    const rest: DiskOp[] = [];
    for (const one of this.#unsafe) {
      if (one.file === op.file || one.kind === 'unlink') apply(this.#safe, one);
      else rest.push(one);
    }
    this.#unsafe = rest;
  }

  /** The files as they may be found after the power went now. */
  cut(fate: Fate, random: Random): Map<string, Buffer> {
    const files = new Map(this.#safe);
    if (fate === 'dropped') return files;
    for (const name of new Set(this.#unsafe.map((op) => op.file))) {
      const file = files.get(name);
      if (file) files.set(name, Buffer.from(file));
    }
    for (const op of this.#unsafe) {
      const chance = random.float();
      if (op.kind !== 'write') {
        if (chance < 0.5) apply(files, op);
      } else if (chance < 0.4) {
        apply(files, op);
      } else if (chance < 0.6) {
        for (let at = 0; at < op.data.length; at += SECTOR) {
          if (random.float() < 0.5) apply(files, { ...op, at: op.at + at, data: op.data.subarray(at, at + SECTOR) });
        }
      }
    }
    return files;
  }
}

/** Changes the file in place where it can. */
function apply(files: Map<string, Buffer>, op: DiskOp): void {
  const file = files.get(op.file) ?? Buffer.alloc(0);
  switch (op.kind) {
    case 'unlink':
      files.delete(op.file);
      return;
    case 'truncate':
      files.set(
        op.file,
        op.length <= file.length ? file.subarray(0, op.length) : Buffer.concat([file, Buffer.alloc(op.length - file.length)]),
      );
      return;
    case 'write': {
      const end = op.at + op.data.length;
      const grown = end <= file.length ? file : Buffer.concat([file, Buffer.alloc(end - file.length)]);
      op.data.copy(grown, op.at);
      files.set(op.file, grown);
      return;
    }
    case 'sync':
      return;
  }
}
