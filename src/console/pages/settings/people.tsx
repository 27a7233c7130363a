import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { User } from '../../../http/schemas/user.ts';
import type { Role } from '../../../store/records/user.ts';
import { api } from '../../api/client.ts';
import { problemAt, useDeed } from '../../api/use-deed.ts';
import { useList } from '../../api/use-list.ts';
import { day } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { me } from '../../state/session.ts';
import { words as common, peopleWords as words } from './words.ts';

const ROLES: readonly Role[] = ['owner', 'desk', 'readOnly', 'technician'];

type Open = { readonly kind: 'add' } | { readonly kind: 'change' | 'remove' | 'factor'; readonly user: User };

export function People() {
  const { rows, refusal, reload } = useList<User>('/v1/users?limit=500');
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const deed = useDeed();
  const close = (): void => setOpen(undefined);
  const take = async (path: string, done: string): Promise<void> => {
    await deed.ask(() => api.delete(path), { done });
    close();
    reload();
  };
  return (
    <>
      <div class="row apart">
        <p class="quiet lead">{words('lead')}</p>
        <button type="button" class="button primary" onClick={() => setOpen({ kind: 'add' })}>
          {words('add')}
        </button>
      </div>
      <Waiting data={rows} refusal={refusal}>
        {(users) => (
          <section class="card">
            <Table
              caption={common('people')}
              rows={users}
              keyOf={({ id }) => id}
              columns={[
                {
                  key: 'name',
                  label: words('name'),
                  cell: ({ id, name, secondFactor }) => (
                    <span class="row">
                      <b class="written">{name}</b>
                      {id === me().id && <span class="pill tag">{words('you')}</span>}
                      {secondFactor && <span class="pill tag">{words('factor')}</span>}
                    </span>
                  ),
                },
                { key: 'role', label: words('role'), kind: 'grow', cell: ({ role }) => <RoleWords role={role} /> },
                {
                  key: 'since',
                  label: words('since'),
                  kind: 'minor',
                  cell: ({ createdAt }) => <span class="nowrap">{day(createdAt)}</span>,
                },
                {
                  key: 'deeds',
                  label: '',
                  kind: 'deeds',
                  cell: (user) => (
                    <span class="row">
                      <button type="button" class="button slim" onClick={() => setOpen({ kind: 'change', user })}>
                        {words('change')}
                      </button>
                      {user.secondFactor && user.id !== me().id && (
                        <button type="button" class="button slim" onClick={() => setOpen({ kind: 'factor', user })}>
                          {words('takeFactor')}
                        </button>
                      )}
                      <button type="button" class="button slim danger" onClick={() => setOpen({ kind: 'remove', user })}>
                        {words('remove')}
                      </button>
                    </span>
                  ),
                },
              ]}
            />
          </section>
        )}
      </Waiting>
      {open?.kind === 'add' && <EditPerson onClose={close} onDone={reload} />}
      {open?.kind === 'change' && <EditPerson user={open.user} onClose={close} onDone={reload} />}
      {open?.kind === 'remove' && (
        <AskFirst
          title={words('removeTitle', { name: open.user.name })}
          text={words('removeText')}
          yes={words('remove')}
          isBusy={deed.isBusy}
          onYes={() => void take(`/v1/users/${open.user.id}`, words('removed'))}
          onClose={close}
        />
      )}
      {open?.kind === 'factor' && (
        <AskFirst
          title={words('takeFactorTitle', { name: open.user.name })}
          text={words('takeFactorText')}
          yes={words('takeFactor')}
          isBusy={deed.isBusy}
          onYes={() => void take(`/v1/users/${open.user.id}/second-factor`, words('factorTaken'))}
          onClose={close}
        />
      )}
    </>
  );
}

function RoleWords({ role }: { role: Role }) {
  return (
    <span>
      {words(role)}
      <br />
      <span class="quiet small">{words(`${role}May`)}</span>
    </span>
  );
}

function EditPerson({ user, onClose, onDone }: { user?: User; onClose: () => void; onDone: () => void }) {
  const name = useSignal('');
  const password = useSignal('');
  const role = useSignal<Role>(user?.role ?? 'desk');
  const deed = useDeed();
  const submit = async (): Promise<void> => {
    const given = { role: role.value, ...(password.value === '' ? {} : { password: password.value }) };
    const kept = await deed.ask(
      () => (user ? api.put<User>(`/v1/users/${user.id}`, given) : api.post<User>('/v1/users', { ...given, name: name.value.trim() })),
      { done: words(user ? 'changed' : 'added'), quietly: true },
    );
    if (!kept) return;
    onDone();
    onClose();
  };
  return (
    <Dialog title={user ? words('changeTitle', { name: user.name }) : words('add')} onClose={onClose}>
      <Form onSubmit={submit} refusal={deed.refusal}>
        {!user && (
          <Field
            label={words('name')}
            value={name}
            required
            autofocus
            maxLength={60}
            autocomplete="off"
            problem={problemAt(deed.refusal, '/name')}
          />
        )}
        <Choice
          label={words('role')}
          value={role.value}
          options={ROLES.map((one) => ({ value: one, label: `${words(one)}: ${words(`${one}May`)}` }))}
          onChoose={(chosen) => {
            role.value = chosen;
          }}
        />
        <Field
          label={words(user ? 'newPassword' : 'password')}
          value={password}
          type="password"
          hint={user ? `${words('keepPassword')} ${words('passwordHint')}` : words('passwordHint')}
          required={!user}
          minLength={10}
          maxLength={200}
          autocomplete="new-password"
          problem={problemAt(deed.refusal, '/password')}
        />
        {user && <p class="quiet small">{words('endsSessions')}</p>}
        <FormEnd act={common('save')} disabled={deed.isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
