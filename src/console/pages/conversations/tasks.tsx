import type { Static } from 'typebox';
import type { Happening } from '../../../http/schemas/event.ts';
import type { Task as TaskSchema } from '../../../http/schemas/task.ts';
import { api, type ListOf, Refusal } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { Banner } from '../../parts/banner.tsx';
import { toast } from '../../parts/toast.tsx';
import { may } from '../../state/session.ts';
import { problemWords } from '../../words/problems.ts';
import { taskSentences } from '../../words/tasks.ts';
import { words } from './words.ts';

type Task = Static<typeof TaskSchema>;

/** What a person is asked to look at in this conversation. */
export function Tasks({ contact, on }: { contact: string; on: (happening: Happening) => boolean }) {
  const { data, reload } = useData<ListOf<Task>>('/v1/tasks?limit=500', { on });
  const finish = async (id: string): Promise<void> => {
    try {
      await api.post(`/v1/tasks/${id}/done`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
    reload();
  };
  return (
    <>
      {data?.data
        .filter((task) => task.contact === contact)
        .map(({ id, kind }) => (
          <Banner key={id} tone="warn" text={taskSentences(kind)}>
            {may('send') && (
              <button type="button" class="button slim" onClick={() => void finish(id)}>
                {words('done')}
              </button>
            )}
          </Banner>
        ))}
    </>
  );
}
