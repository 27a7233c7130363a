import { useSignal } from '@preact/signals';
import type { ChangeSettings, Settings } from '../../http/schemas/setting.ts';
import { api } from '../api/client.ts';
import { type Deed, useDeed } from '../api/use-deed.ts';
import { untilBack } from '../state/session.ts';
import { siteWords as words } from './site-words.ts';
import { toast } from './toast.tsx';

/** Changes settings that the box takes up by a new start inside. */
export function useSiteSettings(): {
  readonly deed: Deed;
  /** While the box begins anew for it. */
  readonly isBeginning: boolean;
  /** @returns whether it was taken */
  readonly save: (changes: ChangeSettings) => Promise<boolean>;
} {
  const deed = useDeed();
  const isBeginning = useSignal(false);
  return {
    deed,
    isBeginning: isBeginning.value,
    async save(changes) {
      const kept = await deed.ask(() => api.put<Settings>('/v1/settings', changes), { quietly: true });
      if (!kept) return false;
      if (kept.restarting) {
        isBeginning.value = true;
        await untilBack(({ restarting }) => !restarting);
        isBeginning.value = false;
      }
      toast('good', words('saved'));
      return true;
    },
  };
}
