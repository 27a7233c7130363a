import { useState } from 'preact/hooks';
import type { Static } from 'typebox';
import type { SuppressionState } from '../../../http/schemas/suppression.ts';
import { api } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { useDeed } from '../../api/use-deed.ts';
import { when } from '../../i18n/format.ts';
import { AskFirst } from '../../parts/ask-first.tsx';
import { Banner } from '../../parts/banner.tsx';
import { may } from '../../state/session.ts';
import { words } from './words.ts';

/** Says that the opt-out list was lost, as long as it is; who may, ends that. */
export function WholeList() {
  const { data, reload } = useData<Static<typeof SuppressionState>>('/v1/suppressions/state');
  const [isAsking, ask] = useState(false);
  const deed = useDeed();
  if (data === undefined || data.whole) return null;
  const say = async (): Promise<void> => {
    await deed.ask(() => api.put('/v1/suppressions/state', { whole: true }), { done: words('wholeSaid') });
    ask(false);
    reload();
  };
  return (
    <Banner tone="bad" text={words('lost', { when: data.lostAt === null ? '' : when(data.lostAt) })}>
      {may('admin') && (
        <button type="button" class="button slim" onClick={() => ask(true)}>
          {words('isWhole')}
        </button>
      )}
      {isAsking && (
        <AskFirst
          title={words('isWholeTitle')}
          text={words('isWholeText')}
          yes={words('isWhole')}
          isBusy={deed.isBusy}
          onYes={() => void say()}
          onClose={() => ask(false)}
        />
      )}
    </Banner>
  );
}
