import { useSignal } from '@preact/signals';
import type { Settings } from '../../http/schemas/setting.ts';
import { api } from '../api/client.ts';
import { type Deed, useDeed } from '../api/use-deed.ts';
import { untilBack } from '../state/session.ts';
import { siteWords as words } from './site-words.ts';
import { toast } from './toast.tsx';

type SiteSettings = Settings['site'];

/** Changes what the box knows of its business. */
export function useSiteSettings(): {
  readonly deed: Deed;
  /** While the box begins anew for it. */
  readonly isBeginning: boolean;
  /** @returns whether it was taken */
  readonly save: (changes: Partial<SiteSettings>) => Promise<boolean>;
} {
  const deed = useDeed();
  const isBeginning = useSignal(false);
  return {
    deed,
    isBeginning: isBeginning.value,
    async save(changes) {
      const kept = await deed.ask(() => api.put<Settings>('/v1/settings', { site: changes }), { quietly: true });
      if (!kept) return false;
      if (kept.restarting) {
        isBeginning.value = true;
        const { name, country, phone, timeZone, language } = kept.site;
        await untilBack(
          (now) =>
            now.name === name &&
            now.country === country &&
            now.phone === phone &&
            now.timeZone === timeZone &&
            (language === null || now.language === language),
        );
        isBeginning.value = false;
      }
      toast('good', words('saved'));
      return true;
    },
  };
}
