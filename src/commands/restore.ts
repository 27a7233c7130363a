import { resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { counted } from '../base/counted.ts';
import { loadConfig } from '../config/load.ts';
import { type Restored, restoreStore } from '../store/restore.ts';
import { cliActor } from './system-user.ts';

const LOST =
  'Its opt-outs are given up: nothing but codes goes out until you have imported them (POST /v1/suppressions/import) and said so (PUT /v1/suppressions/state).';

/**
 * `simpost restore FILE`: a backup becomes the store, while no daemon runs.
 * @returns what to tell the person who asked, with what to do next
 */
export async function restore(file: string, options: { config?: string; loseSuppression?: boolean }): Promise<string> {
  const config = loadConfig(options.config, process.env);
  const restored = await restoreStore({
    folder: config.store.path,
    file: resolve(file),
    now: systemClock.now(),
    by: cliActor(),
    loseSuppression: options.loseSuppression ?? false,
  });
  return restoredText(restored);
}

/** What a person is told of a restore, with what to do next. */
export function restoredText({ messages, open, doubtful, aside, lostSuppression, optOutsKept }: Restored): string {
  const lines = [
    `Restored: ${counted(messages, 'message', 'messages')}, ${open} of them not over.`,
    ...(aside === null ? [] : [`The store of before is kept in ${aside}.`]),
    ...pausedLines(doubtful),
    'What came in since the backup is not in it, and API keys are as they were then: one that was revoked since is valid again.',
    ...(lostSuppression ? [LOST] : []),
    ...(optOutsKept === false
      ? ['Who opted out since the backup could not be read from the store of before: ask at the desk, and enter them.']
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param doubtful messages that may have been sent since */
function pausedLines(doubtful: number): string[] {
  const resume = 'resume (PUT /v1/sending {"state": "running"}).';
  if (doubtful === 0) return [`Sending is paused. No message in the backup can have been sent since: start the daemon, then ${resume}`];
  const [what, flagged] = doubtful === 1 ? ['1 message', 'It is'] : [`${doubtful} messages`, 'They are'];
  return [
    `Sending is paused, because ${what} may have been sent after the backup was made. ${flagged} flagged possibleDuplicate:`,
    `start the daemon, cancel what went out already (GET /v1/messages?status=queued), then ${resume}`,
  ];
}
