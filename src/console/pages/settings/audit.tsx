import { useSignal } from '@preact/signals';
import type { AuditEntry } from '../../../http/schemas/audit.ts';
import type { ApiKey } from '../../../http/schemas/key.ts';
import type { User } from '../../../http/schemas/user.ts';
import { withQuery } from '../../api/client.ts';
import { useList } from '../../api/use-list.ts';
import { whenExactly } from '../../i18n/format.ts';
import { instantAt } from '../../i18n/zoned.ts';
import { Field } from '../../parts/field.tsx';
import { Listing } from '../../parts/listing.tsx';
import { site } from '../../state/session.ts';
import { auditWords as words } from './audit-words.ts';
import { words as common } from './words.ts';

export function Audit() {
  const from = useSignal('');
  const since = from.value === '' ? undefined : instantAt(`${from.value}T00:00`, site().timeZone);
  const entries = useList<AuditEntry>(withQuery('/v1/audit', { since }));
  const users = useList<User>('/v1/users?limit=500');
  const keys = useList<ApiKey>('/v1/keys?limit=500');
  const names = new Map([...(users.rows ?? []), ...(keys.rows ?? [])].map(({ id, name }) => [id, name]));
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
  return names.get(actor) ?? (actor === 'daemon' || actor === 'setup' ? words(actor) : actor);
}

function Detail({ entry: { target, detail }, names }: { entry: AuditEntry; names: ReadonlyMap<string, string> }) {
  const more = Object.entries(detail).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${String(value)}`]));
  return (
    <span class="written small">
      {target !== null && <>{names.get(target) ?? target} </>}
      <span class="quiet">{more.join(', ')}</span>
    </span>
  );
}
