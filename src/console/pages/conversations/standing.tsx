import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { Consent as ConsentSchema } from '../../../http/schemas/consent.ts';
import type { Happening } from '../../../http/schemas/event.ts';
import type { Suppression } from '../../../http/schemas/suppression.ts';
import { api, type ListOf, Refusal, withQuery } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { when } from '../../i18n/format.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { toast } from '../../parts/toast.tsx';
import { may } from '../../state/session.ts';
import { consentSource, topicName } from '../../words/consent.ts';
import { purposes } from '../../words/message.ts';
import { problemWords } from '../../words/problems.ts';
import { words } from './words.ts';

type Consent = Static<typeof ConsentSchema>;

interface Ended {
  readonly data: readonly Static<typeof Suppression>[];
  readonly offersHeldUntil: string | null;
}

/** What a client has agreed to, and what they want no more. */
export function Standing({ contact, on }: { contact: string; on: (happening: Happening) => boolean }) {
  const ended = useData<Ended>(withQuery('/v1/suppressions', { to: contact }), { on });
  const consents = useData<ListOf<Consent>>(withQuery('/v1/consents', { to: contact, limit: 20 }), { on });
  const [isAsking, ask] = useState(false);
  const agreed = consents.data?.data.find(({ purpose }) => purpose === 'promotional');

  const stop = async (scope: string): Promise<void> => {
    ask(false);
    try {
      await api.post('/v1/suppressions', { to: contact, scope });
      toast('good', words('stopped'));
      ended.reload();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('bad', problemWords(error));
    }
  };

  return (
    <div class="standing row">
      {ended.data?.data.map(({ scope, at }) => (
        <span key={scope} class="pill warn" title={when(at)}>
          {scope === 'all' ? words('stoppedAll') : words('stoppedPurpose', { what: scopeWords(scope) })}
        </span>
      ))}
      {ended.data?.offersHeldUntil && <span class="pill warn">{words('offersWait')}</span>}
      {consents.data &&
        (agreed ? (
          <span
            class="pill good"
            title={words('consentProof', { source: consentSource(agreed.source), when: when(agreed.at), actor: agreed.actor })}
          >
            {words('consent', { what: purposes(agreed.purpose) })}
          </span>
        ) : (
          <span class="pill">{words('noConsent')}</span>
        ))}
      {may('send') && !ended.data?.data.some(({ scope }) => scope === 'all') && (
        <button type="button" class="button plain slim" onClick={() => ask(true)}>
          {words('stop')}
        </button>
      )}
      {isAsking && (
        <Dialog title={words('stopTitle')} onClose={() => ask(false)}>
          <div class="row">
            <button type="button" class="button" onClick={() => void stop('purpose:promotional')}>
              {words('stopOffers')}
            </button>
            <button type="button" class="button danger" onClick={() => void stop('all')}>
              {words('stopEverything')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

/** `purpose:promotional` is ours to name, a topic is named by whoever writes. */
function scopeWords(scope: string): string {
  const [kind, name = ''] = scope.split(':', 2);
  return kind === 'purpose' ? (purposes.maybe(name) ?? name) : topicName(name);
}
