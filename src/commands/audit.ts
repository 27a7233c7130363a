import { counted } from '../base/counted.ts';
import { Fault } from '../base/fault.ts';
import type { AuditMark } from '../store/records/audit.ts';
import { withExistingStore } from './with-store.ts';

/**
 * `simpost audit verify`: follows the chain of the whole audit log.
 * @param options.head an entry that somebody has noted, as this command printed it
 * @returns a sentence for the person who asked, and whether the log is whole
 * @throws Fault `requestInvalid` for a head that is none
 */
export async function verifyAudit(options: { head?: string; config?: string }): Promise<{ text: string; whole: boolean }> {
  const noted = options.head === undefined ? undefined : markIn(options.head);
  const { entries, head, brokenAt } = await withExistingStore(options.config, (store) => store.verifyAudit(noted));
  if (brokenAt !== null) {
    const text = `The audit log is not as it was written: entry ${brokenAt} was changed, removed or put in by somebody. Compare it with that of a backup.\n`;
    return { text, whole: false };
  }
  if (!head) return { text: 'The audit log is empty.\n', whole: true };
  const text = `The audit log is whole: ${counted(entries, 'entry', 'entries')}. Note the last one elsewhere, and give it as --head the next time:\n${head.seq}:${head.hash}\n`;
  return { text, whole: true };
}

function markIn(written: string): AuditMark {
  const [, seq, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(written.trim()) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new Fault('requestInvalid', `"${written}" is no entry of an audit log; give it as this command printed it, number:hash.`);
  }
  return { seq: Number(seq), hash };
}
