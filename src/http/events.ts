import { Type } from 'typebox';
import { Fault } from '../base/fault.ts';
import type { StoredEvent } from '../store/records/event.ts';
import type { Caller } from './auth.ts';
import { answers, LastEventHeader } from './docs.ts';
import { callerOf, reaches } from './guard.ts';
import { EventReader } from './live-events.ts';
import { maskHappening } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { shapeEvent } from './shape.ts';
import type { Slices } from './slices.ts';

/** As many readers at once; each holds a connection. */
const MOST_READERS = 64;

const Query = Type.Object(
  {
    lastEventId: Type.Optional(
      Type.Integer({ minimum: 0, description: 'As the header `Last-Event-ID`, for clients that cannot set it. The header wins.' }),
    ),
  },
  { additionalProperties: false },
);

export function eventRoutes(app: Api, parts: ApiParts, slices: Slices): void {
  const readers = new Set<EventReader>();
  app.addHook('preClose', (done) => {
    for (const reader of readers) reader.end();
    done();
  });

  app.get(
    '/v1/events',
    {
      exposeHeadRoute: false,
      config: { headers: LastEventHeader },
      schema: {
        operationId: 'streamEvents',
        tags: ['events'],
        summary: 'Live events',
        description:
          'Server-sent events, as the HTML standard has them: `id` is the place in the stream, `event` the type, `data` a `StreamedEvent` in JSON. Begins with what happens next, or after `Last-Event-ID`. Comments come each 15 s. A reader that is too slow is cut and can resume.',
        querystring: Query,
        response: answers({ 200: { description: 'The stream; it ends when either side closes it.', contentType: 'text/event-stream' } }, [
          'requestInvalid',
        ]),
      },
    },
    async (request, reply) => {
      const wanted = lastEventId(request.headers['last-event-id']) ?? request.query.lastEventId;
      const last = await parts.store.lastEvent();
      const res = reply.raw;
      // An answer that waits behind another one has no connection yet, and would never hear that the connection closed.
      if (res.socket === null) {
        throw new Fault('requestInvalid', 'Live events need a connection of their own; await the answers before, or open another one.');
      }
      if (readers.size >= MOST_READERS) {
        throw new Fault('unavailable', `There are ${MOST_READERS} readers of live events already; close one that is not needed.`);
      }
      reply.hijack();
      res.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      });
      const caller = callerOf(request);
      const shape = caller.masked ? (event: StoredEvent) => maskHappening(shapeEvent(event)) : shapeEvent;
      const reader = new EventReader(
        {
          store: parts.store,
          clock: parts.clock,
          log: parts.log,
          slices,
          allowed: () => caller.stillKnown(),
          shows: (event) => mayHear(caller, event),
          shape,
        },
        res,
        // A place that is ahead belongs to another store, restored since: there is nothing to resume.
        Math.min(wanted ?? last, last),
      );
      readers.add(reader);
      await reader.run();
      readers.delete(reader);
    },
  );
}

/** A message or an occasion concerns whoever handed it over, what clients do the inbox, and a balance everybody. */
function mayHear(caller: Caller, { message, inbound, call, occasion }: StoredEvent): boolean {
  const theirs = message ?? occasion?.occasion;
  if (theirs) return caller.scopes.has('read') && reaches(caller, theirs.keyId);
  return caller.scopes.has(inbound || call ? 'inbox' : 'read');
}

function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) {
    const why = 'must be the id of an event of this stream';
    throw new Fault('requestInvalid', `The header Last-Event-ID ${why}.`, [{ pointer: 'Last-Event-ID', detail: why }]);
  }
  return Number(header);
}
