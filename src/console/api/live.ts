import { signal } from '@preact/signals';
import type { Happening } from '../../http/schemas/event.ts';
import { after } from '../browser-clock.ts';

type Listener = (happening: Happening | 'again') => void;

/** Milliseconds before the stream is asked for again, where the browser does not do it by itself. */
const PATIENCE = 3000;

/** Every type that the stream may carry: it names them, and a listener is by name. One that is left out does not compile. */
const TYPES: Readonly<Record<Happening['type'], true>> = {
  'message.accepted': true,
  'message.held': true,
  'message.queued': true,
  'message.sending': true,
  'message.sent': true,
  'message.delivered': true,
  'message.undelivered': true,
  'message.refused': true,
  'message.failed': true,
  'message.expired': true,
  'message.cancelled': true,
  'message.uncertain': true,
  'inbound.received': true,
  'inbound.matched': true,
  'dialogue.moved': true,
  'dialogue.ended': true,
  'call.missed': true,
  'sim.balanceLow': true,
  'sim.attention': true,
  'backup.failed': true,
  'limits.adjacentNumbers': true,
  'alert.raised': true,
  'alert.over': true,
  'replies.many': true,
  'store.restored': true,
  'sim.barred': true,
  'sim.silent': true,
  'sim.restored': true,
  'campaign.started': true,
  'campaign.paused': true,
  'campaign.stopped': true,
  'campaign.resumed': true,
  'campaign.cancelled': true,
  'campaign.finished': true,
  'occasion.booked': true,
  'occasion.came': true,
  'occasion.cancelled': true,
  'occasion.confirmed': true,
  'occasion.didNotCome': true,
  'occasion.moveAsked': true,
  'occasion.moved': true,
  'occasion.rated': true,
  'occasion.slotTaken': true,
  'occasion.unclear': true,
};

const listeners = new Set<Listener>();
let source: EventSource | undefined;
let wait: (() => void) | undefined;
let lastId = '';

/** Whether what is shown is live: `idle` before it is asked for, `lost` while the box cannot be reached. */
export const connection = signal<'idle' | 'live' | 'lost'>('idle');

/** Hears what happens, and `again` when the connection was lost and is back: some of what is shown may be old then. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(happening: Parameters<Listener>[0]): void {
  for (const listener of listeners) listener(happening);
}

/** Begins to listen, as whoever is logged in. The stream goes on where it was when it comes back. */
export function connect(): void {
  disconnect();
  source = new EventSource(lastId === '' ? '/v1/events' : `/v1/events?lastEventId=${lastId}`);
  source.onopen = () => {
    const wasLost = connection.value === 'lost';
    connection.value = 'live';
    if (wasLost) tell('again');
  };
  source.onerror = () => {
    connection.value = 'lost';
    // The browser comes back by itself but where it was refused.
    if (source?.readyState !== EventSource.CLOSED) return;
    wait?.();
    wait = after(PATIENCE, connect);
  };
  for (const type of Object.keys(TYPES)) {
    source.addEventListener(type, (event: MessageEvent<string>) => {
      lastId = event.lastEventId;
      const happening: Happening = JSON.parse(event.data);
      tell(happening);
    });
  }
}

export function disconnect(): void {
  wait?.();
  wait = undefined;
  source?.close();
  source = undefined;
}

/** Somebody else may log in: what the one before has heard is no place to go on from. */
export function forget(): void {
  disconnect();
  lastId = '';
  connection.value = 'idle';
}
