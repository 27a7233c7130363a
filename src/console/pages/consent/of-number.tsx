import { phone } from '../../i18n/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Wishes } from '../../parts/wishes.tsx';
import { addressOf } from '../../state/place.ts';
import { words } from './words.ts';

export function OfNumber({ number }: { number: string }) {
  return (
    <>
      <p>
        <a href={addressOf('consent')}>{words('back')}</a>
      </p>
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
