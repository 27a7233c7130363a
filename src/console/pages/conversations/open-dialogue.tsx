import type { Dialogue } from '../../../http/schemas/dialogue.ts';
import type { Happening } from '../../../http/schemas/event.ts';
import { api, type ListOf, withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Banner } from '../../parts/banner.tsx';
import { may } from '../../state/session.ts';
import { kindName } from '../dialogues/words.ts';
import { words } from './words.ts';

/** While a dialogue answers a client by itself, the desk sees it, and can take over. */
export function OpenDialogue({ contact, on }: { contact: string; on: (happening: Happening) => boolean }) {
  const concerns = (happening: Happening): boolean => happening.type.startsWith('dialogue.') || on(happening);
  const { data, reload } = useData<ListOf<Dialogue>>(withQuery('/v1/dialogues', { contact, state: 'open', limit: 1 }), { on: concerns });
  const deed = useDeed();
  const [open] = data?.data ?? [];
  if (!open) return null;
  const takeOver = async (): Promise<void> => {
    await deed.ask(() => api.post(`/v1/dialogues/${open.id}/steer`, { to: 'handOver' }), { done: words('takenOver') });
    reload();
  };
  return (
    <Banner tone="info" text={words('dialogueRuns', { kind: kindName(open.definition) })}>
      {may('send') && (
        <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void takeOver()}>
          {words('takeOver')}
        </button>
      )}
    </Banner>
  );
}
