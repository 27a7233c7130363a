import { phone } from '../../i18n/format.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Wishes } from '../../parts/wishes.tsx';
import { addressOf } from '../../state/place.ts';
import { words } from './words.ts';

export function OfNumber({ number }: { number: string }) {
  return (
    <>
      <BackLink href={addressOf('consent')} label={words('back')} />
      <header class="page-head">
        <h1 class="number">{phone(number)}</h1>
        <a class="button" href={addressOf('conversations', [number])}>
          <Icon name="talk" />
          {words('conversation')}
        </a>
      </header>
      <section class="card consent-of">
        <Wishes number={number} />
      </section>
    </>
  );
}
