import { useSignal } from '@preact/signals';
import type { Static } from 'typebox';
import type { Task as TaskSchema } from '../../../http/schemas/task.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { Banner } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextArea } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { may } from '../../state/session.ts';
import { taskInFull } from '../../words/tasks.ts';
import { words } from './words.ts';

export type Task = Static<typeof TaskSchema>;

/** What a person is asked to look at in this conversation. */
export function Tasks({ tasks, onDone }: { tasks: readonly Task[]; onDone: () => void }) {
  const deed = useDeed();
  const finish = async (id: string): Promise<void> => {
    await deed.ask(() => api.post(`/v1/tasks/${id}/done`));
    onDone();
  };
  return (
    <>
      {tasks.map((task) => (
        <Banner key={task.id} tone="warn" text={taskInFull(task)}>
          {may('send') && (
            <button type="button" class="button slim" disabled={deed.isBusy} onClick={() => void finish(task.id)}>
              {words('done')}
            </button>
          )}
        </Banner>
      ))}
    </>
  );
}

/** Asks something of the others at the desk, about this client. */
export function NewTask({ number, onClose, onDone }: { number: string; onClose: () => void; onDone: () => void }) {
  const text = useSignal('');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const kept = await deed.ask(() => api.post('/v1/tasks', { to: number, text: text.value.trim() }), {
      done: words('taskKept'),
      quietly: true,
    });
    if (!kept) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={words('newTask')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        <TextArea
          label={words('taskText')}
          hint={words('taskHint')}
          value={text}
          rows={3}
          maxLength={500}
          required
          autofocus
          problem={problemAt(deed.refusal, '/text')}
        />
        <FormEnd act={words('keepTask')} disabled={deed.isBusy || text.value.trim() === ''} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
