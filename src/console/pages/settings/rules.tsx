import { useState } from 'preact/hooks';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Table } from '../../parts/table.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { EditRule, type Rule, wayOf, writtenOf } from './edit-rule.tsx';
import { ruleWords as words } from './rule-words.ts';
import { TryRules } from './try-rules.tsx';
import { words as common } from './words.ts';

type Open = { readonly kind: 'add' } | { readonly kind: 'change' | 'remove'; readonly rule: Rule };

/** What the site answers by itself, with a field to try it. */
export function Rules() {
  const { data, refusal, reload } = useData<{ data: readonly Rule[] }>('/v1/rules?limit=500');
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const [round, setRound] = useState(0);
  const deed = useDeed();
  const close = (): void => setOpen(undefined);
  const changed = (): void => {
    reload();
    setRound((n) => n + 1);
  };
  const remove = async ({ name }: Rule): Promise<void> => {
    await deed.ask(() => api.delete(`/v1/rules/${encodeURIComponent(name)}`), { done: words('removed') });
    close();
    changed();
  };
  return (
    <>
      <div class="row apart">
        <p class="quiet lead">{words('lead')}</p>
        <button type="button" class="button primary" onClick={() => setOpen({ kind: 'add' })}>
          {words('add')}
        </button>
      </div>
      <TryRules round={round} />
      <Waiting data={data} refusal={refusal}>
        {({ data: rules }) =>
          rules.length === 0 ? (
            <EmptyState icon="turns" title={words('none')} text={words('noneText')} />
          ) : (
            <section class="card">
              <Table
                caption={common('rules')}
                rows={rules}
                keyOf={({ name }) => name}
                columns={[
                  { key: 'name', label: words('name'), cell: ({ name }) => <b class="written">{name}</b> },
                  {
                    key: 'when',
                    label: words('when'),
                    cell: (rule) => <span class="written">{words(`${wayOf(rule)}Say`, { what: writtenOf(rule) })}</span>,
                  },
                  { key: 'does', label: words('does'), kind: 'grow', cell: (rule) => <span class="written">{doesOf(rule)}</span> },
                  {
                    key: 'deeds',
                    label: '',
                    kind: 'deeds',
                    cell: (rule) =>
                      rule.source === 'file' ? (
                        <span class="pill tag">{words('fromFile')}</span>
                      ) : (
                        <span class="row">
                          <button type="button" class="button slim" onClick={() => setOpen({ kind: 'change', rule })}>
                            {words('change')}
                          </button>
                          <button type="button" class="button slim danger" onClick={() => setOpen({ kind: 'remove', rule })}>
                            {words('remove')}
                          </button>
                        </span>
                      ),
                  },
                ]}
              />
            </section>
          )
        }
      </Waiting>
      {open?.kind === 'add' && <EditRule onClose={close} onDone={changed} />}
      {open?.kind === 'change' && <EditRule rule={open.rule} onClose={close} onDone={changed} />}
      {open?.kind === 'remove' && (
        <AskFirst
          title={words('removeTitle', { name: open.rule.name })}
          text={words('removeText')}
          yes={words('remove')}
          isBusy={deed.isBusy}
          onYes={() => void remove(open.rule)}
          onClose={close}
        />
      )}
    </>
  );
}

const doesOf = ({ reply, tag, notify, webhook }: Rule): string =>
  [
    ...(reply === null ? [] : [words('doesReply', { text: reply })]),
    ...(tag === null ? [] : [words('doesTag', { tag })]),
    ...(notify ? [words('doesNotify')] : []),
    ...(webhook ? [words('doesWebhook')] : []),
  ].join('; ');
