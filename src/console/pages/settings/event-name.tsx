import { Fragment } from 'preact';
import { eventWords } from './event-words.ts';

/** An event in words, and in small print as programs call it. */
export function EventName({ event }: { event: string }) {
  const said = eventWords.maybe(event);
  return (
    <>
      {said} <code class="quiet small">{event}</code>
    </>
  );
}

export const EventNames = ({ events }: { events: readonly string[] }) => (
  <>
    {events.map((event, n) => (
      <Fragment key={event}>
        {n > 0 && ', '}
        <EventName event={event} />
      </Fragment>
    ))}
  </>
);
