import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Consent as ConsentSchema } from '../../../http/schemas/consent.ts';
import { useList } from '../../api/use-list.ts';
import { phone, when } from '../../i18n/format.ts';
import { Field } from '../../parts/field.tsx';
import { GiveConsent } from '../../parts/give-consent.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Listing } from '../../parts/listing.tsx';
import { StopTexts } from '../../parts/stop-texts.tsx';
import { addressOf, go } from '../../state/place.ts';
import { may } from '../../state/session.ts';
import { consentSource, purposeName, scopeName } from '../../words/consent.ts';
import { ImportStops } from './import-stops.tsx';
import { WholeList } from './whole-list.tsx';
import { words } from './words.ts';

type Consent = Static<typeof ConsentSchema>;

const openNumber = (number: string): void => go(addressOf('consent', ['of', number]));

export function Ledger() {
  const number = useSignal('');
  const consents = useList<Consent>('/v1/consents');
  const [open, setOpen] = useState<'stop' | 'consent' | 'import' | undefined>(undefined);
  const close = (): void => setOpen(undefined);
  return (
    <>
      <header class="page-head">
        <h1>{words('title')}</h1>
        <div class="row">
          {may('read:all') && (
            <a class="button" href="/v1/consents/export?excel=true" download="consents.csv">
              {words('export')}
            </a>
          )}
          <a class="button" href={addressOf('consent', ['posters'])}>
            <Icon name="print" />
            {words('poster')}
          </a>
        </div>
      </header>
      <WholeList />
      <section class="card stack">
        <p class="quiet">{words('lead')}</p>
        <form
          class="consent-look"
          onSubmit={(event) => {
            event.preventDefault();
            if (number.value.trim() !== '') openNumber(number.value.trim());
          }}
        >
          <Field label={words('number')} value={number} type="tel" required maxLength={40} placeholder="050 123 45 67" />
          <button type="submit" class="button primary">
            {words('look')}
          </button>
        </form>
        {may('send') && (
          <div class="row">
            <button type="button" class="button" onClick={() => setOpen('stop')}>
              {words('stop')}
            </button>
            <button type="button" class="button" onClick={() => setOpen('consent')}>
              {words('give')}
            </button>
            <button type="button" class="button" onClick={() => setOpen('import')}>
              {words('importTitle')}
            </button>
          </div>
        )}
      </section>
      <h2>{words('ledger')}</h2>
      <p class="quiet">{words('ledgerText')}</p>
      <Listing
        list={consents}
        icon="check"
        none={words('noLedger')}
        noneText={words('noLedgerText')}
        caption={words('ledger')}
        keyOf={({ id }) => id}
        hrefOf={({ to }) => addressOf('consent', ['of', to])}
        columns={[
          { key: 'to', label: words('client'), cell: ({ to }) => <span class="nowrap">{phone(to)}</span> },
          {
            key: 'what',
            label: words('what'),
            cell: ({ purpose, topic }) => (topic === null ? purposeName(purpose) : scopeName(`topic:${topic}`)),
          },
          { key: 'how', label: words('how'), cell: ({ source }) => <span class="written">{consentSource(source)}</span> },
          { key: 'actor', label: words('actor'), kind: 'minor', cell: ({ actor }) => <span class="written">{actor}</span> },
          { key: 'when', label: words('when'), cell: ({ at }) => <span class="nowrap">{when(at)}</span> },
        ]}
      />
      {open === 'stop' && <StopTexts onClose={close} onDone={openNumber} />}
      {open === 'consent' && <GiveConsent onClose={close} onDone={openNumber} />}
      {open === 'import' && <ImportStops onClose={close} />}
    </>
  );
}
