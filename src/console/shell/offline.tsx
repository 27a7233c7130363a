import { EmptyState } from '../parts/empty-state.tsx';
import { begin } from '../state/session.ts';
import { words } from './words.ts';

export function Offline() {
  return (
    <main class="door">
      <EmptyState icon="plug" title={words('offlineTitle')} text={words('offlineText')}>
        <button type="button" class="button primary" onClick={() => void begin()}>
          {words('again')}
        </button>
      </EmptyState>
    </main>
  );
}
