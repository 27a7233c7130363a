import { Type } from 'typebox';
import { rfc3339 } from '../base/clock.ts';
import { Fault } from '../base/fault.ts';
import { readInstant } from '../base/rfc3339.ts';
import type { ConversationView } from '../store/records/conversation.ts';
import { answers, BODY_FAULTS } from './docs.ts';
import { callerOf } from './guard.ts';
import { knownName } from './known-name.ts';
import { maskConversation } from './masked.ts';
import type { Api, ApiParts } from './parts.ts';
import { pageIn, senderIn } from './query.ts';
import { Shared } from './schemas/common.ts';
import { type Conversation, ConversationQuery, SeeConversation } from './schemas/conversation.ts';

const tags = ['inbound'];

/** Contacts whose names are looked at for one search. */
const MOST_NAMED = 50;

/** Clients as the desk sees them. */
export function conversationRoutes(app: Api, { store, clock, normalizeNumber }: ApiParts): void {
  const { conversations, contacts } = store;

  /** The numbers of contacts whose names fit. */
  async function numbersOf(search: string): Promise<string[]> {
    const { data } = await contacts.list({ search }, { limit: MOST_NAMED, cursor: null });
    return data.flatMap(({ numbers }) => numbers);
  }

  app.get(
    '/v1/conversations',
    {
      schema: {
        operationId: 'listConversations',
        tags,
        summary: 'Clients who wrote or called',
        description:
          'Whoever did so last is first. All that passed with one of them: `GET /v1/messages?to=`, `GET /v1/inbound?from=` and `GET /v1/calls?from=`.',
        querystring: ConversationQuery,
        response: answers({ 200: { description: 'A page of conversations.', schema: Shared('Conversations') } }, [
          'requestInvalid',
          'cursorInvalid',
        ]),
      },
    },
    async (request) => {
      const { unseen, search } = request.query;
      // Whoever sees no text does not find any either.
      const words = callerOf(request).masked ? '' : (search ?? '').trim();
      const filter = { unseen: unseen ?? false, ...(words === '' ? {} : { search: words, numbers: await numbersOf(words) }) };
      const { data, nextCursor } = await conversations.list(filter, pageIn(request.query));
      const shaped = data.map((view) => shape(view, knownName(store, view.contact)));
      return { data: callerOf(request).masked ? shaped.map(maskConversation) : shaped, nextCursor, unseen: conversations.unseen() };
    },
  );

  app.post(
    '/v1/conversations/:contact/seen',
    {
      schema: {
        operationId: 'seeConversation',
        tags,
        summary: 'Say that somebody has seen what a client wrote',
        params: Type.Object({ contact: Type.String({ description: 'As `GET /v1/conversations` gave it.' }) }),
        body: SeeConversation,
        response: answers({ 200: { description: 'Noted.', schema: Shared('ConversationSeen') } }, [
          ...BODY_FAULTS,
          'timeInvalid',
          'storeFull',
        ]),
      },
    },
    async (request) => {
      const until = readInstant(request.body.until);
      if (until === undefined) throw noInstant();
      const contact = senderIn('contact', request.params.contact, normalizeNumber);
      await conversations.see(contact, until, clock.now());
      return { contact, unseen: conversations.unseen() };
    },
  );
}

function noInstant(): Fault {
  const why = 'is no time that exists; write it as RFC 3339 with an offset';
  return new Fault('timeInvalid', `The field until ${why}.`, [{ pointer: '/until', detail: why }]);
}

const shape = ({ contact, at, ...view }: ConversationView, name: string | null): Conversation => ({
  contact,
  name,
  at: rfc3339(at),
  ...view,
});
