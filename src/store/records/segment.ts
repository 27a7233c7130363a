import type { NewAudit } from './audit.ts';

/** Who belongs to it, saved under a name. */
export interface StoredSegment {
  readonly name: string;
  /** JSON as it was given; `contacts/segment.ts` reads it. */
  readonly condition: unknown;
  readonly updatedAt: number;
}

export interface SegmentStore {
  put(segment: StoredSegment, audit?: NewAudit): Promise<void>;
  /** @returns whether there was one */
  remove(name: string, audit?: NewAudit): Promise<boolean>;
  of(name: string): StoredSegment | undefined;
  /** By name. */
  all(): StoredSegment[];
}
