import type { Sim } from '../../../http/schemas/hardware.ts';
import type { ListOf } from '../../api/client.ts';
import { useData } from '../../api/use-data.ts';
import { phone } from '../../i18n/format.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { addressOf } from '../../state/place.ts';
import { site } from '../../state/session.ts';
import { words } from './words.ts';

/** One page for the wall: why we write, to whom offers go, and the way out. */
export function Poster() {
  const { data } = useData<ListOf<Sim>>('/v1/sims?limit=500');
  const numbers = (data?.data ?? []).flatMap(({ number }) => (number === null ? [] : [phone(number)]));
  return (
    <>
      <div class="row apart no-print">
        <BackLink href={addressOf('consent', ['posters'])} label={words('poster')} />
        <button type="button" class="button primary" onClick={() => globalThis.print()}>
          <Icon name="print" />
          {words('print')}
        </button>
      </div>
      <p class="quiet no-print">{words('posterLanguage')}</p>
      <article class="poster">
        <p class="poster-site">{site().name}</p>
        <h1>{words('posterTitle')}</h1>
        <p>{words('posterService')}</p>
        <p>{words('posterOffers')}</p>
        <p class="poster-stop">{words('posterStop')}</p>
        {numbers.length > 0 && <p class="poster-number">{words('posterNumber', { number: numbers.join(', ') })}</p>}
      </article>
    </>
  );
}
