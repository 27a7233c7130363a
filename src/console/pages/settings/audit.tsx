import { useSignal } from '@preact/signals';
import type { AuditEntry } from '../../../http/schemas/audit.ts';
import type { Sim } from '../../../http/schemas/hardware.ts';
import type { ApiKey } from '../../../http/schemas/key.ts';
import type { User } from '../../../http/schemas/user.ts';
import { withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useList } from '../../api/use-list.ts';
import { whenExactly } from '../../i18n/format.ts';
import { instantAt } from '../../i18n/zoned.ts';
import { Field } from '../../parts/field.tsx';
import { Listing } from '../../parts/listing.tsx';
import { addressOf } from '../../state/place.ts';
import { site } from '../../state/session.ts';
import { detailWords, targetWords } from './audit-details.ts';
import { auditWords as words } from './audit-words.ts';
import { words as common } from './words.ts';

export function Audit() {
  const from = useSignal('');
  const since = from.value === '' ? undefined : instantAt(`${from.value}T00:00`, site().timeZone);
  const entries = useList<AuditEntry>(withQuery('/v1/audit', { since }));
  const users = useList<User>('/v1/users?limit=500');
  const keys = useList<ApiKey>('/v1/keys?limit=500');
  const sims = useData<{ data: readonly Sim[] }>('/v1/sims?limit=500');
  const names = new Map([
    ...[...(users.rows ?? []), ...(keys.rows ?? [])].map(({ id, name }) => [id, name] as const),
    ...(sims.data?.data ?? []).flatMap(({ iccid, name, number }) => (iccid === null ? [] : [[iccid, name ?? number ?? iccid] as const])),
  ]);
  return (
    <>
      <p class="quiet">{words('lead')}</p>
      <div class="settings-since">
        <Field label={words('since')} value={from} type="date" />
      </div>
      <Listing
        list={entries}
        icon="list"
        none={words('none')}
        noneText={words('noneText')}
        caption={common('audit')}
        keyOf={({ seq }) => String(seq)}
        columns={[
          { key: 'when', label: words('when'), cell: ({ at }) => <span class="nowrap">{whenExactly(at)}</span> },
          { key: 'who', label: words('who'), cell: ({ actor }) => <b class="written">{whoIs(actor, names)}</b> },
          { key: 'what', label: words('what'), cell: ({ action }) => words.maybe(action) ?? action },
          { key: 'detail', label: words('detail'), kind: 'grow', cell: (entry) => <Detail entry={entry} names={names} /> },
        ]}
      />
    </>
  );
}

function whoIs(actor: string, names: ReadonlyMap<string, string>): string {
  if (actor.startsWith('cli:')) return words('cli', { name: actor.slice('cli:'.length) });
  return names.get(actor) ?? words.maybe(`by.${actor}`) ?? actor;
}

function Detail({ entry, names }: { entry: AuditEntry; names: ReadonlyMap<string, string> }) {
  const { action, target } = entry;
  const what = targetWords(entry, names);
  return (
    <span class="written small">
      {what !== undefined && (
        <>{target !== null && action.startsWith('message.') ? <a href={addressOf('queue', [target])}>{words('message')}</a> : what} </>
      )}
      <span class="quiet">{detailWords(entry).join(', ')}</span>
    </span>
  );
}
