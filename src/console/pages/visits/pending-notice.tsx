import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { OccasionNotice } from '../../../http/schemas/notify.ts';
import { api } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { every, now } from '../../browser-clock.ts';
import { Banner } from '../../parts/banner.tsx';
import { emergencyWords as words } from './emergency-words.ts';

/** News for many that was begun here and may still be undone: kept while somebody walks about in the console. */
const pending = signal<OccasionNotice | undefined>(undefined);

export function begun(notice: OccasionNotice): void {
  pending.value = notice;
}

/** Counts down to the moment when clients are told, with a button that undoes it. */
export function PendingNotice({ onUndone }: { onUndone: () => void }) {
  const notice = pending.value;
  const deed = useDeed();
  const [at, setAt] = useState(now());
  useEffect(() => (notice ? every(1000, () => setAt(now())) : undefined), [notice]);
  if (!notice?.id || !notice.undoUntil) return null;
  const { id, count } = notice;
  const seconds = Math.ceil((Date.parse(notice.undoUntil) - at) / 1000);
  const undo = async (): Promise<void> => {
    const done = await deed.ask(() => api.post(`/v1/occasions/notify/${id}/undo`), { done: words('undone') });
    if (done === undefined) return;
    pending.value = undefined;
    onUndone();
  };
  if (seconds <= 0) return <Banner tone="good" text={words('gone', { n: count })} />;
  return (
    <Banner tone="warn" text={words('going', { seconds, n: count })}>
      <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void undo()}>
        {words('undo')}
      </button>
    </Banner>
  );
}
