import type { Happening } from '../../../http/schemas/event.ts';
import type { Sending } from '../../../http/schemas/sending.ts';
import { api, Refusal } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { toast } from '../../parts/toast.tsx';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

/** How much waits, and whether anything is sent at all. */
export function SendingState({ on }: { on: (happening: Happening) => boolean }) {
  const { data, reload } = useData<Sending>('/v1/sending', { on, each: 10_000 });
  if (!data) return null;
  const isPaused = data.state === 'paused';
  const set = async (): Promise<void> => {
    try {
      await api.put('/v1/sending', { state: isPaused ? 'running' : 'paused' });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
    reload();
  };
  return (
    <div class="row">
      {isPaused && <span class="pill bad">{words('paused')}</span>}
      <span class="quiet small">{words('waiting', { n: data.queue.ready, m: data.queue.waiting })}</span>
      {may('operate') && (
        <button type="button" class={`button slim ${isPaused ? 'primary' : ''}`} onClick={() => void set()}>
          {words(isPaused ? 'resume' : 'pause')}
        </button>
      )}
    </div>
  );
}
