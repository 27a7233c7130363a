import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { Happening } from '../../../http/schemas/event.ts';
import type { Task as TaskSchema } from '../../../http/schemas/task.ts';
import { api, withQuery } from '../../api/client.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { when } from '../../i18n/format.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { Who } from '../../parts/who.tsx';
import { addressOf } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { taskInFull } from '../../words/tasks.ts';
import { words } from './words.ts';

type Task = Static<typeof TaskSchema>;

const mayAdd = ({ type }: Happening): boolean =>
  type.startsWith('inbound.') || type.startsWith('occasion.') || type.startsWith('dialogue.');

/** All that a person is asked to look at, and what was done. */
export function TaskList() {
  const shown = useSignal<'open' | 'done'>('open');
  const isDone = shown.value === 'done';
  const { rows, refusal, hasMore, more, reload } = useList<Task>(withQuery('/v1/tasks', { all: isDone || undefined }), mayAdd);
  const deed = useDeed();
  const finish = async (id: string): Promise<void> => {
    await deed.ask(() => api.post(`/v1/tasks/${id}/done`));
    reload();
  };
  return (
    <>
      <BackLink href={addressOf('today')} label={words('back')} />
      <h1>{words('tasks')}</h1>
      <Segmented
        label={words('tasks')}
        value={shown.value}
        options={[
          { value: 'open' as const, label: words('tasksOpen') },
          { value: 'done' as const, label: words('tasksDone') },
        ]}
        onChoose={(chosen) => {
          shown.value = chosen;
        }}
      />
      <Waiting data={rows?.filter(({ doneAt }) => (doneAt !== null) === isDone)} refusal={refusal}>
        {(tasks) =>
          tasks.length === 0 && !hasMore ? (
            <EmptyState icon="check" title={words('noTasks')} text={words('noTasksText')} />
          ) : (
            <ul class="card task-list">
              {tasks.map(({ id, contact, name, at, doneAt, ...task }) => (
                <li key={id} class="row apart">
                  <a class="today-row" href={addressOf('conversations', [contact])}>
                    <span class="today-head">
                      <Who name={name} number={contact} />
                    </span>
                    <span class="quiet small">{when(doneAt ?? at)}</span>
                    <span class="today-line quiet">{taskInFull(task)}</span>
                  </a>
                  {!isDone && may('send') && (
                    <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void finish(id)}>
                      {words('taskDone')}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Waiting>
      {hasMore && (
        <button type="button" class="button plain" onClick={more}>
          {words('all')}
        </button>
      )}
    </>
  );
}
